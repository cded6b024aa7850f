"""The programme of a year: what is planned by course, what came later and why, its yearly review (S4-10, S4-22)."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from course_catalogue.models import Programme, ProgrammeCourse
from course_catalogue.permissions import keeps_programme
from course_catalogue.planning import in_kind, lists
from course_catalogue.planning import programme as services
from course_catalogue.planning.programme_forms import AddCourseForm, ProgrammeForm, ReviewForm, TakeOffForm
from course_catalogue.views.planning import ACT, require_office, tried


@require_safe
def programme(request):
    """The year of the address, else the running one."""
    now = timezone.now()
    today = timezone.localdate(now)
    plans = require_office(request, today)
    known = lists.years(today)
    first_year = _asked(request, known) or services.year_of(today)
    found = lists.year(first_year, now)
    context = {
        "year": found,
        "name": services.name_of_year(first_year),
        "years": [(each, services.name_of_year(each)) for each in known],
        "reviews": list(found.programme.reviews.all()) if found.programme else [],
        "given": in_kind.by_agency(first_year),
        "plans": plans,
        "today": today,
        "breadcrumbs": [(_("Home"), "/"), (_("Sessions"), reverse("training_sessions"))],
    }
    return render(request, "course_catalogue/planning/programme.html", context)


def _asked(request, known) -> int | None:
    given = request.GET.get("year", "")
    return next((each for each in known if str(each) == given), None)


def _act(request, year, form_class, template, service, done, *, initial=None, **words):
    """One form about the programme of a year, for those who keep it."""
    now = timezone.now()
    today = timezone.localdate(now)
    if not keeps_programme(request.user, today) or year not in range(2000, 2200):
        raise Http404
    form = form_class(request.POST or None, initial=initial)
    if tried(request, form, done, lambda: service(form, actor=request.user, now=now)):
        return redirect(reverse("training_programme") + f"?year={year}")
    name = services.name_of_year(year)
    place = reverse("training_programme") + f"?year={year}"
    context = {
        "form": form,
        "name": name,
        "late": today > services.begins(year),
        "breadcrumbs": [(_("Home"), "/"), (_("Programme %(name)s") % {"name": name}, place)],
        **words,
    }
    return render(request, f"course_catalogue/planning/{template}.html", context)


@require_http_methods(ACT)
def add(request, year):
    def service(form, **who):
        services.add_course(form.cleaned_data["course"], first_year=year, need=form.said, **who)

    return _act(request, year, AddCourseForm, "programme_add", service, _("The course is on the programme."))


@require_http_methods(ACT)
def take_off(request, year, course):
    """A course that is on the programme now; 404 for any other."""
    rows = ProgrammeCourse.objects.filter(services.ON_IT, programme__first_year=year)
    found = get_object_or_404(rows.select_related("course"), course=course).course

    def service(form, **who):
        services.take_off(found, first_year=year, **form.cleaned_data, **who)

    done = _("The course is off the programme. The page keeps the reason.")
    stands = services.standing_in(year, found.pk)
    words = {"course": found, "stands": stands}
    return _act(request, year, TakeOffForm, "programme_take_off", service, done, **words)


@require_http_methods(ACT)
def set_up(request, year):
    plan = Programme.objects.filter(first_year=year).first()
    begin = {"review_due": plan.review_due if plan else None, "words": plan.words if plan else ""}
    if plan is None and year in range(2000, 2200):
        begin["review_due"] = services.usual_review(year)

    def service(form, **who):
        services.set_up(year, **form.cleaned_data, **who)

    done = _("The programme is set up as you said.")
    return _act(request, year, ProgrammeForm, "programme_set_up", service, done, initial=begin)


@require_http_methods(ACT)
def review(request, year):
    plan = get_object_or_404(Programme, first_year=year)

    def service(form, **who):
        services.review(plan, **form.cleaned_data, **who)

    done = _("The review is recorded.")
    return _act(request, year, ReviewForm, "programme_review", service, done, plan=plan)
