"""What ending a booking costs at this moment, as its own terms say: the page and the ledger read the same row."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from course_catalogue.charging.terms import kept, name_of
from course_catalogue.charging.words import by
from course_catalogue.enums import BookingState
from course_catalogue.learning.booking_pages import pounds
from course_catalogue.learning.words import moment


@dataclass(frozen=True)
class Owed:
    amount: Decimal
    words: str

    @property
    def seal(self) -> str:
        """What goes round with the form: an amount that changed is seen."""
        return f"{self.amount:.2f}"


def owed_now(booking, now: datetime) -> Owed:
    """Only a booked place costs anything, and only after its free time: to the minute."""
    agency = booking.agency.name
    if booking.state != BookingState.BOOKED:
        return Owed(Decimal(0), _("It is free: the place is not booked yet."))
    amount = kept(booking).if_told(now)
    if not booking.late_charge:
        return Owed(Decimal(0), _("It is free."))
    if not amount:
        return Owed(Decimal(0), _("It is free until %(moment)s.") % {"moment": moment(booking.free_until)})
    told = {"amount": by(pounds(amount), name_of(booking)), "agency": agency}
    said = _("It costs %(amount)s now; %(agency)s is charged.") % told
    said += " " + _("It was free until %(moment)s.") % {"moment": moment(booking.free_until)}
    return Owed(amount, said)
