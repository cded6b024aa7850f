"""Withdrawn for patient safety: whose new place of the course is not there yet, and whose is overdue (S0-43)."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from course_catalogue.enums import TAKES_A_PLACE, BookingState
from course_catalogue.models import Booking
from course_catalogue.telling import mails
from kernel.lifecycle import reminders


def owed(bookings: QuerySet[Booking]) -> QuerySet[Booking]:
    """Of these bookings those withdrawn whose person has no place of the course since, the earliest day first.

    ``rebook_due`` is the last day: withdrawn on 3 June, due on 10 June, overdue on 11 June.
    """
    again = Booking.objects.filter(
        person=OuterRef("person"),
        session__course=OuterRef("session__course"),
        state__in=TAKES_A_PLACE,
        joined_at__gte=OuterRef("ended_at"),
    )
    rows = bookings.filter(~Exists(again), state=BookingState.WITHDRAWN)
    return rows.select_related("person", "session__course", "withdrawn_for__user").order_by(
        "rebook_due", "pk"
    )


def remind(today: date, dry_run: bool = False) -> list[str]:
    """Daily job: tell the manager once when a new place is overdue. Gives a line for each."""
    lines = []
    for booking in owed(Booking.objects.filter(rebook_due__lt=today)):
        if reminders.claim(booking, "rebook", booking.rebook_due, today=today):
            mails.rebook_overdue(booking)
            lines.append(f"{booking.reference}: new place was due {booking.rebook_due}")
    return lines
