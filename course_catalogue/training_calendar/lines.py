"""The dates of one page in words, ready for every look. Equal words are worked out once a page: many dates say them."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from wagtail.models import Page

from course_catalogue import links
from course_catalogue.enums import Delivery
from course_catalogue.feeds.events import without_room
from course_catalogue.training_calendar import words
from course_catalogue.training_calendar.rows import CANCELLED, PAST, Item
from kernel.content.templatetags import nhs
from kernel.lifecycle.templatetags.dates import clock, day_and_date, full_date


class Lines:
    """Writes the lines of one page for one reader. ``signed_in``: belongs to an agency, so may book."""

    def __init__(self, request, *, signed_in: bool):
        self.request, self.signed_in = request, signed_in
        self.state, self.mine, self.step = cache(words.state), cache(words.mine), cache(words.step)
        self.mark, self.when, self.elsewhere = cache(_mark), cache(_when), cache(without_room)
        self.delivery = {kind.value: str(kind.label) for kind in Delivery}

    def of(self, items: list[Item]) -> list[dict]:
        courses = self._courses(items)
        return [self._line(item, courses) for item in items]

    def _courses(self, items: Iterable[Item]) -> dict[int, str]:
        """The addresses of the courses to which lines lead; one query where there are some."""
        wanted = {item.day.course for item in items if item.state == CANCELLED or not self.signed_in}
        pages = Page.objects.filter(pk__in=wanted).only("url_path")
        return {page.pk: page.get_url(self.request) for page in pages}

    def _line(self, item: Item, courses: dict[int, str]) -> dict:
        day = item.day
        state = self.state(item.state, day.opens_at, item.places)
        return {
            **self.when(day.starts_at, day.ends_at),
            "title": words.title(day),
            "place": "" if item.state == CANCELLED else day.venue or self.elsewhere(day.online_link),
            "state": state,
            "mark": self.mark(words.MARKS[item.state], state),
            "mine": self.mine(item.state, item.mine),
            "delivery": self.delivery.get(day.delivery, day.delivery),
            **self._ways(item, courses.get(day.course, "")),
        }

    def _ways(self, item: Item, course: str) -> dict:
        """Where the line leads: to the date while it is to come, from a cancelled one to the course's other dates."""
        day = item.day
        session = links.session(day.session)
        steps = {"keeps_list": day.keeps_list, "needs_approval": day.needs_approval}
        step = self.step(item.state, item.mine, **steps) if self.signed_in else ""
        cancelled = item.state == CANCELLED
        return {
            "is_cancelled": cancelled,
            "url": "" if cancelled or item.state == PAST else session if self.signed_in else course,
            "course_url": course,
            "step": step,
            "address": session if item.mine else links.book(day.session),
        }


def _when(starts_at: datetime, ends_at: datetime) -> dict:
    on, starts = timezone.localdate(starts_at), clock(starts_at)
    hours = words.hours(starts, clock(ends_at))
    return {"on": on, "day": day_and_date(on), "date": full_date(on), "starts": starts, "hours": hours}


def _mark(kind: str, state: str) -> SafeString:
    return render_to_string("kernel_content/state.html", nhs.state(kind, state))
