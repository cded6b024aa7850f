"""Headers that every answer carries, and the content security policy by address."""

from csp.middleware import CSPMiddleware
from django.conf import settings

NOTHING = "'none'"
OWN = "'self'"
ADMIN = {
    "default-src": [OWN],
    "script-src": [OWN, "'unsafe-inline'"],
    "style-src": [OWN, "'unsafe-inline'"],
    "img-src": [OWN, "data:", "blob:"],
    "font-src": [OWN],
    "connect-src": [OWN],
    "frame-src": [OWN],
    "frame-ancestors": [OWN],
    "form-action": [OWN],
    "base-uri": [NOTHING],
    "object-src": [NOTHING],
}
CLOSED = {
    "default-src": [NOTHING],
    "style-src": ["'unsafe-inline'"],
    "frame-ancestors": [OWN],
    "sandbox": True,
}
BY_PATH = {"/admin/": ADMIN, "/documents/": CLOSED, "/media/": CLOSED}
PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


class PolicyByPath(CSPMiddleware):
    """Strict everywhere; Wagtail's editor has inline script of its own; files may do nothing at all."""

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only:
            for prefix, policy in BY_PATH.items():
                if request.path_info.startswith(prefix):
                    parts.config = policy
        return parts


def answer_headers(get_response):
    """Nothing that a signed-in person was shown stays in a cache of a shared computer.

    Told by the session cookie and not by the user, so that it holds while the database is away.
    """

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if request.path_info.startswith(settings.STATIC_URL):
            return response
        if {settings.SESSION_COOKIE_NAME} & {*request.COOKIES, *response.cookies}:
            response["Cache-Control"] = "no-store"
        return response

    return middleware
