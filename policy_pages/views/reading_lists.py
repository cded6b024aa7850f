"""Who has read what: for a line manager about the own line, for a policy's owner about that policy."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from kernel.content import filters
from kernel.content.exports import SafeSpreadsheetMixin
from kernel.content.whole import whole
from kernel.organisation import people
from policy_pages import permissions, reading
from policy_pages.models import PolicyPage, ReadingRule
from policy_pages.readers import acknowledging, lists, reminding, rules
from policy_pages.readers.forms import RuleForm
from policy_pages.views.answers import attempt

ACT, PER_PAGE = ["GET", "HEAD", "POST"], 50


@require_http_methods(ACT)
def team(request):
    """The own line and nobody else."""
    today, me = timezone.localdate(), people.profile_of(request.user)
    line = lists.line_of(me, today) if me is not None and me.is_here(today) else []
    if not line:
        raise Http404
    if request.method == "POST":
        return _reminded(request, today)
    context = {
        "line": line,
        "count": lists.sum_of(line),
        "to_remind": sum(row.may_be_reminded for row in line),
        "reminded": any(row.reminded and row.to_read for row in line),
        "breadcrumbs": [(_("Home"), "/")],
    }
    return render(request, "policy_pages/readers/team.html", context)


def _reminded(request, today):
    try:
        n = reminding.remind_line(actor=request.user, today=today)
    except ValidationError as refusal:
        messages.info(request, refusal.messages[0])
        return redirect("team_reading")
    words = ngettext("%(n)d person has been reminded.", "%(n)d people have been reminded.", n)
    messages.success(request, words % {"n": n})
    return redirect("team_reading")


@require_http_methods(ACT)
def readers(request, pk):
    """Numbers by team for whoever may submit the policy; names for its owner and the owner's deputy alone."""
    today, policy = timezone.localdate(), _policy(request, pk)
    if request.method == "POST":
        return _ended(request, policy, today)
    names = permissions.is_owner(request.user, policy)
    rows = lists.of_policy(pk, today)
    if request.GET.get("export") in Sheet.FORMATS:
        if not names:
            raise Http404
        return Sheet().as_spreadsheet(lists.cells(rows, pk, today), request.GET["export"])
    late = Paginator(lists.late(rows, today), PER_PAGE) if names else None
    page_of = late.get_page(filters.page_number(request, 10_000)) if late else None
    context = {
        "policy": policy,
        "version": reading.in_force(pk, today),
        "count": lists.count_of(rows, today),
        "teams": lists.by_team(rows, today),
        "names": names,
        "page_of": page_of,
        "late": lists.named(page_of.object_list) if names else [],
        "rules": ReadingRule.objects.filter(policy=policy)
        .exclude(until_on__lt=today)
        .select_related("staff_group", "job_role", "agency", "team"),
        "may_record": acknowledging.may_record(request.user),
        "exports": [(format, f"?export={format}") for format in Sheet.FORMATS] if names and rows else [],
        "today": today,
        "breadcrumbs": [(_("Home"), "/"), (policy.draft_title, _above(policy))],
    }
    return render(request, "policy_pages/readers/readers.html", context)


@require_http_methods(ACT)
def add_rule(request, pk):
    today, policy = timezone.localdate(), _policy(request, pk)
    form = RuleForm(request.POST or None)

    def act(**words):
        rules.add_rule(policy, actor=request.user, today=today, **words)

    if request.method == "POST" and attempt(request, form, _("These people are asked from then on."), act):
        return redirect("policy_readers", pk)
    crumbs = [(_("Home"), "/"), (_("Who reads it"), reverse("policy_readers", args=[pk]))]
    context = {"policy": policy, "form": form, "breadcrumbs": crumbs}
    return render(request, "policy_pages/readers/rule.html", context)


def _ended(request, policy, today):
    rule = get_object_or_404(ReadingRule, pk=whole(request.POST.get("rule")), policy=policy)
    try:
        rules.end_rule(rule, actor=request.user, today=today)
        messages.success(request, _("The rule ends today. What people confirmed stays."))
    except ValidationError as refusal:
        messages.info(request, refusal.messages[0])
    return redirect("policy_readers", policy.pk)


def _policy(request, pk) -> PolicyPage:
    policy = get_object_or_404(PolicyPage, pk=pk)
    if not permissions.can_submit(request.user, policy):
        raise Http404
    return policy


def _above(policy) -> str:
    return policy.url if policy.live else reverse("policy_draft", args=[policy.pk])


class Sheet(SafeSpreadsheetMixin):
    """Everybody who is asked, one row each."""

    export_filename = "policy-readers"
    export_headings = {
        "name": gettext_lazy("Name"),
        "agency": gettext_lazy("Agency"),
        "team": gettext_lazy("Team"),
        "state": gettext_lazy("Reading"),
        "due": gettext_lazy("To read by"),
        "version": gettext_lazy("Version read"),
        "read_on": gettext_lazy("Read on"),
        "how": gettext_lazy("How"),
    }
    list_export = list(export_headings)
