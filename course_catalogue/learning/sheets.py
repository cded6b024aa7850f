"""Bookings of an agency as a spreadsheet: one row each, plain text, no formula."""

from datetime import datetime

from django.utils.translation import gettext_lazy

from course_catalogue.learning import mine
from kernel.content.exports import SafeSpreadsheetMixin
from kernel.lifecycle.templatetags.dates import full_date


class Sheet(SafeSpreadsheetMixin):
    """All that the agency has booked, newest date first. What helps somebody is not in it."""

    export_filename = "training-bookings"
    export_headings = {
        "reference": gettext_lazy("Booking"),
        "person": gettext_lazy("Person"),
        "agency": gettext_lazy("Agency"),
        "course": gettext_lazy("Course"),
        "day": gettext_lazy("First day"),
        "state": gettext_lazy("State"),
        "booked_by": gettext_lazy("Asked by"),
        "asked": gettext_lazy("Asked on"),
        "free_until": gettext_lazy("Free until"),
        "fee": gettext_lazy("Fee"),
        "late_charge": gettext_lazy("Charge when late"),
        "released": gettext_lazy("Protected time"),
    }
    list_export = list(export_headings)


RELEASED = {True: gettext_lazy("yes"), False: gettext_lazy("not yet"), None: ""}


def rows_of(bookings, now: datetime, hands) -> list[dict]:
    lines = mine.lines(mine.rows(bookings).order_by("-session__first_at", "-pk"), now, hands)
    return [_row(line.booking, line.standing) for line in lines]


def _row(booking, standing) -> dict:
    return {
        "reference": booking.reference,
        "person": booking.person.name,
        "agency": booking.agency.name,
        "course": booking.session.course.title,
        "day": full_date(booking.session.first_at),
        "state": standing.words,
        "booked_by": booking.booked_by_name,
        "asked": full_date(booking.joined_at),
        "free_until": full_date(booking.free_until),
        "fee": "" if booking.fee is None else f"{booking.fee:.2f}",
        "late_charge": "" if booking.late_charge is None else f"{booking.late_charge:.2f}",
        "released": str(RELEASED[booking.released]),
    }
