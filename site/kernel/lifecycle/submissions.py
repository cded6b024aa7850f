"""The way of one exact text from its author to its issue. Every door (screen, Wagtail button, command) leads here."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from kernel.audit import act, record
from kernel.lifecycle import deciding, notices, workflows
from kernel.lifecycle.enums import (
    OPEN_STATES,
    SUBMISSION_MOVES,
    DecisionKind,
    Significance,
    SubmissionState,
)
from kernel.lifecycle.models import Submission
from kernel.lifecycle.moves import require_move


@act("lifecycle.submit")
def submit(page, *, actor, today, significance, change_note, wanted_from=None) -> Submission:
    """Hand the latest draft of ``page`` in for approval (S0-02).

    Locks the page, checks that the draft is complete and differs from the last issue, keeps its digest, starts
    Wagtail's workflow, tells the approvers. The first version is always major. ``wanted_from`` is the day wanted
    as first day in force, today or later. Raises ValidationError with every problem, PermissionDenied for
    somebody who may not edit the draft.
    """
    draft = Page.objects.select_for_update().get(pk=page.pk).specific.get_latest_revision_as_object()
    if not draft.may_submit(actor):
        raise PermissionDenied(_("Its authors, its owner and the owner's deputy submit this text."))
    _check_complete(draft, change_note, wanted_from, today)
    submission = Submission(
        page=draft.page_ptr,
        revision=draft.latest_revision,
        text_sha256=draft.text_digest(),
        cycle=draft.versions_issued(),
        significance=Significance(significance) if draft.versions_issued() else Significance.MAJOR,
        change_note=change_note.strip(),
        approving_body=draft.approving_body,
        ratifying_body=draft.ratifying_body,
        submitted_by=actor,
        submitted_at=timezone.now(),
        submitted_on=today,
        wanted_from=wanted_from,
    )
    submission.validate_constraints()
    submission.save()
    deciding.decide(submission, DecisionKind.SUBMIT, actor, statement=submission.change_note)
    draft.get_workflow().start(draft, actor)
    record("lifecycle.submit", actor=actor, target=draft, facts=deciding.facts(submission))
    notices.to_approve(submission, today)
    return submission


@act("lifecycle.approve")
def approve(submission, *, actor, today, statement="") -> Submission:
    """Say that the content is right; the submission then waits for its ratifying body.

    Raises PermissionDenied for an author since the last issue and for whoever holds no seat in the approving
    body on ``today``; ValidationError when the text is no longer the one that was submitted.
    """
    submission = deciding.lock(submission)
    seat = deciding.require(DecisionKind.APPROVE, SubmissionState.APPROVED, submission, actor, today)
    deciding.check_same_text(submission)
    deciding.decide(
        submission,
        DecisionKind.APPROVE,
        actor,
        seat=seat,
        statement=statement,
        other_party_id=submission.submitted_by_id,
    )
    deciding.move(submission, SubmissionState.APPROVED)
    deciding.task_state(submission).approve(user=actor, comment=statement)
    record("lifecycle.approve", actor=actor, target=submission.page, facts=deciding.facts(submission))
    notices.to_ratify(submission, today)
    return submission


@act("lifecycle.sign")
def sign(submission, *, actor, today, statement="") -> Submission:
    """Sign for ratification; the signature that makes the quorum ratifies and issues the text."""
    submission = deciding.lock(submission)
    deciding.require_way(submission, "signatures")
    seat = deciding.require(DecisionKind.SIGN, SubmissionState.ISSUED, submission, actor, today)
    quorum = submission.ratifying_body.quorum
    signed = 1 + sum(row.kind == DecisionKind.SIGN for row in submission.decisions.all())
    if signed < quorum:
        deciding.check_under_way(submission)
    deciding.decide(
        submission,
        DecisionKind.SIGN,
        actor,
        seat=seat,
        statement=statement,
        quorum=quorum,
        counted=signed,
    )
    record("lifecycle.sign", actor=actor, target=submission.page, facts=deciding.facts(submission))
    if signed >= quorum:
        deciding.ratify(submission, actor, today, ratified_on=today, in_force_from=submission.wanted_from)
    return submission


@act("lifecycle.send_back")
def send_back(submission, *, actor, today, reason) -> Submission:
    """Refuse the text with a reason; it is a draft again. The approver may, or a ratifying member who signs.

    Where a body ratifies in a meeting, the meeting sends back: nobody alone stands in its place.
    """
    submission = deciding.lock(submission)
    kind = deciding.next_act(submission)
    if kind in (DecisionKind.MINUTE, DecisionKind.CONFIRM):
        deciding.require_way(submission, "signatures")
    seat = deciding.require(kind, SubmissionState.SENT_BACK, submission, actor, today)
    deciding.need_reason(reason)
    deciding.decide(submission, DecisionKind.SEND_BACK, actor, seat=seat, statement=reason.strip())
    record("lifecycle.send_back", actor=actor, target=submission.page, facts=deciding.facts(submission))
    deciding.close(submission, SubmissionState.SENT_BACK, actor, reason)
    return submission


@act("lifecycle.recall")
def recall(submission, *, actor, today, reason) -> Submission:
    """Take a submission back before the first decision: by its submitter or whoever may submit the text.

    Later only where no decision can follow any more, because the text is another (a placeholder, a picture) or
    the workflow was stopped: it is void then.
    """
    submission = deciding.lock(submission)
    if not (submission.submitted_by_id == actor.pk or submission.page.specific.may_submit(actor)):
        raise PermissionDenied(_("Whoever submitted this text may recall it."))
    decided = submission.state != SubmissionState.SUBMITTED
    target = SubmissionState.RECALLED
    if decided and submission.is_open and deciding.is_stranded(submission):
        target = SubmissionState.VOIDED
    require_move(SubmissionState(submission.state), target, SUBMISSION_MOVES)
    deciding.need_reason(reason)
    deciding.decide(submission, DecisionKind.RECALL, actor, statement=reason.strip())
    record("lifecycle.recall", actor=actor, target=submission.page, facts=deciding.facts(submission))
    deciding.close(submission, target, actor, reason)
    return submission


def void_if_changed(page, *, actor) -> bool:
    """Called beneath every save of a revision: an open submission of another text is void from here on (C4)."""
    submission = page.submissions.select_for_update().filter(state__in=OPEN_STATES).first()
    if submission is None or page.text_digest() == submission.text_sha256:
        return False
    deciding.decide(submission, DecisionKind.VOID, actor)
    record("lifecycle.void", actor=actor, target=page, facts=deciding.facts(submission))
    deciding.close(submission, SubmissionState.VOIDED, actor, _("The text changed after it was submitted."))
    return True


def _check_complete(draft, change_note, wanted_from, today):
    problems = draft.problems()
    if not change_note.strip():
        problems.append(_("Say what changed."))
    if wanted_from and wanted_from < today:
        problems.append(_("The first day in force must be today or later."))
    if draft.issued_digest() == draft.text_digest():
        problems.append(_("The words are those of the version already issued."))
    workflow = draft.get_workflow()
    if workflow is None or not workflows.is_ours(workflow):
        problems.append(_("No workflow is set up for this part of the site: ask the site administrator."))
    if problems:
        raise ValidationError(problems)
