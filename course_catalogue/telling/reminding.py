"""The daily job that sends what the rules say before a session: each once, also after days without a job."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from course_catalogue import links
from course_catalogue.enums import BookingState, MailKind, SessionState
from course_catalogue.models import Booking, MailRule
from course_catalogue.telling import rules
from course_catalogue.telling.days import days_of
from course_catalogue.telling.reach import address_of
from course_catalogue.telling.subjects import of_session
from kernel.lifecycle.reminders import Claim, claim_all
from kernel.outbox import queue_mails

BOOKING = Booking._meta.label_lower
SUBJECTS = {
    MailKind.JOINING: gettext_lazy("How to join"),
    MailKind.REMINDER: gettext_lazy("Soon"),
    MailKind.MATERIALS: gettext_lazy("To read before"),
}


def remind(today: date, dry_run: bool = False) -> list[str]:
    """For ``run_daily``. One mail a booking with all that is owed; nobody who is not booked any more is told.

    What was sent counts for the day on which the session begins: moved to another, it is sent again.
    """
    known = list(MailRule.objects.filter(active=True))
    owed = {
        (booking, rule): _claim(booking, rule)
        for booking in _bookings(known, today)
        for rule in rules.owed(known, booking.session.course_id, (_first_on(booking) - today).days)
    }
    first = claim_all(owed.values(), today=today)
    mails: dict[Booking, list[MailRule]] = defaultdict(list)
    for (booking, rule), claim in owed.items():
        if claim in first:
            mails[booking].append(rule)
    number = len(queue_mails(_mails(mails)))
    return [_("%(n)d mails before sessions") % {"n": number}] if number else []


def _bookings(known: list[MailRule], today: date) -> list[Booking]:
    """Booked places in sessions that begin from today to as far ahead as a rule reaches; with an address."""
    if not known:
        return []
    far = max(rule.days_before for rule in known)
    rows = Booking.objects.filter(
        state=BookingState.BOOKED,
        session__state=SessionState.OPEN,
        session__first_at__gte=_midnight(today),
        session__first_at__lt=_midnight(today + timedelta(days=far + 1)),
    )
    rows = rows.select_related("session__course", "person__user").order_by("session__first_at", "pk")
    return [row for row in rows if address_of(row.person)]


def _claim(booking: Booking, rule: MailRule) -> Claim:
    return Claim(BOOKING, str(booking.pk), f"rule-{rule.pk}", _first_on(booking).isoformat())


def _mails(owed: dict[Booking, list[MailRule]]) -> Iterable[dict]:
    days: dict[int, list[str]] = {}
    for booking, known in owed.items():
        if booking.session_id not in days:
            days[booking.session_id] = days_of(booking.session)
        context = {
            "booking": booking,
            "session": booking.session,
            "course": booking.session.course,
            "days": days[booking.session_id],
            "comes": True,
            "rules": known,
            "link": links.absolute(f"{links.HERE}booking/{booking.pk}/"),
        }
        yield {
            "kind": "training.before",
            "to": [address_of(booking.person)],
            "subject": of_session(str(SUBJECTS[known[0].kind]), booking.session),
            "text": render_to_string("course_catalogue/email/before.txt", context),
        }


def _first_on(booking: Booking) -> date:
    return timezone.localdate(booking.session.first_at)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
