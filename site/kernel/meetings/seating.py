"""Who may do what with a meeting: asked by screens to hide and by services to refuse."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from kernel.lifecycle import seats
from kernel.lifecycle.seats import Seat
from kernel.meetings.models import MinutesEntry
from kernel.organisation import people
from kernel.organisation.models import Capacity


@dataclass(frozen=True)
class Places:
    """The seats that one person may use in the body of one meeting: today, and on the day of the meeting."""

    now: tuple[Seat, ...] = ()
    then: tuple[Seat, ...] = ()

    @property
    def secretary(self) -> Seat | None:
        return next((seat for seat in self.now if seat.capacity == Capacity.SECRETARY), None)

    @property
    def may_see(self) -> bool:
        """Whoever has a seat on the day of the meeting; today's secretary and chair in any case.

        So whoever leaves the body before that day is not let in any more, although papers were open to them; whoever
        leaves after it still is, for as long as they are on the staff list.
        """
        return bool(self.then) or any(
            seat.capacity in (Capacity.SECRETARY, Capacity.CHAIR) for seat in self.now
        )


def places(user, meeting, today: date) -> Places:
    """None for a person who is not here today, whatever seats are written down."""
    person = people.profile_of(user)
    if person is None or not user.is_active or not person.is_here(today):
        return Places()
    held = seats.seats_of(user, today)
    on_the_day = held if meeting.meets_on == today else seats.seats_of(user, meeting.meets_on)
    return Places(_in(held, meeting), _in(on_the_day, meeting))


def _in(held, meeting) -> tuple[Seat, ...]:
    return tuple(seat for seat in held if seat.body_id == meeting.body_id)


def require_secretary(user, meeting, today: date) -> Seat:
    seat = places(user, meeting, today).secretary
    if seat is None:
        words = _("The secretary of %(body)s keeps the agenda and the minutes.")
        raise PermissionDenied(words % {"body": meeting.body.name})
    return seat


def seat_to_answer(entry: MinutesEntry, items, standings, user, held) -> tuple[Seat | None, str]:
    """The seat that confirms or returns ``entry``, or None and the sentence why not and who may.

    The chair, or a member who was present; never who recorded it, who wrote part of what was decided, or who
    took no part in it. One person confirms the whole entry, so each of this holds for all of its items.
    """
    seated = [seat for seat in held if seat.body_id == entry.meeting.body_id and seat.decides]
    there = [
        seat for seat in seated if seat.capacity == Capacity.CHAIR or seat.person_id in entry.present_ids
    ]
    if user.pk == entry.recorded_by_id:
        return None, _("You recorded these minutes, so a second person confirms them.")
    if not there:
        return None, _("The chair, or a member who was present, confirms these minutes.")
    reasons = [_barred(seat, user, items, standings) for seat in there]
    free = next((seat for seat, why in zip(there, reasons, strict=True) if not why), None)
    return free, "" if free else reasons[0]


def _barred(seat, user, items, standings) -> str:
    judged = [item for item in items if item.outcome != "not decided"]
    for item in judged:
        known = standings.get(item.pk)
        if known and {user.pk, seat.person_user_id} & known.authors:
            return f"{item.title}: {known.barred}"
        if seat.person_id in item.took_no_part_ids | (known.apart if known else frozenset()):
            words = _("You took no part in “%(title)s”, so another member confirms.")
            return words % {"title": item.title}
    return ""
