"""Reports, audits and reviews by bodies of one policy: its owner, its authors, secretaries and auditors keep them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kernel.lifecycle.templatetags.dates import full_date
from policy_pages.board import forms, rights, services
from policy_pages.board.schedule import reports_due
from policy_pages.models import PolicyPage
from policy_pages.views.answers import attempt

act = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def assurance(request, pk):
    today = timezone.localdate()
    page = _page(request, pk, today)
    keeps, secretary = rights.may_keep(request.user, page), rights.secretary_of(request.user, today)
    audits = list(page.audits.select_related("auditor", "reported_to"))
    for audit in audits:
        audit.policy = page
    context = {
        "policy": page,
        "duties": [(one, keeps or one.duty.body_id in secretary) for one in reports_due(today, policy=page)],
        "made": [row for duty in _with_answers(page) for row in duty.made.all()],
        "audits": [(one, _kind(one, today), rights.may_complete(request.user, one)) for one in audits],
        "reviews": page.body_reviews.select_related("body"),
        "may_keep": keeps,
        "may_log": keeps or bool(secretary),
        "breadcrumbs": [(_("Home"), "/"), (_("Register of policies"), reverse("policy_register"))],
    }
    return render(request, "policy_pages/board/assurance.html", context)


def _page(request, pk, today):
    page = get_object_or_404(PolicyPage, pk=pk)
    if not rights.may_see(request.user, page, today):
        raise Http404
    return page


def _with_answers(page):
    return page.report_duties.select_related("body").prefetch_related("made")


def _kind(audit, today) -> str:
    if audit.completed_on:
        return "done"
    return "late" if audit.planned_on < today else "planned"


@act
def schedule(request, pk):
    page = _kept(request, pk)
    return _act(
        request,
        page,
        forms.ScheduleForm(request.POST or None),
        lambda **values: services.schedule_report(page, **values),
        title=_("Put a report on the schedule"),
        says=_("It is listed under the committee; from the day after a due day it is told as late."),
        button=_("Put this report on the schedule"),
        done=_("The report is on the schedule."),
    )


@act
def report(request, pk, number):
    today = timezone.localdate()
    page = _page(request, pk, today)
    duty = get_object_or_404(page.report_duties.select_related("body"), pk=number, ended_on=None)
    if not rights.may_record_for(request.user, page, duty.body_id, today):
        raise Http404
    (one,) = reports_due(today, pk=duty.pk)
    words = {"name": duty.name, "body": duty.body.name, "day": full_date(one.next_on)}
    return _act(
        request,
        page,
        forms.ReportForm(request.POST or None, initial={"number": one.answered + 1}),
        lambda **values: services.record_report(duty, **values),
        title=_("Record a report: %(name)s") % words,
        says=_("This answers the due day %(day)s for %(body)s. It cannot be changed afterwards.") % words,
        button=_("Record this report"),
        done=_("The report is recorded."),
    )


@act
def end(request, pk, number):
    page = _kept(request, pk)
    duty = get_object_or_404(page.report_duties.select_related("body"), pk=number)
    if duty.ended_on is not None:
        return _over(request, page, _("This report is off the schedule already."))
    words = {"name": duty.name, "body": duty.body.name}
    return _act(
        request,
        page,
        forms.EndForm(request.POST or None),
        lambda **values: services.end_report(duty, **values),
        title=_("Take off the schedule: %(name)s") % words,
        says=_("%(body)s gets no more of these reports. What was given stays.") % words,
        button=_("Take this report off the schedule"),
        done=_("The report is off the schedule."),
        warning=True,
    )


@act
def plan(request, pk):
    page = _kept(request, pk)
    return _act(
        request,
        page,
        forms.PlanForm(request.POST or None),
        lambda **values: services.plan_audit(page, **values),
        title=_("Plan an audit of effectiveness"),
        says=_("From the day after the planned one it is told as late, until it is closed with its finding."),
        button=_("Plan this audit"),
        done=_("The audit is planned."),
    )


@act
def complete(request, pk, number):
    today = timezone.localdate()
    page = _page(request, pk, today)
    audit = get_object_or_404(page.audits, pk=number)
    if not rights.may_complete(request.user, audit):
        raise Http404
    if audit.completed_on is not None:
        return _over(request, page, _("This audit is closed already."))
    return _act(
        request,
        page,
        forms.CompleteForm(request.POST or None),
        lambda **values: services.complete_audit(audit, **values),
        title=_("Close the audit planned for %(day)s") % {"day": full_date(audit.planned_on)},
        says=_("It needs its finding and whom it was told to, and cannot be changed afterwards."),
        button=_("Close this audit"),
        done=_("The audit is closed."),
    )


@act
def log(request, pk):
    today = timezone.localdate()
    page = _page(request, pk, today)
    bodies = None if rights.may_keep(request.user, page) else rights.secretary_of(request.user, today)
    if bodies is not None and not bodies:
        raise Http404
    return _act(
        request,
        page,
        forms.BodyReviewForm(request.POST or None, bodies=bodies),
        lambda **values: services.log_body_review(page, **values),
        title=_("Log a review by a body"),
        says=_(
            "The last entry of a body says when it looks again. It cannot be changed; a correction is another."
        ),
        button=_("Log this review"),
        done=_("The review is logged."),
    )


def _kept(request, pk):
    page = _page(request, pk, timezone.localdate())
    if not rights.may_keep(request.user, page):
        raise Http404
    return page


def _over(request, page, words):
    """Somebody was quicker, or pressed twice: back to the lists, where it stands as done."""
    messages.info(request, words)
    return redirect("policy_assurance", page.pk)


def _act(request, page, form, service, *, done, **words):
    """One form, one service; then back to the page with all three lists."""
    who = {"actor": request.user, "today": timezone.localdate()}
    if request.method == "POST" and attempt(request, form, done, service, **who):
        return redirect("policy_assurance", page.pk)
    back = reverse("policy_assurance", args=[page.pk])
    crumbs = [(_("Home"), "/"), (_("Reports, audits and reviews"), back)]
    context = {"policy": page, "form": form, "back": back, "breadcrumbs": crumbs, **words}
    return render(request, "policy_pages/board/act.html", context)
