"""The calendar as month, list and agenda. What each shows is asked anew for each reader."""

from itertools import groupby
from operator import attrgetter
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from course_catalogue import links, visible
from course_catalogue.models import CourseIndexPage
from course_catalogue.training_calendar import closed, menu, months, rows
from course_catalogue.training_calendar.choosing import COURSE, MONTH, Chosen, chosen
from course_catalogue.training_calendar.lines import lines as lines_of
from kernel.content.kept import kept

LOOKS = (
    ("month", "", gettext_lazy("Month")),
    ("list", "list/", gettext_lazy("List")),
    ("agenda", "agenda/", gettext_lazy("Agenda")),
)


def show(request, page, look: str, *, now):
    """``look``: month, list or agenda. A visitor sees the shared offer where the site is open, else signs in first."""
    today = timezone.localdate(now)
    learner = visible.learner_of(request.user, today)
    if not visible.may_look(request, learner):
        raise Http404
    asked = chosen(request, learner, months.read(request.GET.get(MONTH, ""), today))
    items = rows.of_month(learner, asked, now=now)
    over = asked.month.moments()[1] > now and all(item.state == rows.PAST for item in items)
    next_day = rows.next_day(learner, asked) if over or not items else None
    lines = lines_of(items, request, signed_in=learner.here)
    context = {
        "page": page,
        "look": next(str(name) for key, _tail, name in LOOKS if key == look),
        "month": asked.month,
        "filters": asked.filters,
        "in_force": asked.removable,
        "without_filters": f"?{urlencode({MONTH: asked.month.key})}",
        "lines": lines,
        "days": [(day, list(some)) for day, some in groupby(lines, key=attrgetter("on"))],
        "next_day": next_day,
        "next_month": months.of(next_day) if next_day else None,
        "to_next": _to(request, months.of(next_day)) if next_day else "",
        "printing": f"{_to(request, asked.month)}&print",
        "signed_in": learner.here,
        "own": menu.ways(request, today),
        "today": today,
        "breadcrumbs": [(_("Home"), "/")],
        **_around(request, page, look, learner, asked),
    }
    if look == "month":
        context |= _table(asked.month, context["days"])
    return render(request, f"course_catalogue/training_calendar/{look}.html", context)


def _around(request, page, look, learner, asked: Chosen) -> dict:
    """The ways to the other looks, months and the catalogue."""
    year = rows.by_month(learner, asked)
    address = page.get_url(request)
    query = _query(request, asked.month)
    course = asked.value(COURSE)
    return {
        "ways": [(str(name), f"{address}{tail}?{query}", key == look) for key, tail, name in LOOKS],
        "year": [(month, number, _to(request, month), month == asked.month) for month, number in year],
        "before": _to(request, asked.month.step(-1)),
        "before_name": asked.month.step(-1).name,
        "after": _to(request, asked.month.step(1)),
        "after_name": asked.month.step(1).name,
        "catalogue": kept(("training.catalogue", request.get_host()), lambda: _catalogue(request)),
        "interest": links.interest(int(course)) if course and learner.here else "",
        "course_feed": reverse("training_course_feed", args=[course]) if course else "",
    }


def _catalogue(request) -> str:
    """The address of the catalogue; "" while there is none."""
    page = CourseIndexPage.objects.live().first()
    return page.get_url(request) if page else ""


def _table(month, days) -> dict:
    """The weeks of the month: each day with its lines and the name of the day on which work rests."""
    on = dict(days)
    rest = closed.names(month)
    weeks = month.weeks(set(on))
    return {
        "weekdays": _weekdays()[: len(weeks[0])],
        "weeks": [[(day, on.get(day, []), rest.get(day, "")) for day in week] for week in weeks],
    }


def _weekdays() -> list[str]:
    return [
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    ]


def _query(request, month) -> str:
    kept = {key: value for key, value in request.GET.items() if key not in (MONTH, "page", "print") and value}
    return urlencode({MONTH: month.key, **kept})


def _to(request, month) -> str:
    return f"?{_query(request, month)}"
