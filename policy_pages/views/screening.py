"""The screenings of a draft: what its type requires, one of them to fill in, its full assessment."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from policy_pages.models import ScreeningKind
from policy_pages.screening import gates, services
from policy_pages.screening.enums import GateState
from policy_pages.screening.services import ALREADY, OTHER_TEXT, OVERTAKEN, Findings
from policy_pages.views.answers import attempt
from policy_pages.views.drafting import text_of_draft
from policy_pages.views.screened_draft import STATES, ScreenedDraft

# Where recording it anew is the next step, its form stands open.
ANEW = (GateState.STALE, GateState.CHANGE, GateState.STOPPED)


@require_safe
def overview(request, pk):
    """What is required before this text is submitted, and what of it is done."""
    draft = ScreenedDraft(request, pk)
    known = {gate.kind.pk for gate in draft.gates}
    sections = gates.missing_sections(draft.content)
    context = {
        "open": [*sections, *(gate for gate in draft.gates if gate.is_open)],
        "rows": [(gate, STATES[gate.state]) for gate in draft.gates],
        "others": [kind for kind in ScreeningKind.objects.all() if kind.pk not in known],
        "sections": sections,
    }
    return render(request, "policy_pages/screening/overview.html", draft.context() | context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request, pk, kind):
    """One screening: the record that counts, and, for those who may, the form for the next."""
    draft = ScreenedDraft(request, pk, kind)
    form, confirm = draft.record_form(), draft.confirm_form()
    if request.method == "POST":
        if not draft.may_record:
            raise Http404
        if answer := _press(request, draft, form, confirm):
            return answer
        draft = ScreenedDraft(request, pk, kind)  # what stands now, should somebody have been quicker
    context = draft.context() | {
        "form": form if draft.may_record else None,
        "confirm": confirm if draft.may_record else None,
        "anew": form.is_bound or draft.gate.state in ANEW,
        "answers": draft.answers(),
        "leads": draft.leads(),
    }
    return render(request, "policy_pages/screening/one.html", context)


def _press(request, draft, form, confirm):
    """Record or confirm; None where the page comes back with what was typed."""

    def record(after, **_typed):
        made.append(services.record_screening(draft.page, entry=form.entry(), after=after, **draft.bound()))

    def still_holds(**typed):
        made.append(services.confirm_screening(draft.page, **typed, **draft.bound()))

    made: list = []
    pressed, act = (confirm, still_holds) if "confirm" in request.POST and confirm else (form, record)
    if attempt(request, pressed, "", act):
        messages.success(request, _said(made[0]))
        return redirect("policy_screenings", draft.page.pk)
    return _settled(request, pressed, draft)


def _said(screening) -> str:
    words = _("%(kind)s is recorded.") % {"kind": screening.kind_name}
    if screening.needs_full:
        words += " " + _(
            "It goes to a full assessment: nobody approves or issues the text before that is done."
        )
    if not screening.of_this_document:
        words += " " + _("It assesses another document: %(document)s.") % {"document": screening.document}
    return words


def _settled(request, form, draft):
    """After a refusal: a second press leads to the first result; who was overtaken may press again after a look."""
    if form.has_error(NON_FIELD_ERRORS, ALREADY):
        messages.info(request, " ".join(form.non_field_errors()))
        return redirect(request.path)
    if form.has_error(NON_FIELD_ERRORS, OVERTAKEN) or form.has_error(NON_FIELD_ERRORS, OTHER_TEXT):
        seen = ScreenedDraft(request, draft.page.pk, draft.kind.slug).seen()
        form.data = form.data.copy()
        for name, value in seen.items():
            form.data[name] = value
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def full(request, pk, kind):
    """The full assessment of a negative answer: its lead reads and decides, the others see how far it is."""
    draft = ScreenedDraft(request, pk, kind)
    if draft.gate.record is None or not draft.gate.record.needs_full:
        raise Http404
    form = draft.findings_form()
    if request.method == "POST":
        if not draft.is_lead:
            raise Http404
        if answer := _conclude(request, draft, form):
            return answer
        draft = ScreenedDraft(request, pk, kind)
    context = draft.context() | {
        "form": form if draft.may_conclude else None,
        "answers": draft.answers(),
        "leads": draft.leads(),
        "text": text_of_draft(draft.page, draft.content),
    }
    return render(request, "policy_pages/screening/full.html", context)


def _conclude(request, draft, form):
    def act(after, text_sha256, **findings):
        services.conclude_full(
            draft.page,
            findings=Findings(**findings),
            after=after,
            text_sha256=text_sha256,
            **draft.bound(),
        )

    if attempt(request, form, _("The full assessment is finished. The author has been told."), act):
        return redirect(request.path)
    return _settled(request, form, draft)
