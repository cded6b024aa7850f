"""What somebody sees of a session's plan: all of it, or the bookings of an agency that holds it with others (S2-16)."""

from dataclasses import dataclass
from datetime import date

from course_catalogue.models import CourseSession
from course_catalogue.permissions import administers, keeps_programme
from course_catalogue.planning.deciding import may_decide
from kernel.organisation import people
from kernel.organisation.models import Agency, RoleGrant
from kernel.organisation.models.dated import given


@dataclass(frozen=True)
class Sight:
    """``plans``: changes everything. ``administers``: sees everything. ``decides``: says go or cancel.

    ``agencies``: of the host and partners those whose coordinator this is; their bookings alone are shown.
    """

    plans: bool = False
    administers: bool = False
    decides: bool = False
    agencies: tuple[Agency, ...] = ()

    @property
    def whole(self) -> bool:
        return self.administers or self.decides

    @property
    def any(self) -> bool:
        return self.whole or bool(self.agencies)


def sight(user, session: CourseSession, today: date) -> Sight:
    """What this person sees of the session; nothing for a visitor."""
    if user is None or not user.is_authenticated:
        return Sight()
    if keeps_programme(user, today):
        return Sight(plans=True, administers=True, decides=True)
    if administers(user, today):
        return Sight(administers=True, decides=may_decide(user, session, today))
    if may_decide(user, session, today):
        return Sight(decides=True)
    holds = [session.host, *session.partners.all()]
    mine = coordinated(user, [agency.pk for agency in holds], today)
    return Sight(agencies=tuple(agency for agency in holds if agency.pk in mine))


def coordinated(user, agencies, today: date) -> set[int]:
    """Of the agencies those whose coordinator this is; one or two queries."""
    if not people.holds(user, "agency-coordinator", today):
        return set()
    rows = RoleGrant.objects.filter(given(today), user_id=user.pk, role="agency-coordinator")
    return set(rows.filter(agency__in=agencies).values_list("agency_id", flat=True))
