"""What agencies took and gave in a programme year: attendance, trainer days, sessions hosted (S4-17, S4-60)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count

from course_catalogue.enums import BookingState, SessionState
from course_catalogue.models import Booking, RegisterClosing
from course_catalogue.planning import in_kind, programme
from course_catalogue.register import agencies as attendance
from kernel.organisation.models import Agency


@dataclass(frozen=True)
class OfAgency:
    """``people``: of closed registers alone; ``open``: places booked in sessions begun whose register is open yet.

    ``hosted``: sessions begun, as every figure of the page.
    """

    agency: Agency
    people: attendance.ByAgency
    open: int
    days: Decimal
    free_places: Decimal
    hosted: int


def of(agencies: Iterable[Agency], first_year: int, *, now: datetime) -> list[OfAgency]:
    """One line for each agency, also without anything; the number of queries is the same for one and for many."""
    held = programme.sessions_of(first_year).exclude(state=SessionState.CANCELLED)
    begun = held.filter(first_at__lte=now)
    people = {row.agency_id: row for row in attendance.of(list(begun.values_list("pk", flat=True)))}
    given = {row.agency_id: row for row in in_kind.by_agency(first_year)}
    closed = RegisterClosing.objects.filter(day__isnull=True).values("session")
    places = Booking.objects.filter(session__in=begun, state=BookingState.BOOKED).exclude(session__in=closed)
    left, hosted = _counted(places, "agency_id"), _counted(begun, "host_id")
    nothing = in_kind.Given(0, "", Decimal(0), Decimal(0))
    return [
        OfAgency(
            agency,
            people.get(agency.pk) or attendance.ByAgency(agency.pk, agency.name),
            left.get(agency.pk, 0),
            given.get(agency.pk, nothing).days,
            given.get(agency.pk, nothing).free_places,
            hosted.get(agency.pk, 0),
        )
        for agency in agencies
    ]


def _counted(rows, by: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(n=Count("pk")))
