"""Release from duty: withdrawals by manager, other tasks, bookings without release (S0-41, S0-44, S0-45)."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from course_catalogue import conf, permissions
from course_catalogue.booking.withdrawals import owed
from course_catalogue.enums import BookingState, CancelledBy
from course_catalogue.models import Booking
from kernel.organisation import people
from kernel.organisation.models import Post, RoleGrant, Team
from kernel.organisation.models.dated import given, in_force

HR = "hr-partner"


@dataclass
class OfManager:
    """``late``: of the places withdrawn, those not made good and overdue."""

    name: str
    rows: list = field(default_factory=list)
    late: int = 0

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def asked_about(self) -> bool:
        return self.count >= conf.withdrawals_noted()


def seen_by(user, today: date) -> QuerySet[Booking] | None:
    """Bookings that HR or the office looks over; None for whoever has no such business.

    An HR partner of an agency or of teams sees the people there alone.
    """
    rows = Booking.objects.select_related("session__course", "person__agency", "withdrawn_for")
    if permissions.administers(user, today):
        return rows
    me = people.profile_of(user)
    if me is None or not me.is_here(today):
        return None
    grants = list(RoleGrant.objects.filter(given(today), role=HR, user=user).select_related("team"))
    if not grants:
        return None
    if any(grant.agency_id is None and grant.team_id is None for grant in grants):
        return rows
    return rows.filter(_within(grants, today))


def _within(grants, today) -> Q:
    agencies = [grant.agency_id for grant in grants if grant.agency_id]
    found = Q(person__agency__in=agencies)
    for team in (grant.team for grant in grants if grant.team_id):
        teams = Team.objects.filter(path__startswith=team.path)
        found |= Q(person__in=Post.objects.filter(in_force(today), team__in=teams).values("person_id"))
    return found


def withdrawals(rows: QuerySet[Booking], *, since: datetime, now: datetime) -> list[OfManager]:
    """By the manager in whose name it was, most first; ``since`` is the moment from which they count."""
    found = rows.filter(state=BookingState.WITHDRAWN, ended_at__gte=since, ended_at__lte=now)
    late = set(owed(found.filter(rebook_due__lt=timezone.localdate(now))).values_list("pk", flat=True))
    by: dict[int | None, OfManager] = {}
    for row in found.order_by("-ended_at", "-pk"):
        line = by.setdefault(
            row.withdrawn_for_id, OfManager(row.withdrawn_for.name if row.withdrawn_for else "")
        )
        line.rows.append(row)
        line.late += row.pk in late
    return sorted(by.values(), key=lambda line: (-line.count, line.name))


def diverted(rows: QuerySet[Booking], *, since: datetime, now: datetime) -> list[Booking]:
    """Places given up because somebody asked for another task, newest first (S0-45)."""
    found = rows.filter(cancelled_by=CancelledBy.DIVERTED, ended_at__gte=since, ended_at__lte=now)
    return list(found.order_by("-ended_at", "-pk"))


def unreleased(rows: QuerySet[Booking], now: datetime) -> list[Booking]:
    """Booked places to come for which nobody has said that the time is protected, where a manager says so (S0-41)."""
    found = rows.filter(state=BookingState.BOOKED, session__first_at__gt=now, session__needs_approval=True)
    return list(found.exclude(released=True).order_by("session__first_at", "person__name", "pk"))
