"""A member with an interest in a matter steps aside: no judgement, no seat in the quorum, for good."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kernel.audit import act, record
from kernel.lifecycle import approvals, deciding
from kernel.lifecycle.enums import DecisionKind
from kernel.lifecycle.models import Submission


@act("lifecycle.no_part")
def take_no_part(matter, *, actor, today, reason):
    """Say "I take no part", with the reason, in the own seat and before judging. It cannot be taken back.

    Where all others have approved already, the text goes on.
    """
    matter = deciding.lock(matter)
    if not matter.is_open:
        raise ValidationError(_("This is decided already."))
    seat = deciding.require_seat(DecisionKind.NO_PART, matter, actor, today)
    if not reason.strip():
        raise ValidationError(
            {"reason": _("Say why you take no part: the reason is kept with the decision.")}
        )
    deciding.decide(matter, DecisionKind.NO_PART, actor, seat=seat, statement=reason.strip())
    record("lifecycle.no_part", actor=actor, target=matter.page, facts=deciding.facts(matter))
    if isinstance(matter, Submission):
        approvals.go_on_if_enough(matter, actor, today)
    return matter
