"""Where a request comes from: forwarded headers count only when a declared proxy sent them."""

from ipaddress import AddressValueError, IPv6Address, IPv6Network, ip_address, ip_network

from . import conf

FORWARDED = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
)


def is_declared(address: str) -> bool:
    """``unix`` declares a proxy that speaks through a socket and so has no address."""
    if not address:
        return "unix" in conf.trusted_proxies()
    try:
        asked = ip_address(address)
    except ValueError:
        return False
    return any(asked in ip_network(net, strict=False) for net in conf.trusted_proxies() if net != "unix")


def client_address(peer: str, forwarded_for: str) -> str:
    """Walk the header from the right, past declared proxies; left of the first stranger all is hearsay."""
    hops = [hop.strip() for hop in forwarded_for.split(",") if hop.strip()]
    address = peer
    while is_declared(address) and hops:
        hop = hops.pop()
        if not _is_address(hop):
            break
        address = hop
    return address


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def counted_as(request) -> str:
    """Whom the brake counts. A network of IPv6 is a /64: one machine may take any of its addresses."""
    text = request.META.get("REMOTE_ADDR", "")
    try:
        address = IPv6Address(text.partition("%")[0])
    except AddressValueError:
        return text
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address, 64), strict=False).network_address)


class DeclaredProxyMiddleware:
    """First of all: sets REMOTE_ADDR to the client, and drops forwarded headers from strangers."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        peer = request.META.get("REMOTE_ADDR", "")
        if is_declared(peer):
            request.META["REMOTE_ADDR"] = client_address(peer, request.META.get("HTTP_X_FORWARDED_FOR", ""))
        else:
            for header in FORWARDED:
                request.META.pop(header, None)
        return self.get_response(request)
