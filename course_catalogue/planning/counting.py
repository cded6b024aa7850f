"""How many places of sessions are taken, from the bookings: for the people who plan."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q

from course_catalogue.enums import TAKES_A_PLACE, BookingState
from course_catalogue.models import Booking


@dataclass(frozen=True)
class Taken:
    """``taken``: booked, or held for an answer; ``booked`` of them are sure; ``waiting`` are beside them."""

    taken: int = 0
    booked: int = 0
    waiting: int = 0


def taken(sessions: Collection[int]) -> dict[int, Taken]:
    """By key of the session; every key asked for is in it. One query."""
    rows = Booking.objects.filter(session__in=sessions).order_by().values("session_id")
    counted = rows.annotate(
        taken=Count("pk", filter=Q(state__in=TAKES_A_PLACE)),
        booked=Count("pk", filter=Q(state=BookingState.BOOKED)),
        waiting=Count("pk", filter=Q(state=BookingState.WAITING)),
    )
    found = {row["session_id"]: Taken(row["taken"], row["booked"], row["waiting"]) for row in counted}
    return {key: found.get(key, Taken()) for key in sessions}
