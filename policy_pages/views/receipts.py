"""The receipt of a document that became a draft: a page, its JSON and the file as it was brought.

For those who may see the draft; it stays when the version is issued.
"""

import json

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kernel.content.uploads import own_name
from policy_pages.imports import telling
from policy_pages.reports import receipts_of
from policy_pages.views.answers import page_for


@require_safe
def receipt(request, pk, number):
    page, row = _found(request, pk, number)
    crumbs = [(_("Home"), "/"), (_("My desk"), reverse("desk"))]
    version = next(accepted.version for accepted in receipts_of(page) if accepted.pk == row.pk)
    context = {"policy": page, "row": row, "version": version, "breadcrumbs": crumbs}
    return render(request, "policy_pages/receipt.html", context | telling.told(row))


@require_safe
def receipt_file(request, pk, number):
    return receipt_answer(_found(request, pk, number)[1])


@require_safe
def original(request, pk, number):
    """The file as it was brought, to be kept and never opened in the browser."""
    _page, row = _found(request, pk, number)
    try:
        file = row.file.open("rb")
    except FileNotFoundError as error:  # ``verify_versions`` names it
        raise Http404 from error
    answer = FileResponse(
        file,
        as_attachment=True,
        filename=own_name(row.name),
        content_type="application/octet-stream",
    )
    return _inert(answer)


def receipt_answer(row) -> HttpResponse:
    """The JSON of a receipt as a file named after the document."""
    if not row.receipt:
        raise Http404
    answer = HttpResponse(
        json.dumps(row.receipt, ensure_ascii=False, indent=2) + "\n", content_type="application/json"
    )
    name = own_name(row.name).rsplit(".", 1)[0] + "-receipt.json"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return _inert(answer)


def _found(request, pk, number):
    page, _seats = page_for(request, pk, timezone.localdate())
    row = page.imports.accepted().filter(pk=number).first()
    if row is None:
        raise Http404
    return page, row


def _inert(answer):
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
