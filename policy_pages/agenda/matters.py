"""What texts, questions and chair's actions have in common as items of an agenda: one trio of services each."""

from dataclasses import replace
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.lifecycle import deciding, seats
from kernel.lifecycle.conditions import Asked
from kernel.lifecycle.enums import ChairActionOutcome, DecisionKind, Outcome, ProposalOutcome
from kernel.lifecycle.minutes import Minute
from kernel.lifecycle.models import Authorship
from kernel.lifecycle.templatetags.dates import full_date
from kernel.meetings import kinds
from kernel.organisation.models import StaffProfile
from policy_pages.agenda import sheets

PEOPLE = ("policy_owner", "owner_deputy", "sponsor")
DONE = {
    Outcome.RATIFY: gettext_lazy("ratified"),
    Outcome.RATIFY_IF: gettext_lazy("ratified with conditions"),
    Outcome.SEND_BACK: gettext_lazy("sent back"),
    Outcome.REJECT: gettext_lazy("rejected"),
    ProposalOutcome.ALLOW: gettext_lazy("allowed"),
    ProposalOutcome.REFUSE: gettext_lazy("refused"),
    ChairActionOutcome.DECLINE: gettext_lazy("not ratified"),
}


class Matters(kinds.Kind):
    """``services`` is the module with the trio, ``open_state`` the one in which a meeting decides.

    ``ended``: what is said of each state in which no meeting decides any more, with the day of the last act.
    """

    model = None
    services = None
    open_state = ""
    ended: ClassVar[dict] = {}
    body_field = "ratifying_body"
    at_once = False
    styles = ("policy_pages/policy.css", "policy_pages/changes.css")

    def waiting(self, body, today):
        if body.ratifies_by != "meeting":
            return []
        rows = self._rows().filter(**{self.body_field: body}, state=self.open_state).order_by("pk")
        return [
            kinds.Waiting(thing_id=row.pk, title=row.page.title, since=self.since(row), at_once=self.at_once)
            for row in rows
        ]

    def standings(self, numbers, today):
        rows = list(self._rows().filter(pk__in=numbers))
        written = self._written(rows)
        return {row.pk: self._standing(row, written.get(_text(row), ())) for row in rows}

    def front_sheets(self, numbers, today):
        rows = list(self._rows().filter(pk__in=numbers))
        written = self._written(rows)
        return {
            row.pk: replace(
                self.sheet(row, written.get(_text(row), ()), self.problem(row), today), settled=settled(row)
            )
            for row in rows
        }

    def record(self, number, *, actor, today, answer):
        minute = Minute(
            meeting_on=answer.meeting_on,
            present=answer.present,
            no_part=answer.took_no_part,
            minute_reference=answer.minute_reference,
            outcome=answer.outcome,
            in_force_from=answer.in_force_from,
            statement=answer.statement,
            conditions=_asked(answer.conditions),
        )
        self.services.record_meeting(self._named(number), actor=actor, today=today, minute=minute, tell=False)

    def confirm(self, number, *, actor, today, reference):
        matter = deciding.lock(self._named(number))
        if problem := self.problem(matter):
            raise ValidationError(problem)
        minute = seats.open_minute(list(matter.decisions.all()))
        if minute is None or minute.minute_reference != reference:
            raise ValidationError(_("It was recorded anew elsewhere meanwhile."))
        self.services.confirm_meeting(matter, actor=actor, today=today)

    def dispute(self, number, *, actor, today, reason):
        matter = self._named(number)
        self.services.dispute_meeting(matter, actor=actor, today=today, reason=reason, tell=False)

    def picture(self, address):
        return sheets.picture(address)

    # --- what each says of itself ------------------------------------------------------------------------

    def since(self, row):
        """The day from which it waits for the meeting."""
        raise NotImplementedError

    def asked(self, row) -> str:
        raise NotImplementedError

    def facts(self, row) -> tuple[str, ...]:
        return ()

    def links(self, row) -> tuple:
        return ()

    def address(self, row, policy) -> str:
        """Where it is read; asked of the policy at hand, because the matter would look it up."""
        return policy.decision_address()

    def problem(self, row) -> str:
        """Why the meeting can decide nothing of it any more; empty while it waits or is recorded."""
        return self.ended[row.state] % {"day": day_of(last_act(row))} if row.state in self.ended else ""

    def sheet(self, row, written, problem, today) -> kinds.FrontSheet:
        raise NotImplementedError

    # --- rows --------------------------------------------------------------------------------------------

    def _rows(self):
        """Everything that a list shows of them; as many queries for many as for one."""
        people = [f"page__policypage__{name}" for name in PEOPLE]
        rows = self.model.objects.select_related(*self.model.TOGETHER, *people)
        return rows.prefetch_related(self.model.DECISIONS)

    def _named(self, number):
        return self.model.objects.get(pk=number)

    def _written(self, rows) -> dict[tuple, list[Authorship]]:
        """Who wrote since the last issue, by page and cycle; one query."""
        found: dict[tuple, list[Authorship]] = {}
        pages = {row.page_id for row in rows}
        for entry in Authorship.objects.filter(page_id_copy__in=pages).order_by("pk"):
            found.setdefault((entry.page_id_copy, entry.cycle), []).append(entry)
        return found

    def barred(self, row, written) -> set[int]:
        return row.barred({entry.user_id_copy for entry in written})

    def _standing(self, row, written) -> kinds.Standing:
        problem = self.problem(row)
        waits = row.state == self.open_state and not problem
        policy = row.page.policypage
        named = [getattr(policy, name) for name in PEOPLE]
        return kinds.Standing(
            title=row.page.draft_title,
            asked=self.asked(row),
            reference=policy.reference or "",
            address="" if problem else self.address(row, policy),
            facts=() if problem else self.facts(row),
            links=() if problem else self.links(row),
            authors=frozenset(self.barred(row, written)),
            barred=seats.why_barred(row),
            apart=frozenset(seats.apart(row.decisions.all())),
            people=tuple((person.pk, person.name) for person in named if person),
            outcomes=self.outcomes if waits else (),
            problem=problem,
            recorded=row.state == "recorded",
            settled=settled(row),
        )


def last_act(row):
    return max(row.decisions.all(), key=lambda act: act.pk, default=None)


def day_of(act) -> str:
    return date_format(localtime(act.at), "j F Y") if act else ""


def settled(row) -> str:
    """What a meeting decided last of it, with its minute; empty where something else was done since."""
    last = last_act(row)
    minute = seats.open_minute(list(row.decisions.all())) if row.state == "recorded" else None
    if minute is None and (last is None or last.kind != DecisionKind.CONFIRM):
        return ""
    said = minute or last
    words = _("Already recorded: %(done)s at the meeting of %(day)s, minute %(reference)s (%(state)s).")
    return words % {
        "done": DONE[said.outcome],
        "day": full_date(said.meeting_on),
        "reference": said.minute_reference,
        "state": _("waiting for confirmation") if minute else _("confirmed"),
    }


def _text(row) -> tuple:
    text = getattr(row, "submission", row)
    return text.page_id, text.cycle


def _asked(rows) -> list[Asked]:
    people = StaffProfile.objects.in_bulk([row.person_id for row in rows])
    return [Asked(words=row.words, owner=people[row.person_id], due=row.due) for row in rows]
