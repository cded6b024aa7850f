"""Clearances: dated facts that keep booking of a course open. Other apps write theirs, lists and locks read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from course_catalogue.models import Clearance, CoursePage
from kernel.audit import act, record
from kernel.lifecycle.templatetags.dates import full_date

APPROVAL, OFFER = "approval", "offer"


@dataclass(frozen=True)
class Source:
    """What readers are told of a required source: its ``name`` in a sentence, and the sentence while it is missing."""

    name: str
    missing: str


_required: dict[str, Source] = {
    APPROVAL: Source(
        _lazy("the approval by a subject expert and education"),
        _lazy("Bookings are not open yet: the course waits for approval."),
    )
}


def require(source: str, *, name: str, missing: str) -> None:
    """From now on a course without a clearance of this source cannot be booked. Called in ``AppConfig.ready``.

    ``name`` stands in "Bookings are closed: (name) ended 31 October 2026", ``missing`` is a whole sentence.
    """
    _required[source] = Source(name, missing)


@act("training.set_clearance")
@transaction.atomic
def set_clearance(
    course, *, source: str, given: bool, words: str, valid_until: date | None = None, actor=None
) -> Clearance:
    """Say how ``source`` stands towards the course; the newest word counts, the audit trail keeps the others.

    ``words`` are shown to readers. ``valid_until``: the last day on which it counts, none: until something changes.
    """
    CoursePage.objects.select_for_update().get(pk=course.pk)
    row, _new = Clearance.objects.update_or_create(
        course_id=course.pk,
        source=source,
        defaults={
            "given": given,
            "words": words,
            "valid_until": valid_until,
        },
    )
    facts = {"source": source, "given": given, "valid_until": valid_until.isoformat() if valid_until else ""}
    record("training.set_clearance", actor=actor, target=course, facts=facts)
    return row


def closed(courses: Iterable[int], today: date) -> dict[int, str]:
    """The courses among ``courses`` that nobody can book on that day, each with the reason; one query."""
    keys = list(courses)
    rows: dict[int, dict[str, Clearance]] = {}
    for row in Clearance.objects.filter(course__in=keys):
        rows.setdefault(row.course_id, {})[row.source] = row
    return {key: words for key in keys if (words := _why_closed(rows.get(key, {}), today))}


def off_the_offer(today: date):
    """The courses that are not offered any more on that day, for a subquery."""
    return Clearance.objects.filter(source=OFFER, valid_until__lt=today).values("course")


def _why_closed(rows: dict[str, Clearance], today: date) -> str:
    offer = rows.get(OFFER)
    if offer and offer.valid_until and offer.valid_until < today:
        words = {"day": full_date(offer.valid_until + timedelta(days=1)), "why": offer.words}
        return _("This course is not offered any more since %(day)s: %(why)s") % words
    for source in sorted(_required.keys() | rows.keys()):
        known, row = _required.get(source), rows.get(source)
        if row is None:
            return str(known.missing)
        if not row.given:
            return _("Bookings are closed: %(why)s") % {"why": row.words}
        if row.valid_until and row.valid_until < today:
            words = {"name": known.name if known else row.words, "day": full_date(row.valid_until)}
            return _("Bookings are closed: %(name)s ended %(day)s.") % words
    return ""


def standing(courses: Iterable[int], today: date) -> dict[int, tuple[str, date | None]]:
    """By course what counts on that day, in words, with the first last day among them; one query.

    That a course is offered goes without saying, until it is known from when on it is not.
    """
    rows = Clearance.objects.filter(course__in=list(courses), given=True).exclude(valid_until__lt=today)
    rows = rows.exclude(source=OFFER, valid_until=None)
    found: dict[int, list[Clearance]] = {}
    for row in rows.order_by("source"):
        found.setdefault(row.course_id, []).append(row)
    return {key: (", ".join(map(_in_words, given)), _first_day(given)) for key, given in found.items()}


def _in_words(row: Clearance) -> str:
    """What is said of a course that leaves the offer is the reason why, which counts from that day on."""
    return str(_("on the offer")) if row.source == OFFER else row.words


def _first_day(rows: list[Clearance]) -> date | None:
    return min((row.valid_until for row in rows if row.valid_until), default=None)
