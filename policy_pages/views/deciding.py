"""One screen on which a submitted text is approved, ratified or sent back, by people without admin access."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kernel.lifecycle import approvals, conditions, deciding
from policy_pages import freezing
from policy_pages.forms import ClosureForm
from policy_pages.permissions import can_submit
from policy_pages.views.acts import Acts
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
    acts = Acts(request, submission, held, today)
    if request.method == "POST" and acts.answer():
        return redirect("policy_decide", pk)
    context = _context(request, page, submission, today) | acts.context()
    return render(request, "policy_pages/decide.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def act_alone(request, pk):
    """The chair's action on a page of its own: what it means stands before the press."""
    today = timezone.localdate()
    page, held = page_for(request, pk, today, took_part=True)
    submission = page.open_submission
    if submission is None:
        return _over(request, page)
    acts = Acts(request, submission, held, today)
    if "chair" not in acts.offered:
        raise Http404
    if request.method == "POST" and acts.take("chair"):
        return redirect(submission.chair_action.address())
    context = {"policy": page, "submission": submission, "breadcrumbs": _crumbs()} | acts.context()
    return render(request, "policy_pages/act_alone.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def conditions_of(request, pk):
    """The conditions of a text, each with what was done; the chair says here that one is met."""
    today = timezone.localdate()
    page, held = page_for(request, pk, today, took_part=True)
    submission = page.open_submission
    if submission is None:
        return _over(request, page)
    rows = list(submission.conditions.select_related("closure"))
    acts = Acts(request, submission, held, today)
    pressed, form = request.POST.get("condition", ""), ClosureForm(request.POST or None)
    if request.method == "POST":
        row = next((row for row in rows if str(row.pk) == pressed), None)
        if row is None:
            raise Http404
        if attempt(request, form, _("Kept: this condition is met."), _closing(row, request.user, today)):
            return redirect("policy_conditions", pk)
        if not acts.next_closes:
            messages.error(request, " ".join(form.non_field_errors()))
    forms = {str(row.pk): _closure_form(row, pressed, form) for row in rows if not hasattr(row, "closure")}
    context = {
        "policy": page,
        "submission": submission,
        "rows": [(row, forms.get(str(row.pk)) if acts.next_closes else None) for row in rows],
        "today": today,
        "form": form if form.errors else None,
        "may_recall": submission.is_recallable and can_submit(request.user, page),
        "breadcrumbs": _crumbs(),
    }
    return render(request, "policy_pages/conditions.html", acts.context() | context)


def _closing(row, user, today):
    def act(words):
        return conditions.close(row, actor=user, today=today, words=words)

    return act


def _closure_form(row, pressed, form):
    return form if pressed == str(row.pk) else ClosureForm(auto_id=f"closure-{row.pk}-%s")


def _over(request, page):
    """Nothing waits: say what became of the last submission, so that a second press reads its first result."""
    last = page.submissions.first()
    if last is None:
        return redirect("policy_draft", page.pk)
    context = {
        "policy": page,
        "submission": last,
        "mine": last.decisions.filter(actor_id=request.user.pk).last(),
        "version": page.versions.filter(submission=last).first(),
        "chair_action": getattr(last, "chair_action", None),
        "may_submit": can_submit(request.user, page),
        "decisions": last.decisions.all(),
        "breadcrumbs": _crumbs(),
    }
    return render(request, "policy_pages/decided.html", context)


def _context(request, page, submission, today) -> dict:
    """What is shown beside the acts: the text itself, and whether it is still the one that was submitted."""
    frozen = freezing.freeze(submission.revision.as_object())
    stranded = frozen.digest != submission.text_sha256 or deciding.is_stranded(submission)
    recallable = stranded or submission.is_recallable
    return {
        "policy": page,
        "submission": submission,
        "issued": page.versions.newest_first().first(),
        "text": text_of_draft(page, frozen.content),
        "same_text": not stranded,
        "contents": [b for b in frozen.content["blocks"] if b["type"] in ("section", "appendix")],
        "rule": approvals.rule_in_words(submission, today),
        "conditions": list(submission.conditions.select_related("closure")),
        "may_recall": recallable and can_submit(request.user, page),
        "breadcrumbs": _crumbs(),
    }


def _crumbs() -> list:
    return [(_("Home"), "/"), (_("My desk"), reverse("desk"))]
