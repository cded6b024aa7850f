"""One screen on which a submitted text is approved, ratified or sent back, by people without admin access."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kernel.lifecycle import deciding, minutes, seats, submissions
from kernel.lifecycle.enums import DecisionKind
from kernel.lifecycle.templatetags.dates import full_date
from kernel.organisation import people
from policy_pages import freezing
from policy_pages.forms import MeetingForm, ReasonForm, StatementForm
from policy_pages.permissions import can_submit
from policy_pages.views.answers import attempt, page_for
from policy_pages.views.drafting import text_of_draft


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request, pk):
    """Show the submitted text with the acts that this person may do now; take one act by POST."""
    today = timezone.localdate()
    page, held = page_for(request, pk, today, took_part=True)
    submission = page.open_submission
    if submission is None:
        return _over(request, page)
    screen = _Screen(request, page, submission, held, today)
    if request.method == "POST" and screen.is_repeated(request.POST.get("act", "")):
        return redirect("policy_decide", pk)
    if request.method == "POST" and screen.take(request.POST.get("act", "")):
        return redirect("policy_decide", pk)
    return render(request, "policy_pages/decide.html", screen.context())


def _over(request, page):
    """Nothing waits: say what became of the last submission, so that a second press reads its first result."""
    last = page.submissions.first()
    if last is None:
        return redirect("policy_draft", page.pk)
    mine = last.decisions.filter(actor_id=request.user.pk).last()
    context = {
        "policy": page,
        "submission": last,
        "mine": mine,
        "version": page.versions.filter(submission=last).first(),
        "may_submit": can_submit(request.user, page),
        "decisions": last.decisions.all(),
        "breadcrumbs": [(_("Home"), "/"), (_("My desk"), reverse("desk"))],
    }
    return render(request, "policy_pages/decided.html", context)


class _Screen:
    """What the deciding screen offers one person: the acts open to all, narrowed by this person's seats."""

    def __init__(self, request, page, submission, held, today):
        self.request, self.page, self.submission, self.today = request, page, submission, today
        self.decisions = list(submission.decisions.all())
        self.authors = seats.authors_of(submission)
        self.kinds = seats.acts_open(submission)
        self.held = held
        self.seat = next(filter(None, map(self._seat, self.kinds)), None)
        self.forms = {}

    def _seat(self, kind):
        return seats.seat_for(
            kind,
            self.submission,
            user=self.request.user,
            seats=self.held,
            authors=self.authors,
            decisions=self.decisions,
        )

    def take(self, act) -> bool:
        """Do the posted act; whether it may be done is the service's to say."""
        if act not in self._acts():
            raise Http404
        service, form_class, done = self._acts()[act]
        form = self._form(form_class, act, self.request.POST)
        self.forms[act] = form

        def run(**values):
            return service(self.submission, actor=self.request.user, today=self.today, **values)

        if attempt(self.request, form, done, run):
            return True
        if act not in self._names():
            messages.error(self.request, " ".join(form.non_field_errors()))
        return False

    def is_repeated(self, act) -> bool:
        """A second press of what this person has done, and what cannot be done again: say when it was."""
        mine = [r for r in self.decisions if r.kind == act and r.actor_id == self.request.user.pk]
        if not mine or (act in self._names() and act != DecisionKind.SIGN):
            return False
        words = {"day": full_date(mine[-1].at), "act": mine[-1].get_kind_display()}
        messages.info(self.request, _("You already did this on %(day)s: %(act)s.") % words)
        return True

    def _names(self) -> list[str]:
        return {
            DecisionKind.APPROVE: ["approve", "send_back"],
            DecisionKind.SIGN: ["sign", "send_back"],
            DecisionKind.MINUTE: ["minute"],
            DecisionKind.CONFIRM: ["confirm", "dispute"],
        }[self.kinds[0]]

    def _acts(self):
        return {
            "approve": (submissions.approve, StatementForm, _("Approved. It now waits to be ratified.")),
            "sign": (submissions.sign, StatementForm, _("Your signature is recorded.")),
            "minute": (_record, MeetingForm, _("Recorded. A second person confirms it.")),
            "confirm": (minutes.confirm_meeting, None, _("Confirmed.")),
            "dispute": (minutes.dispute_meeting, ReasonForm, _("The record went back to the secretary.")),
            "send_back": (submissions.send_back, ReasonForm, _("Sent back. Its author has been told why.")),
        }

    def _form(self, form_class, act, data=None):
        if form_class is None:
            return _Nothing(data or {})
        extra = {}
        if form_class is MeetingForm:
            extra["members"] = people.members_between(
                self.submission.ratifying_body, self.submission.submitted_on, self.today
            )
        return form_class(data, prefix=None, auto_id=f"{act}-%s", **extra)

    def context(self) -> dict:
        frozen = freezing.freeze(self.submission.revision.as_object())
        kind = self.kinds[0]
        forms = {n: self.forms.get(n) or self._form(self._acts()[n][1], n) for n in self._names()}
        stranded = frozen.digest != self.submission.text_sha256 or deciding.is_stranded(self.submission)
        return {
            "policy": self.page,
            "submission": self.submission,
            "issued": self.page.versions.newest_first().first(),
            "text": text_of_draft(self.page, frozen.content),
            "same_text": not stranded,
            "contents": [b for b in frozen.content["blocks"] if b["type"] in ("section", "appendix")],
            "kind": kind,
            "seat": self.seat,
            "forms": forms if self.seat else {},
            "form": next((f for f in self.forms.values() if f.errors), None),
            "why_not": seats.why_not(
                kind, self.submission, user=self.request.user, seats=self.held, authors=self.authors
            ),
            "minute": seats.open_minute(self.decisions),
            "signed": [row for row in self.decisions if row.kind == DecisionKind.SIGN],
            "decisions": self.decisions,
            "may_recall": (stranded or self.submission.state == "submitted")
            and can_submit(self.request.user, self.page),
            "breadcrumbs": [(_("Home"), "/"), (_("My desk"), reverse("desk"))],
        }


class _Nothing(StatementForm):
    """A form that asks nothing: the press alone is the answer."""

    def __init__(self, data, **kwargs):
        super().__init__(data, **kwargs)
        self.fields.clear()


def _record(submission, *, actor, today, **values):
    return minutes.record_meeting(submission, actor=actor, today=today, minute=minutes.Minute(**values))
