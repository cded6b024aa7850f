"""What the pages of a draft's screenings share: what stands, who asks, and the forms with what is known."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.organisation import people
from kernel.organisation.models import Post
from policy_pages import freezing
from policy_pages.models import ScreeningKind
from policy_pages.permissions import can_submit
from policy_pages.screening import gates, leading
from policy_pages.screening.enums import GateState
from policy_pages.screening.forms import (
    OTHER,
    THIS,
    ConfirmForm,
    FindingsForm,
    MonthOrDayField,
    ScreeningForm,
)
from policy_pages.views.answers import page_for

# Which mark stands beside each state.
STATES = {
    GateState.TO_DO: "not_begun",
    GateState.STALE: "soon",
    GateState.AT_LEAD: "waits",
    GateState.CHANGE: "late",
    GateState.STOPPED: "late",
    GateState.DONE: "good",
}


class ScreenedDraft:
    """One request about the screenings of one draft: what stands, who asks, and the services bound to both."""

    def __init__(self, request, pk, kind=None):
        self.request, self.user, self.today = request, request.user, timezone.localdate()
        self.page, _seats = page_for(request, pk, self.today)
        self.latest = self.page.get_latest_revision_as_object()
        frozen = freezing.freeze(self.latest)
        self.content, self.digest = frozen.content, frozen.digest
        self.gates = gates.gates_of(self.latest, self.content)
        self.may_record = can_submit(self.user, self.latest)
        self.kind = get_object_or_404(ScreeningKind, slug=kind) if kind else None
        self.gate = self._gate() if kind else None

    def _gate(self):
        found = (gate for gate in self.gates if gate.kind.pk == self.kind.pk)
        return next(found, None) or gates.Gate(self.kind, required=False)

    @property
    def after(self) -> int:
        return self.gate.record.number if self.gate.record else 0

    @property
    def is_lead(self) -> bool:
        return leading.holds_lead(self.user, self.gate.record, self.today)

    @property
    def may_conclude(self) -> bool:
        barred = leading.authors(self.latest) | {self.gate.record.made_by_id}
        return self.is_lead and self.gate.full is None and self.user.pk not in barred

    def seen(self) -> dict:
        return {"after": str(self.after), "text_sha256": self.digest}

    def _data(self, act):
        return self.request.POST if self.request.method == "POST" and act in self.request.POST else None

    def record_form(self):
        return ScreeningForm(
            self._data("record"),
            initial=self._initial(),
            kind=self.kind,
            rows=list(self.kind.rows.all()),
            title=self.latest.title,
            today=self.today,
            again=self.after > 0,
        )

    def confirm_form(self):
        if not self.gate.may_confirm:
            return None
        return ConfirmForm(self._data("confirm"), initial={"after": self.after}, auto_id="confirm-%s")

    def findings_form(self):
        return FindingsForm(self.request.POST or None, initial=self.seen())

    def _initial(self) -> dict:
        """The first time who is here today; then the answers of the record before, to be looked at again."""
        before = self.gate.record
        if before is None:
            name, role = self._reviewer()
            return {"after": 0, "which": THIS, "reviewer_name": name, "reviewer_role": role}
        values = {
            "after": before.number,
            "which": THIS if before.of_this_document else OTHER,
            "document": "" if before.of_this_document else before.document,
            "reviewer_name": before.reviewer_name,
            "reviewer_role": before.reviewer_role,
            "assessed_on": MonthOrDayField.parts(self.today),
        }
        for answer in self.answers():
            values[f"answer_{answer.row_id_copy}"] = answer.answer
            values[f"comment_{answer.row_id_copy}"] = answer.comment
        return values

    def _reviewer(self) -> tuple[str, str]:
        posts = Post.objects.on(self.today).filter(person__user_id=self.user.pk).order_by("-primary", "pk")
        role = posts.values_list("job_role__name", flat=True).first()
        return people.name_of(self.user), role or ""

    def answers(self) -> list:
        return list(self.gate.record.answers.all()) if self.gate.record else []

    def leads(self) -> list[str]:
        """Names of those who may make the full assessment that is open."""
        if self.gate.state != GateState.AT_LEAD:
            return []
        return [people.name_of(user) for user in leading.free_leads(self.gate.record, self.today)]

    def bound(self) -> dict:
        """What every service of this page is told."""
        return {"kind": self.kind, "actor": self.user, "today": self.today}

    def context(self) -> dict:
        crumbs = [(_("Home"), "/"), (_("My desk"), reverse("desk"))]
        return {
            "policy": self.page,
            "latest": self.latest,
            "kind": self.kind,
            "gate": self.gate,
            "state": STATES[self.gate.state] if self.gate else "",
            "may_record": self.may_record,
            "same_text": bool(self.gate and self.gate.record and self.gate.record.text_sha256 == self.digest),
            "submission": self.page.open_submission,
            "breadcrumbs": crumbs,
        }
