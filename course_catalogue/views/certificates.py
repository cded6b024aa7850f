"""A certificate for its person and the training team, as a page and as a PDF; the check for everybody."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from course_catalogue import permissions
from course_catalogue.models import Certificate
from course_catalogue.register import certificates, conf, genuine, past
from course_catalogue.register.forms import CheckForm
from kernel.accounts import conf as site
from kernel.accounts.network import counted_as
from kernel.meetings import pdf
from kernel.organisation import people


def _certificate(request, code) -> Certificate:
    """The person's own, and for whoever keeps the session's register; 404 for everybody else."""
    rows = Certificate.objects.select_related("revocation", "session", "person")
    row = get_object_or_404(rows, code=code)
    own = row.person.user_id == request.user.pk
    if not own and not permissions.keeps_register(request.user, row.session, timezone.localdate()):
        raise Http404
    return row


@require_safe
def past_training(request):
    """What the person took part in, booked or not, with the certificates, withdrawn ones too."""
    person = people.profile_of(request.user)
    rows = past.of(person, timezone.localdate()) if person else []
    own = list(certificates.of(person)) if person else []
    context = {
        "rows": rows,
        "minutes": sum(row.outcome.minutes for row in rows if row.outcome),
        "valid": sum(not hasattr(row, "revocation") for row in own),
        "withdrawn": [row for row in own if hasattr(row, "revocation")],
        "breadcrumbs": [(_("Home"), "/"), (_("My training"), reverse("training_mine"))],
    }
    return render(request, "course_catalogue/register/past.html", context)


@require_safe
def certificate(request, code):
    row = _certificate(request, code)
    context = {
        "certificate": row,
        "withdrawn": getattr(row, "revocation", None),
        "missing": pdf.missing(),
        "breadcrumbs": [(_("Home"), "/")],
    }
    return render(request, "course_catalogue/register/certificate.html", context)


@require_safe
def certificate_pdf(request, code):
    row = _certificate(request, code)
    if problem := pdf.missing():
        messages.error(request, problem)
        return redirect("training_certificate", code)
    answer = HttpResponse(as_pdf(row, request), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="certificate-{row.code}.pdf"'
    return answer


def as_pdf(row: Certificate, request=None) -> bytes:
    address = site.base_url() + reverse("training_certificate_check")
    words = {"certificate": row, "withdrawn": getattr(row, "revocation", None), "address": address}
    html = render_to_string("course_catalogue/register/certificate_file.html", words, request)
    return pdf.drawn(html, lambda path: None)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request):
    """Everybody may ask; code and name are posted, so that they stand in no address and no log."""
    form = CheckForm(request.POST or None)
    context = {"form": form, "asked": False, "breadcrumbs": [(_("Home"), "/")]}
    status = 200
    if request.method == "POST" and form.is_valid():
        who, now = counted_as(request), timezone.now()
        if genuine.is_shut(who, now):
            context["shut"] = conf.tries_minutes()
            status = 429
        else:
            found = genuine.find(**form.cleaned_data, who=who, now=now)
            context |= {"asked": True, "found": found, "name": genuine.shown_name(found) if found else ""}
            context["withdrawn"] = getattr(found, "revocation", None)
    return render(request, "course_catalogue/register/check.html", context, status=status)
