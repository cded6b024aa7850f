"""When a text is approved: one member is enough, all must agree, or a number of them, as the body's rule says."""

from kernel.lifecycle import deciding, notices, seats
from kernel.lifecycle.enums import APPROVING, SubmissionState
from kernel.organisation import people
from kernel.organisation.models import ApprovesBy


def deciders(matter, today) -> list:
    """The members who may judge it today: not those who wrote or proposed it, nor who take no part."""
    barred, apart = seats.authors_of(matter), seats.apart(matter.decisions.all())
    rows = people.members(matter.body, today).order_by("name")
    return [person for person in rows if person.user_id not in barred and person.pk not in apart]


def enough(submission, today) -> bool:
    given = {row.principal_id for row in submission.decisions.all() if row.kind in APPROVING}
    body = submission.approving_body
    if not given or body.approves_by == ApprovesBy.ANY:
        return bool(given)
    if body.approves_by == ApprovesBy.NUMBER:
        return len(given) >= body.approvals_needed
    return {person.pk for person in deciders(submission, today)} <= given


def go_on_if_enough(submission, actor, today) -> bool:
    """Called after each act that may have completed the body's rule, with the submission locked."""
    submission._prefetched_objects_cache.pop("decisions", None)
    if submission.state != SubmissionState.SUBMITTED or not enough(submission, today):
        return False
    if submission.conditions.open().exists():
        deciding.move(submission, SubmissionState.CONDITIONAL)
        notices.conditions(submission, today)
    else:
        deciding.approved(submission, actor, today)
    return True
