"""What nobody gives, cancels, moves or withdraws any more: the date has begun, or the register has a mark."""

from datetime import datetime

from django.utils.translation import gettext as _

from course_catalogue.booking.locking import Desk
from course_catalogue.booking.refusals import Refusal
from course_catalogue.booking.states import refused
from course_catalogue.models import Attendance, Booking


def why_fixed(session, bookings: list[Booking], *, now: datetime) -> Refusal | None:
    """Why bookings of one session stay where they are, whoever presses; one query for any number of them.

    The register opens before the date begins: whoever checked in has their attendance, whatever it says later.
    """
    if session.first_at <= now:
        return Refusal("past", _("The date has begun: the register says who came."))
    if Attendance.objects.filter(booking__in=[row.pk for row in bookings]).exists():
        words = _(
            "The register has a mark already, so the place stays as it is. Is it wrong? Ask the trainer."
        )
        return Refusal("marked", words)
    return None


def require_free(desk: Desk, *bookings: Booking) -> None:
    """Under the lock of the session, which marking takes too. Raises ``past`` or ``marked``."""
    against = why_fixed(desk.session, list(bookings), now=desk.now)
    if against is not None:
        raise refused(against.words, against.code)
