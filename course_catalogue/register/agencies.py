"""Attendance by agency (S4-17): who booked, who came, who did not, by the agency that releases them."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from course_catalogue.enums import BookingState, Mark
from course_catalogue.models import Booking, RegisterClosing
from course_catalogue.register.counting import outcomes_of
from course_catalogue.register.rates import CANCELLED, per_cent
from kernel.organisation.models import Agency, StaffProfile


@dataclass(frozen=True)
class ByAgency:
    """One agency over the sessions asked about, closed registers alone. Walk-ins are in no rate.

    ``booked``: who had a place when the session began; ``part``: of those who attended, who did so in part.
    """

    agency_id: int
    name: str
    booked: int = 0
    attended: int = 0
    part: int = 0
    no_shows: int = 0
    excused: int = 0
    cancelled_in_time: int = 0
    cancelled_late: int = 0
    walk_ins: int = 0
    minutes: int = 0

    @property
    def registered(self) -> int:
        """As of the rates: with those who cancelled or were withdrawn."""
        return self.booked + self.cancelled_in_time + self.cancelled_late

    @property
    def show_up(self):
        """Of those who had a place when the session began and were not excused; None: no data."""
        return per_cent(self.attended, self.booked - self.excused)


def of(session_ids: Collection[int], agency_id: int | None = None) -> list[ByAgency]:
    """A row for each agency, or that one alone, by name; five queries for any number of sessions."""
    closed = RegisterClosing.objects.filter(session__in=session_ids, day__isnull=True)
    keys = set(closed.values_list("session_id", flat=True))
    found: dict[int, ByAgency] = {}
    outcomes = outcomes_of(keys)
    people = {person for rows in outcomes.values() for person in rows}
    agency_of = dict(StaffProfile.objects.filter(pk__in=people).values_list("pk", "agency_id"))
    paying = _paying(keys)
    for session, rows in outcomes.items():
        for person, outcome in rows.items():
            agency = paying.get((session, person), agency_of[person])
            found[agency] = _with(found.get(agency) or ByAgency(agency, ""), outcome)
    for agency, late in Booking.objects.filter(CANCELLED, session__in=keys).values_list("agency_id", "late"):
        row = found.get(agency) or ByAgency(agency, "")
        name = "cancelled_late" if late else "cancelled_in_time"
        found[agency] = replace(row, **{name: getattr(row, name) + 1})
    return _named(found, agency_id)


def _paying(session_ids) -> dict[tuple[int, int], int]:
    """The agency of each booking, kept with it: a person may have moved to another one since."""
    rows = Booking.objects.filter(session__in=session_ids, state=BookingState.BOOKED)
    return {
        (session, person): agency
        for session, person, agency in rows.values_list("session_id", "person_id", "agency_id")
    }


def _with(row: ByAgency, outcome) -> ByAgency:
    minutes = row.minutes + outcome.minutes
    if outcome.walk_in:
        return replace(row, walk_ins=row.walk_ins + outcome.came, minutes=minutes)
    return replace(
        row,
        booked=row.booked + 1,
        attended=row.attended + outcome.came,
        part=row.part + (outcome.mark == Mark.PART),
        no_shows=row.no_shows + (outcome.mark == Mark.DID_NOT_ATTEND),
        excused=row.excused + (outcome.mark == Mark.EXCUSED),
        minutes=minutes,
    )


def _named(found: dict[int, ByAgency], agency_id: int | None) -> list[ByAgency]:
    keys = found if agency_id is None else {agency_id} & found.keys()
    names = dict(Agency.objects.filter(pk__in=keys).values_list("pk", "name"))
    return sorted((replace(found[key], name=names[key]) for key in keys), key=lambda row: row.name)
