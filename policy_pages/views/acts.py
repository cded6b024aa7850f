"""What one person may do on one matter now: the same question as the services ask, and the answer to a press."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.lifecycle import abstaining, chair_actions, minutes, proposals, seats, submissions
from kernel.lifecycle.enums import ChairActionOutcome, DecisionKind, ProposalOutcome
from kernel.lifecycle.minutes import Minute
from kernel.lifecycle.models import ChairAction, Proposal, Submission
from kernel.lifecycle.templatetags.dates import full_date
from kernel.organisation import people
from policy_pages.concerned import concerned
from policy_pages.forms import (
    ConditionsForm,
    MeetingForm,
    PlainMeetingForm,
    PressForm,
    ReasonForm,
    StatementForm,
)
from policy_pages.views.answers import attempt


@dataclass(frozen=True)
class Act:
    """``kinds`` are the acts of the body in whose turn this is offered; the seat is asked for the first of them."""

    kinds: tuple[DecisionKind, ...]
    service: Callable
    form: type
    done: str
    kept_as: str


def _minute(service):
    def record(matter, *, actor, today, **values):
        return service(matter, actor=actor, today=today, minute=Minute(**values))

    return record


APPROVE, SIGN, MINUTE = (DecisionKind.APPROVE,), (DecisionKind.SIGN,), (DecisionKind.MINUTE,)
CONFIRM, CHAIR, NO_PART = (DecisionKind.CONFIRM,), (DecisionKind.CHAIR,), (DecisionKind.NO_PART,)
RECORDED = gettext_lazy("Recorded. A second person confirms it.")
RETURNED = gettext_lazy("The record went back to the secretary.")
SIGNED = gettext_lazy("Your signature is recorded.")
CONFIRMED = gettext_lazy("Confirmed.")
APART = Act(
    NO_PART, abstaining.take_no_part, ReasonForm, gettext_lazy("It is kept that you take no part."), "no part"
)


def _trio(module, form) -> dict[str, Act]:
    """Record, confirm, dispute: the same three for everything that a meeting decides."""
    return {
        "minute": Act(MINUTE, _minute(module.record_meeting), form, RECORDED, "minute"),
        "confirm": Act(CONFIRM, module.confirm_meeting, PressForm, CONFIRMED, "confirm"),
        "dispute": Act(CONFIRM, module.dispute_meeting, ReasonForm, RETURNED, "dispute"),
        "no_part": APART,
    }


REFUSING = (DecisionKind.APPROVE, DecisionKind.SIGN)
SUBMISSION = {
    "approve": Act(
        APPROVE, submissions.approve, StatementForm, gettext_lazy("Your approval is recorded."), "approve"
    ),
    "approve_if": Act(
        APPROVE,
        submissions.approve,
        ConditionsForm,
        gettext_lazy("Approved with conditions. Whoever sees to them has been told."),
        "approve if",
    ),
    "sign": Act(SIGN, submissions.sign, StatementForm, SIGNED, "sign"),
    "send_back": Act(
        (*REFUSING, DecisionKind.CLOSE),
        submissions.send_back,
        ReasonForm,
        gettext_lazy("Sent back. Its author has been told why."),
        "send back",
    ),
    "reject": Act(
        REFUSING,
        submissions.reject,
        ReasonForm,
        gettext_lazy("Rejected. Its author has been told why."),
        "reject",
    ),
    **_trio(minutes, MeetingForm),
    "chair": Act(
        CHAIR,
        chair_actions.issue_now,
        ReasonForm,
        gettext_lazy("Issued by chair's action. The body has been told and ratifies it."),
        "chair",
    ),
}
PROPOSAL = {
    "sign": Act(SIGN, proposals.sign, StatementForm, SIGNED, "sign"),
    "refuse": Act(
        SIGN, proposals.refuse, ReasonForm, gettext_lazy("Refused. Who proposed it has been told."), "refuse"
    ),
    **_trio(proposals, PlainMeetingForm),
    "withdraw": Act(
        (), proposals.withdraw, PressForm, gettext_lazy("Withdrawn. The body is no longer asked."), "withdraw"
    ),
}
CHAIR_ACTION = {
    "sign": Act(SIGN, chair_actions.sign, StatementForm, SIGNED, "sign"),
    "decline": Act(
        SIGN,
        chair_actions.decline,
        ReasonForm,
        gettext_lazy("Not ratified. The owner and the sponsor have been told."),
        "decline",
    ),
    **_trio(chair_actions, PlainMeetingForm),
}
TABLES = {Submission: SUBMISSION, Proposal: PROPOSAL, ChairAction: CHAIR_ACTION}
OUTCOMES = {Proposal: ProposalOutcome, ChairAction: ChairActionOutcome}


class Acts:
    """The acts that are open on a matter, narrowed by the seats of one person."""

    def __init__(self, request, matter, held, today):
        self.request, self.matter, self.held, self.today = request, matter, held, today
        self.table = TABLES[type(matter)]
        self.decisions = list(matter.decisions.all())
        self.authors = seats.authors_of(matter)
        self.kind = seats.next_act(matter)
        self.forms = {}
        self.offered = {name: seat for name, act in self.table.items() if (seat := self._seat(name, act))}

    def _seat(self, name, act):
        if self.kind is None:
            return None
        alone = act.kinds in (CHAIR, NO_PART)
        if act.kinds == CHAIR and self.matter.state not in self.matter.ACTS[DecisionKind.CHAIR]:
            return None
        if not alone and self.kind not in act.kinds:
            return None
        if name == "send_back" and self.matter.state == "ratified if":
            return None
        return self.seat_for(act.kinds[0] if alone else self.kind)

    def seat_for(self, kind):
        return seats.seat_for(
            kind,
            self.matter,
            user=self.request.user,
            seats=self.held,
            authors=self.authors,
            decisions=self.decisions,
        )

    @property
    def seat(self):
        """The seat for what the body does next."""
        return self.seat_for(self.kind) if self.kind else None

    @property
    def why_not(self) -> str:
        words = {"user": self.request.user, "seats": self.held, "authors": self.authors}
        return seats.why_not(self.kind, self.matter, **words) if self.kind else ""

    @property
    def next_closes(self) -> bool:
        """This person says whether a condition is met."""
        return self.kind == DecisionKind.CLOSE and self.seat is not None

    def answer(self) -> bool:
        """Take the posted act; True where the page is to be asked for again, because it was done or done before."""
        name = self.request.POST.get("act", "")
        return self.is_repeated(name) or self.take(name)

    def take(self, name) -> bool:
        """Do the posted act; whether it may be done is the service's to say."""
        if name not in self.table:
            raise Http404
        act = self.table[name]
        form = self.form(name, self.request.POST)
        self.forms[name] = form

        def run(**values):
            return act.service(self.matter, actor=self.request.user, today=self.today, **values)

        if attempt(self.request, form, act.done, run):
            return True
        if name not in self.offered:
            messages.error(self.request, " ".join(form.non_field_errors()) or self.why_not)
            del self.forms[name]
        return False

    def is_repeated(self, name) -> bool:
        """A second press of what this person has done, and what cannot be done again: say when it was."""
        kept_as = self.table[name].kept_as if name in self.table else name
        mine = [r for r in self.decisions if r.kind == kept_as and r.actor_id == self.request.user.pk]
        if not mine or name in self.offered:
            return False
        words = {"day": full_date(mine[-1].at), "act": mine[-1].get_kind_display()}
        messages.info(self.request, _("You already did this on %(day)s: %(act)s.") % words)
        return True

    def form(self, name, data=None):
        form_class, extra = self.table[name].form, {}
        if issubclass(form_class, PlainMeetingForm):
            extra["members"] = people.members_between(self.matter.body, self.matter.began_on, self.today)
            extra["outcomes"] = OUTCOMES.get(type(self.matter))
        if form_class in (MeetingForm, ConditionsForm):
            extra["people"] = concerned(self.matter, self.today)
        return form_class(data, prefix=None, auto_id=f"{name}-%s", **extra)

    def context(self) -> dict:
        forms = {name: self.forms.get(name) or self.form(name) for name in self.offered}
        return {
            "forms": forms,
            "form": next((form for form in self.forms.values() if form.errors), None),
            "kind": self.kind,
            "seat": self.seat or next(iter(self.offered.values()), None),
            "next_seat": self.seat,
            "why_not": self.why_not,
            "minute": seats.open_minute(self.decisions),
            "signed": [row for row in self.decisions if row.kind == DecisionKind.SIGN],
            "approved": [row for row in self.decisions if row.kind in ("approve", "approve if")],
            "apart": [row for row in self.decisions if row.kind == DecisionKind.NO_PART],
            "decisions": self.decisions,
        }
