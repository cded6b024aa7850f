"""The dates of one page, ready for every look. A line is written once a process, as long as it says the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Page

from course_catalogue import links
from course_catalogue.enums import Delivery
from course_catalogue.feeds.events import without_room
from course_catalogue.training_calendar import words
from course_catalogue.training_calendar.rows import CANCELLED, PAST, Item
from kernel.lifecycle.templatetags.dates import clock, full_date

MOST = 8192  # lines of some months, each at most in three looks


@dataclass(frozen=True)
class Line:
    """One date for one reader. ``signed_in``: belongs to an agency, so may book; ``course``: the address, or ""."""

    item: Item
    signed_in: bool
    course: str

    @cached_property
    def on(self) -> date:
        return timezone.localdate(self.item.day.starts_at)

    def in_month(self) -> SafeString:
        return _written("month_line", self, get_language())

    def in_days(self) -> SafeString:
        return _written("days_line", self, get_language())

    def in_list(self) -> SafeString:
        return _written("list_line", self, get_language())


def lines(items: list[Item], request, *, signed_in: bool) -> list[Line]:
    """In the same order; one query where lines lead to courses."""
    courses = _courses([item for item in items if item.state == CANCELLED or not signed_in], request)
    return [Line(item, signed_in, courses.get(item.day.course, "")) for item in items]


def _courses(items: Iterable[Item], request) -> dict[int, str]:
    pages = Page.objects.filter(pk__in={item.day.course for item in items}).only("url_path")
    return {page.pk: page.get_url(request) for page in pages}


@lru_cache(maxsize=MOST)
def _written(template: str, line: Line, _language: str) -> SafeString:
    return render_to_string(f"course_catalogue/training_calendar/{template}.html", _words(line))


def _words(line: Line) -> dict:
    item, day = line.item, line.item.day
    starts = clock(day.starts_at)
    return {
        "day": line.on,
        "date": full_date(line.on),
        "starts": starts,
        "hours": words.hours(starts, clock(day.ends_at)),
        "title": words.title(day),
        "place": "" if item.state == CANCELLED else day.venue or without_room(day.online_link),
        "state": words.state(item.state, day.opens_at, item.places),
        "mark": words.MARKS[item.state],
        "mine": words.mine(item.state, item.mine),
        "delivery": dict(Delivery.choices).get(day.delivery, day.delivery),
        **_ways(line),
    }


def _ways(line: Line) -> dict:
    """Where the line leads: to the date while it is to come, from a cancelled one to the course's other dates."""
    item, day = line.item, line.item.day
    session = links.session(day.session)
    steps = {"keeps_list": day.keeps_list, "needs_approval": day.needs_approval}
    cancelled = item.state == CANCELLED
    return {
        "is_cancelled": cancelled,
        "url": "" if cancelled or item.state == PAST else session if line.signed_in else line.course,
        "course_url": line.course,
        "step": words.step(item.state, item.mine, **steps) if line.signed_in else "",
        "address": session if item.mine else links.book(day.session),
    }
