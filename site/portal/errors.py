"""Error pages that need no database, no user and no session.

The database being away is told here and not in a middleware, because Django turns an exception into an answer
at the layer where it was raised: a session that cannot be read never reaches a middleware further out, but
always this handler.
"""

import logging
import secrets
import sys

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string

from kernel.content.storage import has_no_room

log = logging.getLogger("portal.errors")
READ_ONLY = "25006"
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
RETRY_AFTER = 60


def _page(status: int, name: str = "", **context) -> HttpResponse:
    words = {"help_phone": settings.PORTAL_HELP_PHONE, "urgent_phone": settings.PORTAL_URGENT_PHONE}
    words["site_name"] = settings.WAGTAIL_SITE_NAME
    response = HttpResponse(render_to_string(f"errors/{name or status}.html", words | context), status=status)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request, exception=None):
    return _page(400)


def permission_denied(request, exception=None):
    """Says why when the service said so; never more than the service's own words."""
    return _page(403, why=str(exception or ""))


def csrf_failure(request, reason=""):
    response = _page(403, expired=True)
    return response


def page_not_found(request, exception=None):
    return _page(404)


def server_error(request):
    """500 with a reference that stands in the log beside the trace; 503 while records cannot be read or stored."""
    error = sys.exc_info()[1]
    if _database_away(error):
        log.error("Database away at %s", request.path, exc_info=True)
        response = _page(503)
        response["Retry-After"] = str(RETRY_AFTER)
        return response
    if has_no_room(error):
        log.error("No room at %s", request.path, exc_info=True)
        return _page(503, "no_room")
    reference = "-".join("".join(secrets.choice(LETTERS) for _place in range(3)) for _part in range(2))
    log.error("Reference %s at %s", reference, request.path, exc_info=True)
    return _page(500, reference=reference)


def _database_away(error: BaseException | None) -> bool:
    """Also when a template or a middleware wrapped the first error."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return True
        cause = error.__cause__ or error.__context__
        if isinstance(error, DatabaseError) and getattr(error.__cause__, "sqlstate", "") == READ_ONLY:
            return True
        error = cause
    return False
