"""Charges: all of them for whoever administers training, their own for coordinators and for the people booked."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from course_catalogue import permissions
from course_catalogue.charging import documents, filtering, ledger, reports, sheets, waiving
from course_catalogue.charging.forms import ExtraForm, WaiverForm
from course_catalogue.charging.terms import named
from course_catalogue.models import Booking, Invoice, LedgerEntry, WaiverGround
from course_catalogue.views.answers import attempt
from course_catalogue.views.charging import ACT, crumbs, office
from kernel.organisation import people

PER_PAGE = 50


@require_safe
def charges(request):
    """The list with its filters; as a spreadsheet with ``?export=xlsx`` or ``csv``."""
    _now, today = office(request)
    found = filtering.Chosen(request.GET, today)
    rows = reports.entries(found.asked)
    if request.GET.get("export") in sheets.Charges.FORMATS:
        return sheets.Charges().as_spreadsheet(sheets.rows(rows), request.GET["export"])
    count, total = reports.total(rows)
    context = {
        "filters": found.filters,
        "in_force": found.in_force,
        "without_filters": "?",
        "page_of": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "count": count,
        "total": total,
        "to_decide": reports.to_decide(request.user).count(),
        "today": today,
        "exports": _exports(request),
        "breadcrumbs": crumbs(),
    }
    return render(request, "course_catalogue/charging/charges.html", context)


def _exports(request) -> list[tuple[str, str]]:
    query = request.GET.copy()
    query.pop("page", None)
    found = []
    for kind in sheets.Charges.FORMATS:
        query["export"] = kind
        found.append((kind, f"?{query.urlencode()}"))
    return found


@require_safe
def own(request):
    """Of the agencies that one coordinates, and of one's own places; 404 for whoever has neither."""
    today = timezone.localdate()
    agencies = reports.coordinated(request.user, today)
    me = people.profile_of(request.user)
    mine = Q(agency__in=agencies) | Q(booking__person=me) if me else Q(agency__in=agencies)
    rows = reports.entries(reports.Asked()).filter(mine)
    if not agencies and not rows.exists():
        if permissions.administers(request.user, today):
            return redirect("training_charges")
        raise Http404
    if agencies and request.GET.get("export") in sheets.Charges.FORMATS:
        return sheets.Charges().as_spreadsheet(sheets.rows(rows), request.GET["export"])
    count, total = reports.total(rows)
    page_of = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "agencies": agencies,
        "page_of": page_of,
        "documents": documents.behind([row.booking for row in page_of], request, timezone.now()),
        "count": count,
        "total": total,
        "invoices": Invoice.objects.filter(agency__in=agencies)[:PER_PAGE],
        "exports": _exports(request) if agencies else [],
        "breadcrumbs": crumbs(),
    }
    return render(request, "course_catalogue/charging/own.html", context)


@require_http_methods(ACT)
def ask_waiver(request, pk):
    """For the coordinator of the agency and the person booked; 404 for everybody else."""
    now = timezone.now()
    rows = LedgerEntry.objects.select_related("agency", "booking__person", "booking__session__course")
    entry = get_object_or_404(rows.annotate(rule=named("booking__")), pk=pk)
    if not waiving.may_ask(request.user, entry, timezone.localdate(now)):
        raise Http404
    grounds = WaiverGround.objects.filter(policy=entry.booking.charge_policy_id)
    form = WaiverForm(request.POST or None, request.FILES or None, grounds=grounds)

    def ask(**values):
        waiving.ask(entry, actor=request.user, now=now, **values)

    done = _("Asked. The training team decides, and you get a mail.")
    if request.method == "POST" and attempt(request, form, done, ask):
        return redirect("training_own_charges")
    context = {
        "entry": entry,
        "form": form,
        "why_not": waiving.why_not(entry),
        "waivers": entry.waivers.select_related("ground"),
        "breadcrumbs": crumbs((_("Our charges"), "training_own_charges")),
    }
    return render(request, "course_catalogue/charging/ask_waiver.html", context)


@require_http_methods(ACT)
def extra(request, pk):
    """Pass an extra cost of one booking on."""
    now, _today = office(request)
    booking = get_object_or_404(Booking.objects.select_related("agency", "session__course", "person"), pk=pk)
    form = ExtraForm(request.POST or None)

    def add(**values):
        ledger.add_extra_cost(booking, actor=request.user, now=now, **values)

    if request.method == "POST" and attempt(request, form, _("The cost is in the ledger."), add):
        return redirect("training_charges")
    context = {
        "booking": booking,
        "form": form,
        "lines": booking.ledger.annotate(rule=named("booking__")),
        "breadcrumbs": crumbs((_("Charges"), "training_charges")),
    }
    return render(request, "course_catalogue/charging/extra.html", context)
