"""The way of one exact text from its author to its issue. Every door (screen, Wagtail button, command) leads here."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from kernel.audit import act, record
from kernel.lifecycle import approvals, deciding, notices, seats, workflows
from kernel.lifecycle import conditions as asking
from kernel.lifecycle.enums import (
    APPROVING,
    OPEN_STATES,
    SUBMISSION_MOVES,
    DecisionKind,
    Significance,
    SubmissionState,
)
from kernel.lifecycle.models import Submission
from kernel.lifecycle.moves import require_move
from kernel.lifecycle.templatetags.dates import clock, full_date


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
def approve(submission, *, actor, today, statement="", conditions=()) -> Submission:
    """Say that the content is right, perhaps under ``conditions`` (``conditions.Asked``).

    When as many said so as the body's rule asks for, the text waits for its ratifying body, or first for its
    conditions to be met. Raises PermissionDenied for an author since the last issue and for whoever holds no seat
    in the approving body on ``today``; ValidationError when the text is no longer the one that was submitted.
    """
    submission = deciding.lock(submission)
    seat = deciding.require(DecisionKind.APPROVE, SubmissionState.APPROVED, submission, actor, today)
    deciding.check_under_way(submission)
    if conditions and (wrong := asking.problems(conditions, today)):
        raise ValidationError({"conditions": wrong})
    decision = deciding.decide(
        submission,
        DecisionKind.APPROVE_IF if conditions else DecisionKind.APPROVE,
        actor,
        seat=seat,
        statement=statement,
        other_party_id=submission.submitted_by_id,
        conditions=asking.as_rows(conditions),
    )
    asking.make(submission, decision, decision.conditions)
    record("lifecycle.approve", actor=actor, target=submission.page, facts=deciding.facts(submission))
    approvals.go_on_if_enough(submission, actor, today)
    return submission


@act("lifecycle.sign")
def sign(submission, *, actor, today, statement="") -> Submission:
    """Sign for ratification; the signature that makes the quorum ratifies and issues the text."""
    submission = deciding.lock(submission)
    seat = deciding.require(DecisionKind.SIGN, SubmissionState.ISSUED, submission, actor, today)
    deciding.require_way(submission, "signatures")
    if not deciding.makes_quorum(submission):
        deciding.check_under_way(submission)
    if deciding.put_signature(submission, actor, seat, statement):
        deciding.ratify(submission, actor, today, ratified_on=today, in_force_from=submission.wanted_from)
    return submission


@act("lifecycle.send_back")
def send_back(submission, *, actor, today, reason) -> Submission:
    """Refuse the text with a reason; it is a draft again. The approver may, or a ratifying member who signs.

    Where a body ratifies in a meeting, the meeting sends back: nobody alone stands in its place.
    """
    return _refuse(submission, DecisionKind.SEND_BACK, SubmissionState.SENT_BACK, actor, today, reason)


@act("lifecycle.reject")
def reject(submission, *, actor, today, reason) -> Submission:
    """End the submission for good, by whoever could send it back: these words are not handed in again."""
    return _refuse(submission, DecisionKind.REJECT, SubmissionState.REJECTED, actor, today, reason)


def _refuse(submission, kind, target, actor, today, reason):
    submission = deciding.lock(submission)
    act_now = seats.next_act(submission)
    if words := _decided_meanwhile(submission, act_now, actor, today):
        raise ValidationError(words)
    if act_now in (DecisionKind.MINUTE, DecisionKind.CONFIRM):
        deciding.require_way(submission, "signatures")
    seat = deciding.require(act_now, target, submission, actor, today)
    deciding.need_reason(reason)
    deciding.decide(submission, kind, actor, seat=seat, statement=reason.strip())
    action = "lifecycle.reject" if kind == DecisionKind.REJECT else "lifecycle.send_back"
    record(action, actor=actor, target=submission.page, facts=deciding.facts(submission))
    deciding.close(submission, target, actor, reason)
    return submission


def _decided_meanwhile(submission, act_now, actor, today) -> str:
    """What somebody who pressed on a page of before is told: the act of their own, or of another approver, since."""
    signs = act_now not in (None, DecisionKind.MINUTE, DecisionKind.CONFIRM)
    if signs and deciding.usable_seat(act_now, submission, actor, today):
        return ""
    rows = [row for row in submission.decisions.all() if row.kind in (*APPROVING, DecisionKind.SIGN)]
    mine = [row for row in rows if row.actor_id == actor.pk]
    approves = any(
        s.body_id == submission.approving_body_id and s.decides for s in seats.seats_of(actor, today)
    )
    if not mine and not (rows and approves):
        return ""
    last = (mine or rows)[-1]
    words = {"act": last.get_kind_display(), "who": last.actor_name}
    words |= {"day": full_date(last.at), "time": clock(last.at)}
    if mine:
        said = _(
            "You have decided already: %(act)s on %(day)s at %(time)s. Nothing was sent back or rejected."
        )
    else:
        said = _(
            "%(who)s decided meanwhile: %(act)s on %(day)s at %(time)s. Nothing was sent back or rejected."
        )
    return said % words


@act("lifecycle.recall")
def recall(submission, *, actor, today, reason) -> Submission:
    """Take a submission back before the first decision: by its submitter or whoever may submit the text.

    Also while conditions are open, when meeting one of them needs other words. Later only where no decision can
    follow any more, because the text is another (a placeholder, a picture) or the workflow was stopped: it is void
    then.
    """
    submission = deciding.lock(submission)
    if not (submission.submitted_by_id == actor.pk or submission.page.specific.may_submit(actor)):
        raise PermissionDenied(_("Whoever submitted this text may recall it."))
    target = SubmissionState.RECALLED
    if submission.is_open and not submission.is_recallable and deciding.is_stranded(submission):
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
    if draft.submissions.filter(state=SubmissionState.REJECTED, text_sha256=draft.text_digest()).exists():
        problems.append(_("These words were rejected: change them before you hand them in again."))
    workflow = draft.get_workflow()
    if workflow is None or not workflows.is_ours(workflow):
        problems.append(_("No workflow is set up for this part of the site: ask the site administrator."))
    if problems:
        raise ValidationError(problems)
