"""What is the same for everybody and asked by every page, kept in this process for a few seconds.

Names of the site, menu, footer. Never a person's data, never what decides whether somebody may read something.
A change shows at once in the process that made it, elsewhere after ``KEPT_SECONDS``.
"""

from collections.abc import Callable, Hashable
from time import monotonic

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Page, Site
from wagtail.signals import post_page_move

MOST = 500
_kept: dict[Hashable, tuple[float, object]] = {}


def kept(key: Hashable, ask: Callable[[], object]):
    """The answer of ``ask``, asked again when it is older than ``KEPT_SECONDS``; with 0 it is always asked."""
    if not settings.KEPT_SECONDS:
        return ask()
    until, answer = _kept.get(key, (0.0, None))
    if until < monotonic():
        answer = ask()
        if len(_kept) >= MOST:
            forget()
        _kept[key] = (monotonic() + settings.KEPT_SECONDS, answer)
    return answer


def forget(**_signal) -> None:
    _kept.clear()


def _changed(sender, **_signal) -> None:
    if issubclass(sender, Page | Site | BaseSiteSetting):
        forget()


def listen() -> None:
    """Called once by the app, when models are loaded."""
    post_save.connect(_changed, dispatch_uid="kept_saved")
    post_delete.connect(_changed, dispatch_uid="kept_deleted")
    post_page_move.connect(forget, dispatch_uid="kept_moved")


def site_of(request):
    """The site of a request, or None; left where Wagtail looks for it, so that it need not ask."""
    if not hasattr(request, "_wagtail_site"):
        key = ("site", request.get_host())
        request._wagtail_site = kept(key, lambda: Site.find_for_request(request))
    return request._wagtail_site
