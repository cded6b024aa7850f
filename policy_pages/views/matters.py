"""The page of one proposal and of one chair's action: what is asked, why, who decides, what was done."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kernel.lifecycle import proposals
from kernel.lifecycle.models import ChairAction, Proposal
from kernel.lifecycle.seats import seats_of
from policy_pages.permissions import can_propose, can_see_matter
from policy_pages.views.acts import Acts


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request, pk):
    """What a body is asked about the text in force, with the acts that this person may do now."""
    matter = _found(Proposal, request, pk)
    kind = proposals.kind_of(matter)
    extra = {
        "kind_label": kind.label,
        "asked": kind.rows(matter),
        "may_withdraw": matter.state == "open" and can_propose(request.user, matter.page.specific),
    }
    return _answer(request, matter, "policy_pages/proposal.html", extra)


@require_http_methods(["GET", "HEAD", "POST"])
def chair_action(request, pk):
    """A text issued by a chair alone, with what those do who ratify it afterwards."""
    matter = _found(ChairAction, request, pk)
    version = matter.page.specific.versions.filter(submission=matter.submission).first()
    return _answer(request, matter, "policy_pages/chair_action.html", {"version": version})


def _found(model, request, pk):
    rows = model.objects.select_related(*model.TOGETHER).prefetch_related(model.DECISIONS)
    matter = get_object_or_404(rows, pk=pk)
    if not can_see_matter(request.user, matter, seats_of(request.user, timezone.localdate())):
        raise Http404
    return matter


def _answer(request, matter, template, extra):
    today = timezone.localdate()
    acts = Acts(request, matter, seats_of(request.user, today), today)
    if request.method == "POST" and acts.answer():
        return redirect(matter.address())
    context = {
        "matter": matter,
        "policy": matter.page.specific,
        "breadcrumbs": [(_("Home"), "/"), (_("My desk"), reverse("desk"))],
    }
    return render(request, template, context | acts.context() | extra)
