"""The training team says who comes first among those who wait, and why; nobody else moves in the line."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from course_catalogue import permissions
from course_catalogue.booking import offering, states
from course_catalogue.booking.again import once_more
from course_catalogue.booking.locking import open_desk
from course_catalogue.enums import BookingState
from course_catalogue.models import Booking
from kernel.audit import act

MOST, MOST_WORDS = 9, 200


@once_more
@act("training.give_priority")
def give_priority(booking: Booking, *, priority: int, reason: str, actor, now: datetime) -> Booking:
    """Put somebody who waits before all with a lower number, or back to 0 with everybody; the reason is kept.

    What is free is offered first in the line as it was: a priority takes nothing from whoever it is offered to.
    Those behind see how many are ahead by priority, and why. Raises PermissionDenied for anybody but the training
    team; ValidationError under "priority" (0 to 9) and "reason", with code "not_waiting" for whoever does not wait.
    """
    desk = open_desk(booking.session_id, now=now, people=[booking.person_id])
    if not permissions.administers(actor, desk.today):
        raise PermissionDenied(_("The training team alone gives priority or passes over a limit."))
    _require(priority, reason)
    offering.settle_desk(desk)
    found = states.under_lock(booking, desk)
    if found.state != BookingState.WAITING:
        raise ValidationError(
            _("A priority counts on the waiting list alone: this person does not wait."), code="not_waiting"
        )
    before, found.priority = found.priority, priority
    found.priority_reason = reason.strip() if priority else ""
    found.priority_by_name = desk.name_of(actor) if priority else ""
    found.save(update_fields=["priority", "priority_reason", "priority_by_name"])
    facts = {"before": before, "priority": priority}
    states.note("training.give_priority", found, actor=actor, why=reason.strip(), **facts)
    return found


def _require(priority: int, reason: str) -> None:
    wrong = {}
    if not 0 <= priority <= MOST:
        wrong["priority"] = _("Enter a number from 0 to %(most)d.") % {"most": MOST}
    if not 0 < len(reason.strip()) <= MOST_WORDS:
        wrong["reason"] = _("Say in at most %(n)d characters why.") % {"n": MOST_WORDS}
    if wrong:
        raise ValidationError(wrong)
