"""Where somebody stands on a waiting list, and why no place was offered when one was free."""

from dataclasses import dataclass, field

from course_catalogue.enums import BookingState
from course_catalogue.models import Booking, SkippedWaiting


@dataclass(frozen=True)
class Standing:
    """Number ``number`` of ``length``; ``first``: so many ahead have priority."""

    number: int
    length: int
    first: int
    passed: list[SkippedWaiting] = field(default_factory=list)


def standing(booking: Booking) -> Standing | None:
    """None for somebody who does not wait. Two queries."""
    if booking.state != BookingState.WAITING:
        return None
    rows = Booking.objects.filter(session=booking.session_id, state=BookingState.WAITING)
    line = list(rows.order_by("-priority", "joined_at", "pk").values_list("pk", "priority"))
    place = [pk for pk, _priority in line].index(booking.pk)
    ahead = sum(priority > booking.priority for _pk, priority in line[:place])
    return Standing(place + 1, len(line), ahead, list(booking.skips.all()))


def numbers(bookings) -> dict[int, int]:
    """The numbers of many waiting bookings by key; one query."""
    sessions = {booking.session_id for booking in bookings if booking.state == BookingState.WAITING}
    rows = Booking.objects.filter(session__in=sessions, state=BookingState.WAITING)
    found: dict[int, int] = {}
    counted: dict[int, int] = {}
    for pk, session in rows.order_by("-priority", "joined_at", "pk").values_list("pk", "session"):
        counted[session] = found[pk] = counted.get(session, 0) + 1
    return {booking.pk: found[booking.pk] for booking in bookings if booking.pk in found}
