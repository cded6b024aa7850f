"""Invoices: what would be asked of each agency for a period, made one by one, and each as PDF, xlsx or csv."""

from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from course_catalogue import permissions
from course_catalogue.charging import invoicing, sheets
from course_catalogue.charging.forms import PeriodForm
from course_catalogue.models import Invoice
from course_catalogue.views.charging import ACT, crumbs, office
from kernel.content.whole import whole
from kernel.meetings import pdf
from kernel.organisation.models import Agency

PER_PAGE = 50


@require_http_methods(ACT)
def invoices(request):
    """The list, and with a period the batches that would be made of it."""
    now, today = office(request)
    if request.method == "POST":
        return _made(request, now)
    asked = any(name in request.GET for name in ("first_day", "last_day"))
    form = PeriodForm(request.GET if asked else None, initial={"first": today.replace(day=1), "last": today})
    batches = None
    if asked and form.is_valid():
        try:
            invoicing.require_period(form.cleaned_data["first"], form.cleaned_data["last"], now)
            batches = invoicing.batches(form.cleaned_data["first"], form.cleaned_data["last"])
        except ValidationError as refusal:
            form.add_error("last", refusal.messages)
    context = {
        "form": form,
        "batches": batches,
        "undecided": invoicing.undecided(form.cleaned_data["last"]) if batches is not None else 0,
        "days": list(form.cleaned_data.items()) if batches is not None else [],
        "page_of": Paginator(Invoice.objects.all(), PER_PAGE).get_page(request.GET.get("page")),
        "breadcrumbs": crumbs((_("Charges"), "training_charges")),
    }
    return render(request, "course_catalogue/charging/invoices.html", context)


def _made(request, now):
    form = PeriodForm(request.POST)
    agency = Agency.objects.filter(pk=whole(request.POST.get("agency"))).first()
    if agency is None or not form.is_valid():
        raise Http404
    try:
        seen = Decimal(request.POST.get("seen", ""))
        days = form.cleaned_data
        made = invoicing.make(agency, actor=request.user, now=now, seen=seen, **days)
        messages.success(
            request, _("Made: %(invoice)s for %(agency)s.") % {"invoice": made, "agency": agency}
        )
        return redirect("training_invoice", made.number)
    except InvalidOperation as error:
        raise Http404 from error
    except (ValidationError, PermissionDenied) as refusal:
        messages.info(request, " ".join(getattr(refusal, "messages", [str(refusal)])))
    return redirect("training_invoices")


@require_safe
def invoice(request, number):
    row = _seen(request, number)
    above = (_("Our charges"), "training_own_charges")
    if _is_office(request):
        above = (_("Invoices"), "training_invoices")
    context = {
        "invoice": row,
        "lines": sheets.lines_of(row),
        "missing": pdf.missing(),
        "breadcrumbs": crumbs(above),
    }
    return render(request, "course_catalogue/charging/invoice.html", context)


@require_safe
def invoice_pdf(request, number):
    """Drawn anew from rows that never change; what is missing on this machine is said instead."""
    row = _seen(request, number)
    if problem := pdf.missing():
        messages.error(request, problem)
        return redirect("training_invoice", number)
    html = render_to_string(
        "course_catalogue/charging/invoice_file.html", {"invoice": row, "lines": sheets.lines_of(row)}
    )
    answer = HttpResponse(pdf.drawn(html, lambda _address: None), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{row.reference}.pdf"'
    return answer


@require_safe
def invoice_sheet(request, number, ending):
    """The lines as ``xlsx`` or ``csv``, without formulas."""
    row = _seen(request, number)
    if ending not in sheets.InvoiceLines.FORMATS:
        raise Http404
    sheet = sheets.InvoiceLines()
    sheet.export_filename = row.reference
    return sheet.as_spreadsheet(sheets.rows(sheets.entries_of(row)), ending)


def _seen(request, number) -> Invoice:
    """For whoever administers training, and for the coordinator of the agency; 404 for everybody else."""
    row = get_object_or_404(Invoice.objects.select_related("agency"), number=number)
    if _is_office(request) or permissions.coordinates(request.user, row.agency, timezone.localdate()):
        return row
    raise Http404


def _is_office(request) -> bool:
    return permissions.administers(request.user, timezone.localdate())
