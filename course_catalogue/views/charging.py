"""Charging policies and the classes in which agencies pay: kept by the officer, read by administrators."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from course_catalogue import permissions
from course_catalogue.charging import classes, documents, examples, payers, policies
from course_catalogue.charging import words as told
from course_catalogue.charging.forms import ClassForm, EndForm, PolicyForm
from course_catalogue.models import AgencyClass, ChargePolicy
from course_catalogue.views.answers import attempt
from kernel.content.dates import DateInputField
from kernel.organisation.models import Agency

ACT = ["GET", "HEAD", "POST"]


def office(request):
    """Now and today, for whoever administers training; 404 for everybody else."""
    now = timezone.now()
    if not permissions.administers(request.user, timezone.localdate(now)):
        raise Http404
    return now, timezone.localdate(now)


def officer(request):
    """Now and today, for the training officer; 404 for everybody else."""
    now, today = office(request)
    if not permissions.keeps_programme(request.user, today):
        raise Http404
    return now, today


def crumbs(*above) -> list:
    return [(_("Home"), "/"), *((words, reverse(name)) for words, name in above)]


@require_safe
def policy_list(request):
    _now, today = office(request)
    rows = list(ChargePolicy.objects.all())
    context = {
        "rows": rows,
        "here": next((row for row in rows if row.covers(today)), None),
        "today": today,
        "may_add": permissions.keeps_programme(request.user, today),
        "breadcrumbs": crumbs((_("Charges"), "training_charges")),
    }
    return render(request, "course_catalogue/charging/policies.html", context)


@require_http_methods(ACT)
def policy(request, pk):
    """One policy with its examples; the officer says when it ends, or takes it back before it begins."""
    now, today = office(request)
    row = get_object_or_404(
        ChargePolicy.objects.prefetch_related("prices__payer_class", "tiers", "grounds"), pk=pk
    )
    may_end = permissions.keeps_programme(request.user, today) and not (row.until_on or row.withdrawn_on)
    form = EndForm(request.POST if request.POST.get("do") == "end" else None)
    if request.method == "POST" and _ended(request, row, form, now):
        return redirect("training_charging_policy", pk)
    day = _day(request)
    context = {
        "policy": row,
        "document": documents.links_of([row], request, now).get(row.pk),
        "rule": told.rule(row.rule),
        "examples": examples.examples(row.rule, [day] if day else examples.coming(today)),
        "asked_day": day,
        "parts": (("day", _("Day")), ("month", _("Month")), ("year", _("Year"))),
        "form": form,
        "may_end": may_end,
        "begun": row.from_on <= today,
        "today": today,
        "breadcrumbs": crumbs((_("Charging policies"), "training_charging")),
    }
    return render(request, "course_catalogue/charging/policy.html", context)


def _ended(request, row, form, now) -> bool:
    if request.POST.get("do") == "end":

        def end(until_on):
            policies.end_policy(row, actor=request.user, now=now, until_on=until_on)

        return attempt(request, form, _("The last day is written down."), end)
    try:
        policies.withdraw_policy(row, actor=request.user, now=now)
        messages.success(request, _("Taken back: this policy never begins."))
    except (ValidationError, PermissionDenied) as refusal:
        messages.info(request, " ".join(getattr(refusal, "messages", [str(refusal)])))
    return True


def _day(request):
    """The day that somebody typed to try; None where it is no day."""
    parts = [request.GET.get(f"day_{part}", "") for part in ("day", "month", "year")]
    try:
        return DateInputField(required=False).clean(parts)
    except ValidationError:
        return None


@require_http_methods(ACT)
def policy_new(request):
    """Filled in, looked at with the dates it gives, then added: a policy is never edited."""
    now, today = officer(request)
    newest = ChargePolicy.objects.filter(withdrawn_on__isnull=True).first()
    initial = {"counting": "inclusive", "from_on": today, **(_rules_of(newest) if newest else {})}
    form = PolicyForm(request.POST or None, initial=initial)
    shown = None
    if request.method == "POST" and form.is_valid():
        shown = examples.examples(form.rule, examples.coming(form.cleaned_data["from_on"]))
        if "add" in request.POST and attempt(request, form, _("Added."), _adding(request, form, now)):
            return redirect("training_charging")
    context = {
        "form": form,
        "examples": shown,
        "rule": told.rule(form.rule) if shown else "",
        "newest": newest,
        "breadcrumbs": crumbs((_("Charging policies"), "training_charging")),
    }
    return render(request, "course_catalogue/charging/policy_new.html", context)


def _rules_of(policy) -> dict:
    """What the newest policy says, to begin with; amounts are typed again, so that none is carried on unseen."""
    names = (
        "number unit counting cut_off nation basis percent half_minutes late_minutes late_rule early_minutes"
    )
    names += " early_rule person_cancels coordinator_cancels extra_costs extra_words reference"
    return {name: getattr(policy, name) for name in names.split()} | {
        "document": documents.chosen(policy),
        "grounds": "\n".join(
            f"{row.words}{'' if row.needs_evidence else ' *'}" for row in policy.grounds.all()
        ),
    }


def _adding(request, form, now):
    def add(**_typed):
        policies.add_policy(actor=request.user, now=now, **form.values)

    return add


@require_safe
def class_list(request):
    """Every agency with its class today and why."""
    _now, today = office(request)
    agencies = list(Agency.objects.filter(active=True).order_by("name"))
    found = payers.payers(agencies, today)
    context = {
        "rows": [found[agency.pk] for agency in agencies],
        "coming": AgencyClass.objects.filter(from_on__gt=today).select_related("agency", "payer_class"),
        "may_say": permissions.keeps_programme(request.user, today),
        "today": today,
        "breadcrumbs": crumbs((_("Charges"), "training_charges")),
    }
    return render(request, "course_catalogue/charging/classes.html", context)


@require_http_methods(ACT)
def class_say(request, pk):
    now, today = officer(request)
    agency = get_object_or_404(Agency, pk=pk, active=True)
    payer = payers.payer_of(agency, today)
    form = ClassForm(request.POST or None, initial={"payer_class": payer.payer_class, "from_on": today})

    def say(payer_class, **values):
        classes.set_class(agency, payer_class, actor=request.user, now=now, **values)

    if request.method == "POST" and attempt(request, form, _("The class is written down."), say):
        return redirect("training_payer_classes")
    context = {
        "agency": agency,
        "payer": payer,
        "history": agency.payer_classes.select_related("payer_class"),
        "form": form,
        "breadcrumbs": crumbs((_("Classes of agencies"), "training_payer_classes")),
    }
    return render(request, "course_catalogue/charging/class_say.html", context)
