"""What every decision on a submission does: lock, check the person and the text, write the row, move the state."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from kernel.lifecycle import notices, seats
from kernel.lifecycle.enums import ACT_IN, OPEN_STATES, SUBMISSION_MOVES, DecisionKind, SubmissionState
from kernel.lifecycle.models import Decision, Submission
from kernel.lifecycle.moves import require_move
from kernel.organisation import people


def open_submission(page) -> Submission | None:
    return (
        Submission.objects.filter(page_id=page.pk, state__in=OPEN_STATES)
        .select_related("approving_body", "ratifying_body")
        .first()
    )


def lock(submission) -> Submission:
    """The page first, then the submission: the order in which a save of the draft takes them too."""
    Page.objects.select_for_update().get(pk=submission.page_id)
    return (
        Submission.objects.select_for_update(of=("self",))
        .select_related("approving_body", "ratifying_body", "page", "submitted_by")
        .prefetch_related("decisions")
        .get(pk=submission.pk)
    )


def next_act(submission) -> DecisionKind | None:
    acts = seats.acts_open(submission, submission.ratifying_body.ratifies_by)
    return acts[0] if acts else None


def usable_seat(kind, submission, user, today):
    return seats.seat_for(
        kind,
        submission,
        user=user,
        seats=seats.seats_of(user, today),
        authors=seats.authors_of(submission),
        decisions=list(submission.decisions.all()),
    )


def require(kind, target, submission, actor, today):
    """Check the act, the move, then the person; give back the seat that is used."""
    state = SubmissionState(submission.state)
    require_move(state, target, SUBMISSION_MOVES if state == ACT_IN.get(kind) else {})
    held, authors = seats.seats_of(actor, today), seats.authors_of(submission)
    decisions = list(submission.decisions.all())
    seat = seats.seat_for(kind, submission, user=actor, seats=held, authors=authors, decisions=decisions)
    if seat is None:
        raise PermissionDenied(seats.why_not(kind, submission, user=actor, seats=held, authors=authors))
    return seat


def is_same_text(submission) -> bool:
    page = submission.page.specific
    if page.latest_revision_id != submission.revision_id:
        return False
    return page.get_latest_revision_as_object().text_digest() == submission.text_sha256


def is_stranded(submission) -> bool:
    """No decision can be taken on it any more: the text is another, or Wagtail's workflow was stopped."""
    return submission.page.specific.current_workflow_task_state is None or not is_same_text(submission)


def check_same_text(submission):
    """The text is the one that was submitted, and no gate has closed since."""
    if not is_same_text(submission):
        raise text_changed()
    if stopped := submission.page.specific.get_latest_revision_as_object().open_gates():
        raise ValidationError(stopped)


def check_under_way(submission):
    """The text is the one that was submitted, and Wagtail's workflow still leads to its issue."""
    task_state(submission)
    check_same_text(submission)


def text_changed() -> ValidationError:
    return ValidationError(
        _("The text changed after it was submitted, so this decision would not be about what was read.")
    )


def need_reason(reason):
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: the author needs to know what to change.")})


def move(submission, target, **changes):
    require_move(SubmissionState(submission.state), target, SUBMISSION_MOVES)
    submission.state = target
    for name, value in changes.items():
        setattr(submission, name, value)
    submission.save(update_fields=["state", *changes])


def ratify(submission, actor, today, *, ratified_on, in_force_from):
    """Ratified: set the dates, finish Wagtail's workflow, which issues the version through the finish action.

    The issue freezes the text once more and refuses another digest: no check of the text is needed before.
    """
    if submission.page.latest_revision_id != submission.revision_id:
        raise text_changed()
    first_day = max(in_force_from or today, today)
    dates = {"ratified_on": ratified_on, "in_force_from": first_day, "issued_on": today}
    move(submission, SubmissionState.ISSUED, **dates)
    task_state(submission).approve(user=actor)
    notices.issued(submission, today)


def close(submission, state, actor, reason):
    """End a submission without an issue: Wagtail's workflow ends with it, so that the draft is free again."""
    move(submission, state)
    workflow_state = submission.page.specific.current_workflow_state
    if workflow_state is not None:
        workflow_state.cancel(user=actor)
    notices.closed(submission, reason, actor)


def task_state(submission):
    """The current step in Wagtail's workflow; a hand-made cancellation there has no say over ours."""
    flow = submission.page.current_workflow_state
    if flow is None or flow.status != flow.STATUS_IN_PROGRESS or flow.current_task_state is None:
        raise ValidationError(
            _("The workflow was stopped from outside: recall the text and submit it again.")
        )
    state = flow.current_task_state
    # Wagtail's step asks for flow and page again and again: let it find those at hand.
    state.workflow_state = flow
    flow.content_object = state.revision.content_object = submission.page
    return state


def decide(submission, kind, actor, *, seat=None, **values) -> Decision:
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
        actor_name=_name(actor, seat),
        principal_id=seat.person_id if seat else None,
        principal_user_id=seat.person_user_id if seat else None,
        for_name=seat.for_name if seat else "",
        capacity=seat.capacity if seat else "",
        at=timezone.now(),
        **values,
    )
    decision.save(force_insert=True)
    return decision


def _name(actor, seat) -> str:
    if actor is None:
        return _("the system")
    return seat.user_name if seat else people.name_of(actor)


def _body_of(submission, kind, seat):
    if seat is None:
        return None
    return {
        submission.approving_body_id: submission.approving_body,
        submission.ratifying_body_id: submission.ratifying_body,
    }[seat.body_id]


def facts(submission) -> dict:
    return {"submission": submission.pk, "cycle": submission.cycle, "sha256": submission.text_sha256}


def require_way(submission, way):
    """The body ratifies in a meeting or by signatures, and in no other way."""
    if submission.ratifying_body.ratifies_by != way:
        raise ValidationError(
            _("%(body)s does not ratify in this way.") % {"body": submission.ratifying_body.name}
        )
