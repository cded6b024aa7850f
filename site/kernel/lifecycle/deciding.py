"""What every decision does: lock, check the person and the text, write the row, move the state."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from kernel.audit import record
from kernel.lifecycle import notices, seats
from kernel.lifecycle.enums import OPEN_STATES, DecisionKind, SubmissionState
from kernel.lifecycle.models import Decision, Submission
from kernel.lifecycle.moves import require_move
from kernel.organisation import people


def open_submission(page) -> Submission | None:
    return (
        Submission.objects.filter(page_id=page.pk, state__in=OPEN_STATES)
        .select_related("approving_body", "ratifying_body")
        .first()
    )


def lock(matter):
    """The page first, then the matter: the order in which a save of the draft takes them too."""
    Page.objects.select_for_update().get(pk=matter.page_id)
    rows = type(matter).objects.select_for_update(of=("self",)).select_related(*matter.TOGETHER)
    return rows.prefetch_related(matter.DECISIONS).get(pk=matter.pk)


def usable_seat(kind, matter, user, today):
    return seats.seat_for(
        kind,
        matter,
        user=user,
        seats=seats.seats_of(user, today),
        authors=seats.authors_of(matter),
        decisions=list(matter.decisions.all()),
    )


def require(kind, target, matter, actor, today):
    """Check the act, the move, then the person; give back the seat that is used."""
    require_move(
        matter.STATES(matter.state), target, matter.MOVES if matter.state in matter.ACTS.get(kind, ()) else {}
    )
    return require_seat(kind, matter, actor, today)


def require_seat(kind, matter, actor, today):
    held, authors = seats.seats_of(actor, today), seats.authors_of(matter)
    decisions = list(matter.decisions.all())
    seat = seats.seat_for(kind, matter, user=actor, seats=held, authors=authors, decisions=decisions)
    if seat is None:
        raise PermissionDenied(seats.why_not(kind, matter, user=actor, seats=held, authors=authors))
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
    check_gates(submission)


def check_gates(submission):
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
        raise ValidationError({"reason": _("Say why: the reason is kept, and people are told.")})


def move(matter, target, **changes):
    require_move(matter.STATES(matter.state), target, matter.MOVES)
    matter.state = target
    for name, value in changes.items():
        setattr(matter, name, value)
    matter.save(update_fields=["state", *changes])


def approved(submission, actor, today):
    """The content is right: Wagtail's first step ends, the ratifying body is told."""
    move(submission, SubmissionState.APPROVED)
    task_state(submission).approve(user=actor)
    notices.to_ratify(submission, today)


def ratify(submission, actor, today, *, ratified_on, in_force_from):
    """Ratified: issue it, tell whoever submitted it."""
    issue(submission, actor, today, ratified_on=ratified_on, in_force_from=in_force_from)
    notices.issued(submission, today)


def issue(submission, actor, today, *, ratified_on, in_force_from):
    """Set the dates, finish Wagtail's workflow, which issues the version through the finish action.

    The issue freezes the text once more and refuses another digest: no check of the text is needed before.
    """
    if submission.page.latest_revision_id != submission.revision_id:
        raise text_changed()
    check_gates(submission)
    first_day = max(in_force_from or today, today)
    dates = {"ratified_on": ratified_on, "in_force_from": first_day, "issued_on": today}
    move(submission, SubmissionState.ISSUED, **dates)
    task_state(submission).approve(user=actor)


def signatures(matter) -> int:
    """Those given by people who may judge it: the chair who acted alone does not count beside the others."""
    barred = seats.authors_of(matter)
    rows = [row for row in matter.decisions.all() if row.kind == DecisionKind.SIGN]
    return sum(not {row.actor_id, row.principal_user_id} & barred for row in rows)


def makes_quorum(matter) -> bool:
    """The next signature is the last that is needed."""
    return signatures(matter) + 1 >= matter.body.quorum


def put_signature(matter, actor, seat, statement, **values) -> bool:
    """Keep one signature; say whether it makes the quorum."""
    counted, quorum = signatures(matter) + 1, matter.body.quorum
    decide(
        matter,
        DecisionKind.SIGN,
        actor,
        seat=seat,
        statement=statement,
        quorum=quorum,
        counted=counted,
        **values,
    )
    record("lifecycle.sign", actor=actor, target=matter.page, facts=facts(matter))
    return counted >= quorum


def sign_against(matter, kind, target, actor, today, *, reason, other_party_id) -> None:
    """One member's no, with a reason, where the body signs: ``kind`` is written down beside who may not say it."""
    seat = require(DecisionKind.SIGN, target, matter, actor, today)
    require_way(matter, "signatures")
    need_reason(reason)
    decide(matter, kind, actor, seat=seat, statement=reason.strip(), other_party_id=other_party_id)


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


def decide(matter, kind, actor, *, seat=None, **values) -> Decision:
    body = matter.body if seat else None
    decision = Decision(
        **matter.evidence(),
        kind=kind,
        page_id_copy=matter.page_id,
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


def facts(matter) -> dict:
    """What the trail keeps beside the page: which matter, about which text."""
    kept = matter.evidence()
    name = "proposal" if "proposal" in kept else "submission"
    return {name: kept[name].pk, "cycle": kept["cycle"], "sha256": kept["text_sha256"]}


def require_way(matter, way):
    """The body ratifies in a meeting or by signatures, and in no other way."""
    if matter.body.ratifies_by != way:
        raise ValidationError(_("%(body)s does not ratify in this way.") % {"body": matter.body.name})
