"""The list of the library: what one reader may read today, a page at a time, in a fixed number of queries."""

from django.apps import apps
from django.core.paginator import Paginator
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from wagtail.url_routing import RouteResult

from kernel.content.kept import site_of
from policy_pages import reading, standing

PER_PAGE = 20
SHOWN = ("title", "reference", "major", "minor", "in_force_from", "review_due", "policy_id")


def listing(request) -> dict:
    today = timezone.localdate()
    reader = reading.reader_asking(request, today)
    versions = reading.readable(reader, today).annotate(url_path=F("policy__url_path")).only(*SHOWN)
    page_of = Paginator(versions, PER_PAGE).get_page(request.GET.get("page"))
    site = site_of(request)
    rows = [
        {
            "title": row.title,
            "reference": row.reference,
            "number": row.number,
            "url": _address(row, site, request),
            "standing": standing.of(row, row, today),
        }
        for row in page_of
    ]
    return {"rows": rows, "page_of": page_of, "total": page_of.paginator.count}


def _address(row, site, request) -> str:
    """Beneath this site's root the address follows from the path; elsewhere Wagtail knows it."""
    root = site.root_page.url_path if site else ""
    if root and row.url_path.startswith(root):
        return reverse("wagtail_serve", args=[row.url_path[len(root) :]])
    return row.policy.get_url(request)


def route(request, place) -> None:
    """Tell Wagtail which library stands at ``place``, so that it need not walk down to it page by page."""
    site = site_of(request)
    slug = place.rstrip("/").rsplit("/", 1)[-1]
    if site is None or not slug:
        return
    url_path = site.root_page.url_path + place
    index = apps.get_model("policy_pages", "PolicyIndexPage").objects
    page = index.filter(slug=slug, url_path=url_path, live=True).first()
    if page is not None:
        request._wagtail_route_for_request = RouteResult(page, [], {})
