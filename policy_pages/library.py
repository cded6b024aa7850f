"""The list of the library: what one reader may read today, a page at a time, in a fixed number of queries.

What is listed is asked of the database each time; the query's SQL and the marked-up rows are kept by their values.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import ClassVar

from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Substr
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction

from kernel.accounts.prepared import Prepared
from kernel.content.kept import site_of
from policy_pages import permissions, reading, standing
from policy_pages.models.version import PolicyVersion
from policy_pages.outcomes import told
from policy_pages.readers import mine
from policy_pages.readers.asked import Asked
from policy_pages.reviews import clock
from policy_pages.withdrawal import Gone

PER_PAGE = 20
# A library that stands deeper is left to Wagtail.
DEEPEST = 8
COLUMNS = (
    "pk",
    "title",
    "reference",
    "major",
    "minor",
    "in_force_from",
    *clock.NAMES,
    "policy_id",
    "policy__url_path",
    "retirement__withdrawn_from",
)


@dataclass(frozen=True)
class Row:
    """One version as it is listed; the fields are those of COLUMNS."""

    pk: int
    title: str
    reference: str
    major: int
    minor: int
    in_force_from: date
    clock_due: date | None
    clock_writer: str | None
    clock_moved: tuple | None
    clock_reviewed_on: date | None
    clock_chair: tuple | None
    policy_id: int
    url_path: str
    withdrawn_from: date | None

    @property
    def number(self) -> str:
        return f"{self.major}.{self.minor}"

    @property
    def gone(self) -> Gone | None:
        return Gone(self.withdrawn_from) if self.withdrawn_from else None


@dataclass(frozen=True)
class Listing:
    """One page of the list as one reader has it today: everything that it shows, but for the frame round it."""

    title: str
    page_id: int
    rows: tuple[tuple[Row, str], ...]
    number: int
    total: int
    may_add: bool
    may_see_register: bool
    signed_in: bool
    today: date
    may_see_older: bool = False
    mine: tuple[Asked | None, ...] = ()

    template: ClassVar[str] = "policy_pages/policy_index_page.html"

    @property
    def page_of(self):
        return Paginator(range(self.total), PER_PAGE).page(self.number)

    @property
    def sheet(self) -> SafeString:
        return _marked_up(self, get_language())

    @property
    def context(self) -> dict:
        return {"listing": self}


@lru_cache(maxsize=128)
def _marked_up(listing: Listing, _language) -> SafeString:
    own = listing.mine or [None] * len(listing.rows)
    rows = [
        (
            row,
            url,
            standing.of(row, row, listing.today, gone=row.gone),
            asked,
            asked is not None and asked.late(listing.today),
        )
        for (row, url), asked in zip(listing.rows, own, strict=True)
    ]
    return render_to_string("policy_pages/library_rows.html", {"rows": rows, "listing": listing})


def _open(slug: str, url_path: str):
    """Nothing from the root down to the page is restricted, or an alias, which has the restrictions of its source.

    The pages above are named by their paths, so that the index finds them however many pages there are.
    """
    above = [Substr(OuterRef("path"), 1, Page.steplen * level) for level in range(1, DEEPEST + 1)]
    restricted = Exists(PageViewRestriction.objects.filter(page=OuterRef("pk")))
    closed = Page.objects.filter(Q(alias_of__isnull=False) | Q(restricted), path__in=above)
    rows = Page.objects.filter(policyindexpage__isnull=False, live=True, depth__lte=DEEPEST)
    return rows.filter(~Exists(closed), slug=slug, url_path=url_path).values_list("pk", "title")


_open_at = Prepared(_open, str, str)


def open_at(url_path: str) -> tuple[int, str] | None:
    """Number and title of a library that Wagtail would show to anybody: in one query instead of five."""
    return _open_at.first(url_path.rstrip("/").rsplit("/", 1)[-1], url_path)


def listing(request, today, *, title: str, page_id: int, may_add: bool) -> Listing:
    """What stands in the library for whoever sends ``request``."""
    reader = reading.reader_asking(request, today)
    readable, who = _readable(reader.staff, reader.partner), (request.user.pk or 0, today)
    page_of = Paginator(range(readable.count(*who)), PER_PAGE).get_page(request.GET.get("page"))
    rows = _rows(readable.part(max(page_of.start_index() - 1, 0), PER_PAGE, *who), today)
    return Listing(
        title,
        page_id,
        rows=tuple(zip(rows, _addresses(rows, request), strict=True)),
        number=page_of.number,
        total=page_of.paginator.count,
        may_add=may_add,
        may_see_register=permissions.can_see_register(request, today),
        signed_in=reader.signed_in,
        may_see_older=reader.staff,
        today=today,
        mine=_mine(request, today, rows),
    )


def _mine(request, today, rows) -> tuple[Asked | None, ...]:
    """What reading asks of this person about each row."""
    asked = mine.about_each(request, today, [row.policy_id for row in rows])
    return tuple(asked.get(row.policy_id) for row in rows) if asked else ()


@cache
def _readable(staff: bool, partner: bool) -> Prepared:
    """For readers of one kind: the numbers of the versions that they may read, by title, from the index alone."""

    def readable(number: int, today: date):
        groups_asked = (get_user_model()(pk=number), today) if staff or partner else None
        reader = reading.Reader(staff=staff, partner=partner, groups_asked=groups_asked)
        return reading.readable(reader, today).values_list("pk")

    return Prepared(readable, int, date)


def _numbered(today: date, *numbers: int):
    rows = PolicyVersion.objects.filter(pk__in=numbers).order_by("title", "pk")
    return rows.annotate(**clock.facts(today)).values_list(*COLUMNS)


AT_ONCE = PER_PAGE
_these = Prepared(_numbered, date, *[int] * AT_ONCE)


def _rows(numbers: list[tuple], today: date) -> list[Row]:
    """The versions of those numbers. Asked apart: to skip a page of the list must not read what it skips."""
    wanted = [number for (number,) in numbers]
    rest = [0] * (AT_ONCE - len(wanted))
    return [Row(*told.frozen(row)) for row in _these.all(today, *wanted, *rest)]


def _addresses(rows, request) -> list[str]:
    """As ``Page.get_url``, which is slow, and asked for pages of another site alone."""
    root, start = site_of(request).root_page.url_path, reverse("wagtail_serve", args=[""])
    return [
        start + row.url_path.removeprefix(root)
        if row.url_path.startswith(root)
        else Page(pk=row.policy_id, url_path=row.url_path).get_url(request)
        for row in rows
    ]
