"""Which addresses somebody may have, and which they have."""

from dataclasses import dataclass
from datetime import date, datetime

from course_catalogue.feeds.addresses import address_of
from course_catalogue.models import CalendarFeed
from kernel.organisation.models import Agency, RoleGrant, StaffProfile
from kernel.organisation.models.dated import given

COORDINATOR = "agency-coordinator"


@dataclass(frozen=True)
class Followed:
    """One address that somebody may have. ``agency``: None for own bookings; ``address``: "" before it is made."""

    agency: Agency | None
    address: str
    made_at: datetime | None


def followed_by(person: StaffProfile, today: date) -> list[Followed]:
    """The own one first, then those of the agencies that the person coordinates; two queries."""
    made = {row.agency_id: row for row in CalendarFeed.objects.filter(person=person)}
    return [_followed(agency, made) for agency in (None, *_coordinated(person, today))]


def _followed(agency: Agency | None, made: dict[int | None, CalendarFeed]) -> Followed:
    row = made.get(agency.pk if agency else None)
    return Followed(agency, address_of(row) if row else "", row.made_at if row else None)


def _coordinated(person: StaffProfile, today: date) -> list[Agency]:
    rows = RoleGrant.objects.filter(
        given(today), role=COORDINATOR, user_id=person.user_id, agency__isnull=False
    )
    return list(Agency.objects.filter(pk__in=rows.values("agency_id"), active=True))
