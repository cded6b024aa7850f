"""Where somebody stands in a waiting list, and who is ahead, without names."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from course_catalogue.enums import BookingState
from course_catalogue.models import Booking


@dataclass(frozen=True)
class Turn:
    """``number`` from 1 among ``of`` who wait; ``first`` of those ahead have priority, for ``reasons``."""

    number: int
    of: int
    first: int = 0
    reasons: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        said = _("You are number %(number)d of %(of)d.") % {"number": self.number, "of": self.of}
        return f"{said} {self.ahead}" if self.ahead else said

    @property
    def ahead(self) -> str:
        """Who is ahead for another reason than having asked earlier."""
        if not self.first:
            return ""
        words = ngettext(
            "Ahead of you: %(n)d with priority", "Ahead of you: %(n)d with priority", self.first
        ) % {"n": self.first}
        return (
            _("%(ahead)s, because %(why)s.") % {"ahead": words, "why": "; ".join(self.reasons)}
            if (self.reasons)
            else words + "."
        )


def turns(sessions: Iterable[int]) -> dict[int, Turn]:
    """The place of every waiting booking of these sessions, by its key; one query."""
    rows = Booking.objects.filter(session__in=list(sessions), state=BookingState.WAITING)
    rows = rows.order_by("session_id", "-priority", "joined_at", "pk")
    lines: dict[int, list] = {}
    for row in rows.values_list("session_id", "pk", "priority", "priority_reason"):
        lines.setdefault(row[0], []).append(row[1:])
    return {key: turn for line in lines.values() for key, turn in _of_line(line)}


def _of_line(line):
    for place, (key, priority, _reason) in enumerate(line):
        ahead = [row for row in line[:place] if row[1] > priority]
        reasons = tuple(dict.fromkeys(row[2] for row in ahead if row[2]))
        yield key, Turn(place + 1, len(line), len(ahead), reasons)
