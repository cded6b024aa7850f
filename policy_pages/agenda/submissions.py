"""A text that waits to be ratified in a meeting, as an item of an agenda."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.lifecycle import deciding, minutes, seats
from kernel.lifecycle.enums import DecisionKind, Outcome, SubmissionState
from kernel.lifecycle.models import Authorship, Submission
from kernel.meetings import kinds
from policy_pages.agenda import sheets

RATIFY = kinds.Outcome(
    key=Outcome.RATIFY,
    label=gettext_lazy("Ratify"),
    consequence=gettext_lazy("Ratified and issued as soon as the minutes are confirmed."),
    asks_day=True,
)
SEND_BACK = kinds.Outcome(
    key=Outcome.SEND_BACK,
    label=gettext_lazy("Send back with a reason"),
    consequence=gettext_lazy("It becomes a draft again. Its author is told why."),
    judges=False,
    asks_words=True,
)


class Submissions(kinds.Kind):
    key = "policies.submission"
    label = gettext_lazy("Text to ratify")
    outcomes = (RATIFY, SEND_BACK)

    def waiting(self, body, today):
        rows = Submission.objects.filter(ratifying_body=body, state=SubmissionState.APPROVED)
        if body.ratifies_by != "meeting":
            return []
        return [
            kinds.Waiting(thing_id=row.pk, title=row.page.title, since=_since(row))
            for row in rows.select_related("page").prefetch_related("decisions").order_by("pk")
        ]

    def standings(self, numbers, today):
        rows = list(
            Submission.objects.filter(pk__in=numbers)
            .select_related("page__policypage")
            .prefetch_related("decisions")
        )
        written = _written(rows)
        return {row.pk: _standing(row, written.get((row.page_id, row.cycle), [])) for row in rows}

    def front_sheets(self, numbers, today):
        rows = Submission.objects.filter(pk__in=numbers).select_related("page", "ratifying_body")
        rows = list(rows.prefetch_related("decisions"))
        written = _written(rows)
        return {
            row.pk: sheets.of_submission(row, written.get((row.page_id, row.cycle), []), _problem(row), today)
            for row in rows
        }

    def record(self, number, *, actor, today, answer):
        minute = minutes.Minute(
            meeting_on=answer.meeting_on,
            present=answer.present,
            minute_reference=answer.minute_reference,
            outcome=answer.outcome,
            in_force_from=answer.in_force_from,
            statement=answer.statement,
        )
        minutes.record_meeting(_named(number), actor=actor, today=today, minute=minute, tell=False)

    def confirm(self, number, *, actor, today, reference):
        submission = deciding.lock(_named(number))
        minute = seats.open_minute(list(submission.decisions.all()))
        if problem := _problem(submission):
            raise ValidationError(problem)
        if minute is None or minute.minute_reference != reference:
            raise ValidationError(_("It was recorded anew elsewhere meanwhile."))
        minutes.confirm_meeting(submission, actor=actor, today=today)

    def dispute(self, number, *, actor, today, reason):
        minutes.dispute_meeting(_named(number), actor=actor, today=today, reason=reason, tell=False)

    def picture(self, address):
        return sheets.picture(address)


def _named(number) -> Submission:
    return Submission.objects.get(pk=number)


def _since(row):
    """The day on which it was approved: from then on it waits for the meeting."""
    act = _last(row, DecisionKind.APPROVE)
    return localtime(act.at).date() if act else row.submitted_on


def _last(row, kind):
    return next((act for act in reversed(row.decisions.all()) if act.kind == kind), None)


def _written(rows) -> dict[tuple, list[Authorship]]:
    """Who wrote since the last issue, by page and cycle; one query."""
    found: dict[tuple, list[Authorship]] = {}
    pages = [row.page_id for row in rows]
    for entry in Authorship.objects.filter(page_id_copy__in=pages).order_by("pk"):
        found.setdefault((entry.page_id_copy, entry.cycle), []).append(entry)
    return found


def _standing(row, written) -> kinds.Standing:
    problem = _problem(row)
    open_to_decide = row.state == SubmissionState.APPROVED and not problem
    policy = row.page.policypage
    return kinds.Standing(
        title=row.page.draft_title,
        asked=sheets.asked(row),
        reference=policy.reference or "",
        address=reverse("policy_decide", args=[row.page_id]),
        facts=() if problem else (sheets.approval(row),),
        links=((_("What changed"), reverse("policy_draft_changes", args=[row.page_id])),),
        authors=frozenset({entry.user_id_copy for entry in written} | {row.submitted_by_id} - {None}),
        outcomes=(RATIFY, SEND_BACK) if open_to_decide else (),
        problem=problem,
        recorded=row.state == SubmissionState.RECORDED,
    )


def _problem(row) -> str:
    """Why the meeting can decide nothing of it any more; empty while it waits or is recorded."""
    if row.is_open and row.page.latest_revision_id == row.revision_id:
        return ""
    last = list(row.decisions.all())[-1]
    words = {"day": date_format(localtime(last.at), "j F Y"), "who": last.actor_name}
    approved = _last(row, DecisionKind.APPROVE)
    if row.is_open or row.state == SubmissionState.VOIDED:
        words["approver"] = approved.actor_name if approved else row.approving_body.name
        return _("The text changed on %(day)s, after approval. %(approver)s must approve again.") % words
    return {
        SubmissionState.ISSUED: _("Ratified and issued on %(day)s."),
        SubmissionState.SENT_BACK: _("Sent back on %(day)s."),
        SubmissionState.RECALLED: _("Taken back by its author on %(day)s."),
    }[row.state] % words
