"""The training pool: the list, one trainer, and what an officer puts on record (S4-36, S4-60 to S4-62)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from course_catalogue.models import Trainer, TrainerDay, TrainerEligibility, Unavailability
from course_catalogue.permissions import keeps_programme
from course_catalogue.planning import in_kind, pool, programme, trainer_lists
from course_catalogue.planning import trainer_forms as forms
from course_catalogue.views.planning import ACT, require_office, tried
from kernel.content.whole import whole

# What stands in the address: the form, the service and what is said afterwards.
RECORDS = {
    "topics": (forms.TopicsForm, pool.set_topics, gettext_lazy("The topics are kept.")),
    "ground": (forms.GroundForm, pool.add_ground, gettext_lazy("It is on record.")),
    "specification": (forms.SpecificationForm, pool.check, gettext_lazy("The check is on record.")),
    "observation": (forms.ObservationForm, pool.observe, gettext_lazy("The observation is on record.")),
    "away": (forms.AwayForm, pool.set_away, gettext_lazy("It is on record.")),
    "days": (forms.DaysForm, in_kind.give, gettext_lazy("The days are in the ledger.")),
}


@require_safe
def trainers(request):
    now = timezone.now()
    today = timezone.localdate(now)
    plans = require_office(request, today)
    rows = trainer_lists.rows(now)
    first_year = programme.year_of(today)
    context = {
        "rows": [row for row in rows if row.trainer.active],
        "left": [row for row in rows if not row.trainer.active],
        "unseen": [row for row in rows if row.trainer.active and row.seen.late],
        "given": in_kind.by_agency(first_year),
        "name": programme.name_of_year(first_year),
        "rule": in_kind.rule_on(today),
        "plans": plans,
        "today": today,
        "breadcrumbs": [(_("Home"), "/"), (_("Sessions"), reverse("training_sessions"))],
    }
    return render(request, "course_catalogue/planning/trainers.html", context)


@require_http_methods(ACT)
def join(request):
    now = timezone.now()
    if not keeps_programme(request.user, timezone.localdate(now)):
        raise Http404
    form, made = forms.JoinForm(request.POST or None, now=now), []

    def act():
        made.append(pool.join(form.cleaned_data["person"], actor=request.user, now=now))

    if tried(request, form, _("In the pool. Now say what lets them teach."), act):
        return redirect("training_trainer", made[0].pk)
    context = {"form": form, "breadcrumbs": _crumbs()}
    return render(request, "course_catalogue/planning/trainer_new.html", context)


def _crumbs(*more) -> list:
    return [(_("Home"), "/"), (_("Trainers"), reverse("training_trainers")), *more]


@require_http_methods(ACT)
def trainer(request, pk):
    now = timezone.now()
    plans = require_office(request, timezone.localdate(now))
    row = get_object_or_404(Trainer.objects.select_related("person__agency", "person__user"), pk=pk)
    if request.method == "POST":
        if not plans:
            raise Http404
        _press(request, row, now)
        return redirect("training_trainer", pk)
    context = trainer_lists.page(row, now) | {"plans": plans, "breadcrumbs": _crumbs()}
    return render(request, "course_catalogue/planning/trainer.html", context)


def _press(request, row, now) -> None:
    """One press: out of the pool, into it again, take back days on which they cannot teach."""
    who = {"actor": request.user, "now": now}
    act, value = request.POST.get("act", ""), request.POST.get("value", "")
    number = whole(value)
    try:
        if act == "leave":
            pool.leave(row, **who)
            messages.success(request, _("Out of the pool. What was on record stays."))
        elif act == "return":
            pool.join(row.person, **who)
            messages.success(request, _("In the pool again."))
        elif act == "back":
            pool.end_away(get_object_or_404(Unavailability, pk=number, trainer=row), **who)
            messages.success(request, _("It is taken back."))
        else:
            raise Http404
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))


@require_http_methods(ACT)
def put_on_record(request, pk, what):
    """One form about a trainer: topics, ground, specification, observation, away, days."""
    if what not in RECORDS:
        raise Http404
    form_class, service, done = RECORDS[what]

    def act(row, form, who):
        service(row, **form.values, **who)

    return _record(request, pk, what, form_class, act, done)


@require_http_methods(ACT)
def end_ground(request, pk, number):
    ground = get_object_or_404(TrainerEligibility, pk=number, trainer=pk)

    def act(row, form, who):
        pool.end_ground(ground, **form.values, **who)

    return _record(request, pk, "end", forms.EndForm, act, _("It is on record."), about=ground)


@require_http_methods(ACT)
def correct(request, pk, number):
    entry = get_object_or_404(TrainerDay, pk=number, trainer=pk)

    def act(row, form, who):
        in_kind.correct(entry, **form.values, **who)

    return _record(request, pk, "correct", forms.CorrectForm, act, _("The entry is corrected."), about=entry)


def _record(request, pk, what, form_class, act, done, about=None):
    now = timezone.now()
    if not keeps_programme(request.user, timezone.localdate(now)):
        raise Http404
    row = get_object_or_404(Trainer.objects.select_related("person__agency", "person__user"), pk=pk)
    form = form_class(request.POST or None, trainer=row, now=now)
    if tried(request, form, str(done), lambda: act(row, form, {"actor": request.user, "now": now})):
        return redirect("training_trainer", pk)
    context = {
        "form": form,
        "trainer": row,
        "what": what,
        "about": about,
        "breadcrumbs": _crumbs((row.person.name, reverse("training_trainer", args=[pk]))),
    }
    return render(request, "course_catalogue/planning/trainer_record.html", context)
