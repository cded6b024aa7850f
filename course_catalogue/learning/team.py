"""A line's training, for its manager: who waits for an answer, who is away for training on which day."""

from django.db.models import Exists, OuterRef, QuerySet

from course_catalogue.enums import LIVE, TAKES_A_PLACE
from course_catalogue.models import Booking
from kernel.organisation.models import Post, StaffProfile


def others_that_day(hands, booking, session) -> list[Booking]:
    """Other people of the manager's line who have a place that overlaps with these days."""
    days = list(session.days.all())
    rows = Booking.objects.filter(state__in=TAKES_A_PLACE, person__in=hands.team.values("pk"))
    rows = rows.exclude(person=booking.person_id).select_related("person", "session__course")
    found = {}
    for day in days:
        same = rows.filter(session__days__starts_at__lt=day.ends_at, session__days__ends_at__gt=day.starts_at)
        found.update({row.pk: row for row in same})
    return sorted(found.values(), key=lambda row: (row.person.name, row.pk))


def colleagues(hands, booking) -> QuerySet[StaffProfile]:
    """Who may take the place: people of the same agency who have none on this date.

    A colleague gives to the own team and line; a manager, coordinator or administrator to anybody of the agency.
    """
    live = Booking.objects.filter(session=booking.session_id, person=OuterRef("pk"), state__in=LIVE)
    rows = StaffProfile.objects.here(hands.today).filter(~Exists(live), agency=booking.agency_id)
    rows = rows.exclude(pk=booking.person_id).order_by("name", "pk")
    if (
        hands.is_own(booking)
        and not hands.administers
        and booking.agency_id not in {a.pk for a in hands.agencies}
    ):
        return rows.filter(pk__in=beside(hands.me, hands.today))
    return rows


def beside(person, today) -> list[int]:
    """Those who share a team or a line manager with the person today, by key."""
    own = Post.objects.on(today).filter(person=person)
    rows = Post.objects.on(today).exclude(person=person)
    by_team = rows.filter(team__in=own.values("team_id"))
    by_line = rows.filter(manager__in=own.filter(manager__isnull=False).values("manager_id"))
    return sorted(
        {*by_team.values_list("person_id", flat=True), *by_line.values_list("person_id", flat=True)}
    )
