"""The way of one exact text from its author to its issue. Every door (screen, Wagtail button, command) leads here."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from kernel.audit import act, record
from kernel.lifecycle import notices, seats
from kernel.lifecycle.enums import (
    OPEN_STATES,
    SUBMISSION_MOVES,
    DecisionKind,
    Outcome,
    Significance,
    Step,
    SubmissionState,
)
from kernel.lifecycle.models import Decision, Submission
from kernel.lifecycle.moves import require_move
from kernel.organisation import people


@act("lifecycle.submit")
def submit(page, *, actor, today, significance, change_note, wanted_from=None) -> Submission:
    """Hand the latest draft of ``page`` in for approval (S0-02).

    Locks the page, checks that the draft is complete and differs from the last issue, keeps its digest, starts
    Wagtail's workflow, tells the approvers. The first version is always major. ``wanted_from`` is the day wanted
    as first day in force, today or later. Raises ValidationError with every problem, PermissionDenied for
    somebody who may not edit the draft.
    """
    Page.objects.select_for_update().get(pk=page.pk)
    draft = page.get_latest_revision_as_object()
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
        wanted_from=wanted_from,
    )
    submission.full_clean(exclude=["page", "revision", "approving_body", "ratifying_body", "submitted_by"])
    submission.save()
    _decide(submission, DecisionKind.SUBMIT, actor, statement=submission.change_note)
    draft.get_workflow().start(draft, actor)
    record("lifecycle.submit", actor=actor, target=draft, facts=_facts(submission))
    notices.to_approve(submission, today)
    return submission


@act("lifecycle.approve")
def approve(submission, *, actor, today, statement="") -> Submission:
    """Say that the content is right; the submission then waits for its ratifying body.

    Raises PermissionDenied for an author since the last issue and for whoever holds no seat in the approving
    body on ``today``; ValidationError when the text is no longer the one that was submitted.
    """
    submission = _lock(submission)
    seat = _require(DecisionKind.APPROVE, SubmissionState.APPROVED, submission, actor, today)
    _check_same_text(submission)
    _decide(
        submission,
        DecisionKind.APPROVE,
        actor,
        seat=seat,
        statement=statement,
        other_party_id=submission.submitted_by_id,
    )
    _move(submission, SubmissionState.APPROVED)
    _task_state(submission).approve(user=actor, comment=statement)
    record("lifecycle.approve", actor=actor, target=submission.page, facts=_facts(submission))
    notices.to_ratify(submission, today)
    return submission


@act("lifecycle.sign")
def sign(submission, *, actor, today, statement="") -> Submission:
    """Sign for ratification; the signature that makes the quorum ratifies and issues the text."""
    submission = _lock(submission)
    _require_way(submission, "signatures")
    seat = _require(DecisionKind.SIGN, SubmissionState.ISSUED, submission, actor, today)
    _check_same_text(submission)
    quorum = submission.ratifying_body.quorum
    signed = submission.decisions.filter(kind=DecisionKind.SIGN).count() + 1
    _decide(
        submission,
        DecisionKind.SIGN,
        actor,
        seat=seat,
        statement=statement,
        quorum=quorum,
        counted=signed,
    )
    record("lifecycle.sign", actor=actor, target=submission.page, facts=_facts(submission))
    if signed >= quorum:
        _ratify(submission, actor, today, ratified_on=today, in_force_from=submission.wanted_from)
    return submission


@act("lifecycle.minute")
def record_meeting(
    submission,
    *,
    actor,
    today: date,
    meeting_on: date,
    present: list,
    minute_reference: str,
    outcome: str,
    in_force_from: date | None = None,
    statement: str = "",
) -> Submission:
    """Record what a meeting decided; nothing follows until the chair or a second member confirms it.

    ``present`` are the people who were there. Only those who were members on the day of the meeting and wrote
    none of the text count towards the quorum. ``in_force_from`` is today or later.
    """
    submission = _lock(submission)
    _require_way(submission, "meeting")
    seat = _require(DecisionKind.MINUTE, SubmissionState.RECORDED, submission, actor, today)
    _check_same_text(submission)
    counted = _counted(submission, present, meeting_on)
    _check_minute(submission, today, meeting_on, minute_reference, outcome, in_force_from, counted, statement)
    _decide(
        submission,
        DecisionKind.MINUTE,
        actor,
        seat=seat,
        statement=statement,
        meeting_on=meeting_on,
        minute_reference=minute_reference.strip(),
        outcome=outcome,
        in_force_from=in_force_from,
        present=[{"id": person.pk, "name": person.name} for person in present],
        quorum=submission.ratifying_body.quorum,
        counted=len(counted),
    )
    _move(submission, SubmissionState.RECORDED)
    record("lifecycle.minute", actor=actor, target=submission.page, facts=_facts(submission))
    notices.to_confirm(submission, today)
    return submission


@act("lifecycle.confirm")
def confirm_meeting(submission, *, actor, today) -> Submission:
    """Confirm the secretary's record: the text is ratified and issued, or sent back, as the meeting decided."""
    submission = _lock(submission)
    minute = seats.open_minute(list(submission.decisions.all()))
    outcome = SubmissionState.ISSUED if minute is None else _outcome_state(minute)
    seat = _require(DecisionKind.CONFIRM, outcome, submission, actor, today)
    _check_same_text(submission)
    _decide(
        submission,
        DecisionKind.CONFIRM,
        actor,
        seat=seat,
        confirms=minute,
        other_party_id=minute.actor_id,
        outcome=minute.outcome,
        meeting_on=minute.meeting_on,
        minute_reference=minute.minute_reference,
    )
    record("lifecycle.confirm", actor=actor, target=submission.page, facts=_facts(submission))
    if minute.outcome == Outcome.SEND_BACK:
        _close(submission, SubmissionState.SENT_BACK, actor, minute.statement)
    else:
        _ratify(submission, actor, today, ratified_on=minute.meeting_on, in_force_from=minute.in_force_from)
    return submission


@act("lifecycle.dispute")
def dispute_meeting(submission, *, actor, today, reason) -> Submission:
    """Return a record that does not say what the meeting decided; the secretary records it anew."""
    submission = _lock(submission)
    minute = seats.open_minute(list(submission.decisions.all()))
    seat = _require(DecisionKind.DISPUTE, SubmissionState.APPROVED, submission, actor, today)
    _need_reason(reason)
    _decide(
        submission,
        DecisionKind.DISPUTE,
        actor,
        seat=seat,
        statement=reason,
        confirms=minute,
        other_party_id=minute.actor_id,
    )
    _move(submission, SubmissionState.APPROVED)
    record("lifecycle.dispute", actor=actor, target=submission.page, facts=_facts(submission))
    notices.to_ratify(submission, today)
    return submission


@act("lifecycle.send_back")
def send_back(submission, *, actor, today, reason) -> Submission:
    """Refuse the text with a reason; it is a draft again. The approver may, or a ratifying member who signs."""
    submission = _lock(submission)
    kind = _judging_kind(submission)
    seat = _require(kind, SubmissionState.SENT_BACK, submission, actor, today)
    _need_reason(reason)
    _decide(submission, DecisionKind.SEND_BACK, actor, seat=seat, statement=reason.strip())
    record("lifecycle.send_back", actor=actor, target=submission.page, facts=_facts(submission))
    _close(submission, SubmissionState.SENT_BACK, actor, reason)
    return submission


@act("lifecycle.recall")
def recall(submission, *, actor, today, reason) -> Submission:
    """Take a submission back before the first decision: by its submitter or whoever may submit the text."""
    submission = _lock(submission)
    if not (submission.submitted_by_id == actor.pk or submission.page.specific.may_submit(actor)):
        raise PermissionDenied(_("Whoever submitted this text may recall it."))
    require_move(SubmissionState(submission.state), SubmissionState.RECALLED, SUBMISSION_MOVES)
    _need_reason(reason)
    _decide(submission, DecisionKind.RECALL, actor, statement=reason.strip())
    record("lifecycle.recall", actor=actor, target=submission.page, facts=_facts(submission))
    _close(submission, SubmissionState.RECALLED, actor, reason)
    return submission


def void_if_changed(page, *, actor) -> bool:
    """Called beneath every save of a revision: an open submission of another text is void from here on (C4)."""
    submission = page.submissions.select_for_update().filter(state__in=OPEN_STATES).first()
    if submission is None or page.text_digest() == submission.text_sha256:
        return False
    _decide(submission, DecisionKind.VOID, actor)
    record("lifecycle.void", actor=actor, target=page, facts=_facts(submission))
    _close(submission, SubmissionState.VOIDED, actor, _("The text changed after it was submitted."))
    return True


def actions_offered(page, step, user, today) -> list:
    """Wagtail's buttons for ``user``: name, words, whether it asks for words. Only what the services would take."""
    submission = open_submission(page)
    if submission is None:
        return []
    kind = _judging_kind(submission)
    if kind not in (DecisionKind.APPROVE, DecisionKind.SIGN) or not _seat(kind, submission, user, today):
        return []
    words = _("Approve this text") if step == Step.APPROVE else _("Sign for ratification")
    return [("reject", _("Send back with a reason"), True), ("approve", words, True)]


def decide_by_button(page, step, action, user, words, today) -> Submission:
    """What Wagtail's own approve and reject buttons do: the same services as our screens."""
    submission = open_submission(page)
    if submission is None:
        raise PermissionDenied(_("Nothing waits for a decision here."))
    if action == "reject":
        return send_back(submission, actor=user, today=today, reason=words)
    service = approve if step == Step.APPROVE else sign
    return service(submission, actor=user, today=today, statement=words)


def open_submission(page) -> Submission | None:
    return (
        Submission.objects.filter(page_id=page.pk, state__in=OPEN_STATES)
        .select_related("approving_body", "ratifying_body")
        .first()
    )


def pages_to_decide(user, step, today) -> list[int]:
    """Pages on which ``user`` may decide at ``step`` today."""
    state = SubmissionState.SUBMITTED if step == Step.APPROVE else SubmissionState.APPROVED
    rows = Submission.objects.filter(state=state).select_related("approving_body", "ratifying_body")
    return [row.page_id for row in rows if _seat(_judging_kind(row), row, user, today)]


def _lock(submission) -> Submission:
    return (
        Submission.objects.select_for_update(of=("self",))
        .select_related("approving_body", "ratifying_body", "page", "submitted_by")
        .get(pk=submission.pk)
    )


def _judging_kind(submission) -> DecisionKind | None:
    acts = seats.acts_open(submission, submission.ratifying_body.ratifies_by)
    return acts[0] if acts else None


def _seat(kind, submission, user, today):
    return seats.seat_for(
        kind,
        submission,
        user=user,
        seats=seats.seats_of(user, today),
        authors=seats.authors_of(submission),
        decisions=list(submission.decisions.all()),
    )


def _require(kind, target, submission, actor, today):
    """Check the move, then the person; give back the seat that is used."""
    require_move(SubmissionState(submission.state), target, SUBMISSION_MOVES)
    held, authors = seats.seats_of(actor, today), seats.authors_of(submission)
    decisions = list(submission.decisions.all())
    seat = seats.seat_for(kind, submission, user=actor, seats=held, authors=authors, decisions=decisions)
    if seat is None:
        raise PermissionDenied(seats.why_not(kind, submission, user=actor, seats=held, authors=authors))
    return seat


def _require_way(submission, way):
    if submission.ratifying_body.ratifies_by != way:
        raise ValidationError(
            _("%(body)s does not ratify in this way.") % {"body": submission.ratifying_body.name}
        )


def _check_complete(draft, change_note, wanted_from, today):
    problems = draft.problems()
    if not change_note.strip():
        problems.append(_("Say what changed."))
    if wanted_from and wanted_from < today:
        problems.append(_("The first day in force must be today or later."))
    if draft.get_workflow() is None:
        problems.append(_("No workflow is set up for this part of the site: ask the site administrator."))
    if problems:
        raise ValidationError(problems)


def _check_same_text(submission):
    page = submission.page.specific
    same_revision = page.latest_revision_id == submission.revision_id
    if not same_revision or page.get_latest_revision_as_object().text_digest() != submission.text_sha256:
        raise ValidationError(
            _("The text changed after it was submitted, so this decision would not be about what was read.")
        )


def _counted(submission, present, meeting_on) -> list:
    members = {person.pk for person in people.members(submission.ratifying_body, meeting_on)}
    authors = seats.authors_of(submission)
    return [person for person in present if person.pk in members and person.user_id not in authors]


def _check_minute(
    submission, today, meeting_on, minute_reference, outcome, in_force_from, counted, statement
):
    problems = {}
    if meeting_on > today:
        problems["meeting_on"] = _("The meeting must be today or earlier.")
    if not minute_reference.strip():
        problems["minute_reference"] = _("Enter the minute reference.")
    if outcome not in Outcome.values:
        problems["outcome"] = _("Choose what the meeting decided.")
    if outcome == Outcome.SEND_BACK and not statement.strip():
        problems["statement"] = _("Say why it is sent back.")
    if outcome == Outcome.RATIFY:
        quorum = submission.ratifying_body.quorum
        if len(counted) < quorum:
            problems["present"] = _("%(quorum)d members are needed, %(counted)d can decide this text.") % {
                "quorum": quorum,
                "counted": len(counted),
            }
        if in_force_from is None or in_force_from < today:
            problems["in_force_from"] = _("The first day in force must be today or later.")
    if problems:
        raise ValidationError(problems)


def _need_reason(reason):
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the author needs to know what to change.")})


def _outcome_state(minute) -> SubmissionState:
    return SubmissionState.SENT_BACK if minute.outcome == Outcome.SEND_BACK else SubmissionState.ISSUED


def _move(submission, target, **changes):
    require_move(SubmissionState(submission.state), target, SUBMISSION_MOVES)
    submission.state = target
    for name, value in changes.items():
        setattr(submission, name, value)
    submission.save(update_fields=["state", *changes])


def _ratify(submission, actor, today, *, ratified_on, in_force_from):
    """Ratified: set the dates, finish Wagtail's workflow, which issues the version through the finish action."""
    first_day = max(in_force_from or today, today)
    dates = {"ratified_on": ratified_on, "in_force_from": first_day, "issued_on": today}
    _move(submission, SubmissionState.ISSUED, **dates)
    _task_state(submission).approve(user=actor)
    notices.issued(submission, today)


def _close(submission, state, actor, reason):
    """End a submission without an issue: Wagtail's workflow ends with it, so that the draft is free again."""
    _move(submission, state)
    workflow_state = submission.page.specific.current_workflow_state
    if workflow_state is not None:
        workflow_state.cancel(user=actor)
    notices.closed(submission, reason, actor)


def _task_state(submission):
    """The current step in Wagtail's workflow; a hand-made cancellation there has no say over ours."""
    state = submission.page.specific.current_workflow_task_state
    if state is None:
        raise ValidationError(
            _("The workflow was stopped from outside: recall the text and submit it again.")
        )
    return state


def _decide(submission, kind, actor, *, seat=None, **values) -> Decision:
    body = _body_of(submission, kind, seat)
    decision = Decision(
        submission=submission,
        kind=kind,
        page_id_copy=submission.page_id,
        page_title=submission.page.title,
        cycle=submission.cycle,
        text_sha256=submission.text_sha256,
        body_id_copy=body.pk if body else None,
        body_name=body.name if body else "",
        actor_id=actor.pk if actor else None,
        actor_name=people.name_of(actor) if actor else _("the system"),
        principal_id=seat.person_id if seat else None,
        principal_user_id=seat.person_user_id if seat else None,
        for_name=seat.for_name if seat else "",
        capacity=seat.capacity if seat else "",
        at=timezone.now(),
        **values,
    )
    decision.full_clean(exclude=["submission", "confirms"], validate_unique=False)
    decision.save()
    return decision


def _body_of(submission, kind, seat):
    if seat is None:
        return None
    return {
        submission.approving_body_id: submission.approving_body,
        submission.ratifying_body_id: submission.ratifying_body,
    }[seat.body_id]


def _facts(submission) -> dict:
    return {"submission": submission.pk, "cycle": submission.cycle, "sha256": submission.text_sha256}
