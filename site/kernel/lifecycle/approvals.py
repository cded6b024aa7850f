"""When a text is approved: one member is enough, all must agree, or a number of them, as the body's rule says."""

from django.utils.translation import gettext as _

from kernel.audit import record
from kernel.lifecycle import deciding, notices, seats
from kernel.lifecycle.enums import APPROVING, SubmissionState
from kernel.lifecycle.models import Submission
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


def rule_in_words(submission, today) -> str:
    """How many must approve and how many have; empty where one member is enough, and once it is approved."""
    body = submission.approving_body
    if submission.state != SubmissionState.SUBMITTED or body.approves_by == ApprovesBy.ANY:
        return ""
    given = sum(row.kind in APPROVING for row in submission.decisions.all())
    may = len(deciders(submission, today))
    if body.approves_by == ApprovesBy.ALL:
        return _("All members approve it: %(given)d of %(may)d have.") % {"given": given, "may": may}
    said = {"needed": body.approvals_needed, "given": given, "may": may}
    return _("%(needed)d of the %(may)d members who may judge it approve it: %(given)d have.") % said


def go_on_if_enough(submission, actor, today) -> bool:
    """Called after each act that may have completed the body's rule, with the submission locked."""
    getattr(submission, "_prefetched_objects_cache", {}).pop("decisions", None)
    if submission.state != SubmissionState.SUBMITTED or not enough(submission, today):
        return False
    if submission.conditions.open().exists():
        deciding.move(submission, SubmissionState.CONDITIONAL)
        notices.conditions(submission, today)
    else:
        deciding.approved(submission, actor, today)
    return True


def complete(today, dry_run: bool) -> list[str]:
    """The daily job: where all approve and the last who had not has left, the text goes on."""
    rows = Submission.objects.filter(
        state=SubmissionState.SUBMITTED, approving_body__approves_by=ApprovesBy.ALL
    )
    lines = []
    for row in rows.select_related("page").order_by("pk"):
        submission = row if dry_run else deciding.lock(row)
        if submission.state == SubmissionState.SUBMITTED and _goes_on(submission, today, dry_run):
            lines.append(_("All members have approved: %(title)s") % {"title": row.page.title})
    return lines


def _goes_on(submission, today, dry_run) -> bool:
    if deciding.is_stranded(submission) or not enough(submission, today):
        return False
    if not dry_run:
        go_on_if_enough(submission, None, today)
        record("lifecycle.approve", actor=None, target=submission.page, facts=deciding.facts(submission))
    return True
