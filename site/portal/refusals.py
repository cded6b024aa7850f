"""What a production site must not be: one list for ``check``, wsgi and asgi. Knows settings alone."""

from collections.abc import Callable
from ipaddress import ip_network
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host
from django.utils.translation import gettext_lazy as _

YEAR = 31_536_000
KEYS_OF_OURS = ("only-for-", "django-insecure", "change-me", "secret")
LONE_CACHES = ("locmem", "dummy", "filebased")
SILENT_MAIL = ("console", "dummy", "locmem", "filebased")

Refusal = tuple[str, object, object]


def refusals(settings) -> list[Refusal]:
    """Everything wrong with these settings as (id, what is wrong, what to do); empty means fit to serve."""
    return [(f"portal.{code}", wrong, cure) for code, wrong, cure, is_wrong in _RULES if is_wrong(settings)]


def stand_or_refuse(settings) -> None:
    """Called before a production server takes its first request."""
    found = refusals(settings) if getattr(settings, "PRODUCTION", False) else []
    if found:
        lines = [f"{code}: {wrong} {cure}" for code, wrong, cure in found]
        raise ImproperlyConfigured("\n".join([str(_("This site does not start:")), *lines]))


def _weak_key(settings) -> bool:
    key = settings.SECRET_KEY
    return len(key) < 50 or len(set(key)) < 10 or key.lower().startswith(KEYS_OF_OURS)


def _on_sqlite(settings) -> bool:
    return any("sqlite" in database["ENGINE"] for database in settings.DATABASES.values())


def _open_hosts(settings) -> bool:
    hosts = settings.ALLOWED_HOSTS
    return not hosts or any(host.strip(".") in ("", "*") for host in hosts)


def _foreign_address(settings) -> bool:
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or ""
    return not validate_host(host, [own for own in settings.ALLOWED_HOSTS if own != "*"])


def _without_https(settings) -> bool:
    return not (
        settings.SECURE_SSL_REDIRECT
        and settings.SESSION_COOKIE_SECURE
        and settings.CSRF_COOKIE_SECURE
        and settings.SECURE_HSTS_SECONDS >= YEAR
        and settings.WAGTAILADMIN_BASE_URL.startswith("https://")
    )


def _silent_mail(settings) -> bool:
    return (
        settings.EMAIL_BACKEND != "kernel.outbox.backend.OutboxEmailBackend"
        or any(f".{kind}." in settings.OUTBOX_DELIVERY_BACKEND for kind in SILENT_MAIL)
        or settings.DEFAULT_FROM_EMAIL.endswith("localhost")
    )


def _lone_cache(settings) -> bool:
    return any(f".{kind}." in cache["BACKEND"] for cache in settings.CACHES.values() for kind in LONE_CACHES)


def _open_media(settings) -> bool:
    return settings.WAGTAILDOCS_SERVE_METHOD != "serve_view"


def _anybody_is_a_proxy(settings) -> bool:
    nets = [net for net in settings.TRUSTED_PROXIES if net != "unix"]
    return any(net == "*" or ip_network(net, strict=False).prefixlen == 0 for net in nets)


def _soft_passwords(settings) -> bool:
    named = " ".join(validator["NAME"] for validator in settings.AUTH_PASSWORD_VALIDATORS)
    wanted = ("MinimumLengthValidator", "DressedCommonPasswordValidator", "BannedWordsValidator")
    hasher = getattr(settings, "PASSWORD_HASHERS", [""])[0]
    return "MD5" in hasher or not all(name in named for name in wanted)


_RULES: list[tuple[str, object, object, Callable[..., bool]]] = [
    ("E001", _("DEBUG is on."), _("Take DEBUG out of the environment."), lambda settings: settings.DEBUG),
    (
        "E002",
        _("The secret key is short, simple or one of ours."),
        _("Set SECRET_KEY to 50 random signs or more, and keep it to this site."),
        _weak_key,
    ),
    (
        "E003",
        _("The database is SQLite, which cannot lock a row: places would be sold twice."),
        _("Set DATABASE_URL to a PostgreSQL database."),
        _on_sqlite,
    ),
    (
        "E004",
        _("The site answers to every host name."),
        _("Set ALLOWED_HOSTS to the names of this site, without *."),
        _open_hosts,
    ),
    (
        "E005",
        _("The site can be reached without https."),
        _("Set BASE_URL to its https address and leave the https settings as they are."),
        _without_https,
    ),
    (
        "E006",
        _("Mail does not leave this machine, or leaves without a sender."),
        _("Set EMAIL_URL to your mail server and DEFAULT_FROM_EMAIL to an address of yours."),
        _silent_mail,
    ),
    (
        "E007",
        _("The second factor is offered but not demanded."),
        _("Take MFA_DEMANDED out of the environment."),
        lambda settings: not settings.MFA_DEMANDED,
    ),
    (
        "E008",
        _("The cache is not shared by all processes, so a used code would work again in another."),
        _(
            "Set CACHE_URL to a database table (dbcache://), made by createcachetable, or to Redis, "
            "for which the package redis has to be installed."
        ),
        _lone_cache,
    ),
    (
        "E009",
        _("Documents are handed out past the site's own rules."),
        _("Set WAGTAILDOCS_SERVE_METHOD to serve_view."),
        _open_media,
    ),
    (
        "E010",
        _("The demo is on: anybody may load invented people."),
        _("Set DEMO to False."),
        lambda settings: settings.DEMO,
    ),
    (
        "E011",
        _("Passwords are checked too little, or kept in a hash that is quickly guessed."),
        _("Leave AUTH_PASSWORD_VALIDATORS and PASSWORD_HASHERS as they are."),
        _soft_passwords,
    ),
    (
        "E012",
        _("Every network counts as our proxy, so anybody may say where he comes from."),
        _("Set TRUSTED_PROXIES to the addresses of your own proxies."),
        _anybody_is_a_proxy,
    ),
    (
        "E013",
        _("Links in mail would lead to a host that this site does not answer to."),
        _("Set BASE_URL to an address whose host is in ALLOWED_HOSTS."),
        _foreign_address,
    ),
]
