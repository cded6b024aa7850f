"""The review of a policy: what is due, what was found before, and the reviews that run beside that of the text."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from policy_pages import permissions, reading, standing
from policy_pages.models import PolicyPage
from policy_pages.outcomes import asking
from policy_pages.reviews import looking, rights, services
from policy_pages.reviews.forms import CycleForm, DoneForm, EndForm
from policy_pages.views.answers import attempt
from policy_pages.withdrawal import Gone


@require_safe
def review(request, pk):
    today = timezone.localdate()
    policy = get_object_or_404(PolicyPage, pk=pk)
    may_keep = rights.can_keep(request.user, policy)
    if not (may_keep or rights.can_see(request.user, policy, today)):
        raise Http404
    current = reading.ruling(pk, today)
    context = _context(policy) | {
        "look": looking.of(policy, today),
        "waiting": asking.waiting(policy),
        "standing": standing.of(current, current, today, gone=_gone(current)) if current else None,
        "may_keep": may_keep,
        "may_ask": policy.version_in_force(today) is not None
        and permissions.can_propose(request.user, policy),
    }
    return render(request, "policy_pages/review.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_cycle(request, pk):
    today = timezone.localdate()
    policy = _kept(request, pk)
    form = CycleForm(request.POST or None)

    def act(**values):
        return services.add_cycle(policy, actor=request.user, today=today, **values)

    if request.method == "POST" and attempt(request, form, _("The review is added."), act):
        return redirect("policy_review", pk)
    return render(request, "policy_pages/review_cycle.html", _context(policy) | {"form": form, "act": "add"})


@require_http_methods(["GET", "HEAD", "POST"])
def finish_cycle(request, pk, number):
    return _of_cycle(request, pk, number, "finish", DoneForm, services.finish_cycle, _("Written down."))


@require_http_methods(["GET", "HEAD", "POST"])
def end_cycle(request, pk, number):
    return _of_cycle(request, pk, number, "end", EndForm, services.end_cycle, _("Stopped."))


def _of_cycle(request, pk, number, name, form_class, service, done):
    today = timezone.localdate()
    policy = _kept(request, pk)
    cycle = get_object_or_404(policy.review_cycles.filter(main=False), pk=number)
    open_now = cycle.reviews.filter(closed_on=None).first()
    form = form_class(request.POST or None, initial={"number": open_now.number if open_now else None})

    def act(**values):
        return service(cycle, actor=request.user, today=today, **values)

    if request.method == "POST" and attempt(request, form, done, act):
        return redirect("policy_review", pk)
    context = _context(policy) | {"form": form, "act": name, "cycle": cycle}
    return render(request, "policy_pages/review_cycle.html", context)


def _gone(version):
    return Gone(version.retirement.withdrawn_from) if hasattr(version, "retirement") else None


def _kept(request, pk) -> PolicyPage:
    """404 for whoever does not look after it, as for what does not exist."""
    policy = get_object_or_404(PolicyPage, pk=pk)
    if not rights.can_keep(request.user, policy):
        raise Http404
    return policy


def _context(policy) -> dict:
    crumbs = [(_("Home"), "/"), (_("My desk"), reverse("desk"))]
    return {"policy": policy, "breadcrumbs": crumbs}
