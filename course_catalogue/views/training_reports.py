"""Rates, places and learner hours of a programme year, for the training team and education."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from course_catalogue import permissions
from course_catalogue.planning import programme
from course_catalogue.register import agencies, pictures, reporting
from kernel.content.exports import SafeSpreadsheetMixin
from kernel.content.whole import whole

TABLES = ("courses", "methods", "agencies")


@require_safe
def reports(request):
    today, now = timezone.localdate(), timezone.now()
    if not permissions.reads_reports(request.user, today):
        raise Http404
    years = reporting.years()
    chosen = _year(request, years, today)
    found = reporting.year(chosen, now=now)
    methods = reporting.by_method(found.courses)
    by_agency = agencies.of(list(programme.sessions_of(chosen).values_list("pk", flat=True)))
    if request.GET.get("export") in SafeSpreadsheetMixin.FORMATS:
        return _export(request, found, methods, by_agency)
    total = found.total
    context = {
        "year": found,
        "name": programme.name_of_year(chosen),
        "years": [(one, programme.name_of_year(one)) for one in years],
        "total": total,
        "rates": _named(total),
        "picture": pictures.who_came(total, chosen) if total.registered else None,
        "methods": [(row, pictures.percent_words(row.share)) for row in methods],
        "courses": [(row, _named(row.rates)) for row in found.courses],
        "agencies": [(row, pictures.percent_words(row.show_up)) for row in by_agency],
        "before": _before(chosen, years, now),
        "exports": [(table, form) for table in TABLES for form in SafeSpreadsheetMixin.FORMATS],
        "breadcrumbs": [(_("Home"), "/"), (_("Registers"), reverse("training_registers"))],
    }
    return render(request, "course_catalogue/register/reports.html", context)


def _year(request, years, today) -> int:
    """The year of the address, else the running one, else the newest."""
    given = whole(request.GET.get("year"))
    if given in years:
        return given
    running = programme.year_of(today)
    return running if running in years or not years else years[0]


def _before(chosen, years, now):
    """The year before, to compare with; None where nothing was held in it."""
    if chosen - 1 not in years:
        return None
    found = reporting.year(chosen - 1, now=now)
    return {"name": programme.name_of_year(chosen - 1), "total": found.total, "rates": _named(found.total)}


def _named(row) -> dict:
    names = ("of_registered", "show_up", "fill")
    return {name: pictures.percent_words(getattr(row, name)) for name in names}


def _export(request, found, methods, by_agency):
    kind = request.GET.get("of", "courses")
    if kind == "methods":
        rows = [{**vars(row), "name": row.name or _("no method said")} for row in methods]
        return MethodSheet().as_spreadsheet(rows, request.GET["export"])
    if kind == "agencies":
        rows = [{**vars(row), "show_up": row.show_up} for row in by_agency]
        return AgencySheet().as_spreadsheet(rows, request.GET["export"])
    return CourseSheet().as_spreadsheet([_cells(row) for row in found.courses], request.GET["export"])


def _cells(row) -> dict:
    counts = row.rates
    rates = {name: getattr(counts, name) for name in ("of_registered", "show_up", "fill", "booked", "unused")}
    hours = round(counts.minutes / 60, 2)
    return {**vars(counts), **rates, "title": row.title, "code": row.code, "hours": hours}


class CourseSheet(SafeSpreadsheetMixin):
    """Rates are per cent; empty is no data."""

    export_filename = "training-by-course"
    export_headings = {
        "code": gettext_lazy("Code"),
        "title": gettext_lazy("Course"),
        "sessions": gettext_lazy("Sessions closed"),
        "places": gettext_lazy("Places offered"),
        "registered": gettext_lazy("Registered"),
        "booked": gettext_lazy("Booked at the start"),
        "attended": gettext_lazy("Attended"),
        "walk_ins": gettext_lazy("Came without a booking"),
        "no_shows": gettext_lazy("Did not attend"),
        "excused": gettext_lazy("Excused"),
        "cancelled": gettext_lazy("Cancelled"),
        "cancelled_late": gettext_lazy("Of them late"),
        "unused": gettext_lazy("Places unused"),
        "of_registered": gettext_lazy("Attended of registered, %"),
        "show_up": gettext_lazy("Show-up, %"),
        "fill": gettext_lazy("Fill, %"),
        "hours": gettext_lazy("Learner hours"),
    }
    list_export = list(export_headings)


class MethodSheet(SafeSpreadsheetMixin):
    export_filename = "training-by-method"
    export_headings = {
        "name": gettext_lazy("Method"),
        "minutes": gettext_lazy("Learner minutes"),
        "share": gettext_lazy("Share, %"),
    }
    list_export = list(export_headings)


class AgencySheet(SafeSpreadsheetMixin):
    export_filename = "training-by-agency"
    export_headings = {
        "name": gettext_lazy("Agency"),
        "booked": gettext_lazy("Booked at the start"),
        "attended": gettext_lazy("Attended"),
        "no_shows": gettext_lazy("Did not attend"),
        "excused": gettext_lazy("Excused"),
        "cancelled_in_time": gettext_lazy("Cancelled in time"),
        "cancelled_late": gettext_lazy("Cancelled late"),
        "walk_ins": gettext_lazy("Came without a booking"),
        "show_up": gettext_lazy("Show-up, %"),
    }
    list_export = list(export_headings)
