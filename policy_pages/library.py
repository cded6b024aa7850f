"""The list of the library: what one reader may read today, a page at a time, in a fixed number of queries."""

from functools import lru_cache

from django.apps import apps
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from kernel.content.kept import site_of
from policy_pages import reading, standing
from policy_pages.models.version import PolicyVersion

PER_PAGE = 20
SHOWN = (
    "pk",
    "title",
    "reference",
    "major",
    "minor",
    "in_force_from",
    "review_due",
    "policy__url_path",
)


def listing(request) -> dict:
    today = timezone.localdate()
    reader = reading.reader_asking(request, today)
    page_of = Paginator(reading.readable(reader, today).values_list(*SHOWN), PER_PAGE)
    page_of = page_of.get_page(request.GET.get("page"))
    site = site_of(request)
    root = site.root_page.url_path if site else ""
    rows = [_row(*row, root, today, get_language()) for row in page_of]
    return {"rows": rows, "page_of": page_of, "total": page_of.paginator.count}


@lru_cache(maxsize=2000)
def _row(pk, title, reference, major, minor, first_day, review_due, url_path, root, today, _language) -> str:
    """One line of the list: the same values give the same line, whoever reads it."""
    row = PolicyVersion(
        pk=pk,
        title=title,
        reference=reference,
        major=major,
        minor=minor,
        in_force_from=first_day,
        review_due=review_due,
    )
    context = {"row": row, "url": _address(url_path, root), "standing": standing.of(row, row, today)}
    return render_to_string("policy_pages/library_row.html", context)


def _address(url_path, root) -> str:
    """Beneath this site's root the address follows from the path; elsewhere Wagtail knows it."""
    if root and url_path.startswith(root):
        return reverse("wagtail_serve", args=[url_path[len(root) :]])
    return Page.objects.get(url_path=url_path).url


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
