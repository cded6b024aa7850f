"""Waivers: the list that waits, one to decide, and its evidence for those who may see it."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from course_catalogue.charging import reports, waiving
from course_catalogue.charging.forms import DecideForm
from course_catalogue.charging.kinds import WaiverState
from course_catalogue.charging.terms import named
from course_catalogue.models import Waiver
from course_catalogue.views.answers import attempt
from course_catalogue.views.charging import ACT, crumbs, office

RECENT = 20
RELATED = ("entry__agency", "entry__booking__person", "entry__booking__session__course", "ground")


@require_safe
def waivers(request):
    office(request)
    decided = Waiver.objects.exclude(state=WaiverState.ASKED).select_related(*RELATED)
    context = {
        "waiting": list(reports.waiting()),
        "mine": set(reports.to_decide(request.user).values_list("pk", flat=True)),
        "decided": decided.order_by("-decided_at", "-pk")[:RECENT],
        "breadcrumbs": crumbs((_("Charges"), "training_charges")),
    }
    return render(request, "course_catalogue/charging/waivers.html", context)


@require_http_methods(ACT)
def waiver(request, pk):
    """What was asked, and how it was decided; the form for those who may decide."""
    row, now = _seen(request, pk)
    may_decide = row.state == WaiverState.ASKED and waiving.may_decide(
        request.user, row, timezone.localdate(now)
    )
    form = DecideForm(request.POST or None)

    def decide(**values):
        waiving.decide(row, actor=request.user, now=now, **values)

    if request.method == "POST" and attempt(request, form, _("Decided. Who asked has been told."), decide):
        return redirect("training_waivers")
    context = {
        "waiver": row,
        "form": form,
        "may_decide": may_decide,
        "breadcrumbs": crumbs((_("Waivers"), "training_waivers")) if may_decide else crumbs(),
    }
    return render(request, "course_catalogue/charging/waiver.html", context)


@require_safe
def evidence(request, pk):
    """The file as it was brought: kept by the browser, never opened in it."""
    row, _now = _seen(request, pk)
    if not row.file:
        raise Http404
    try:
        file = row.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    kind = "application/octet-stream"
    answer = FileResponse(file, as_attachment=True, filename=row.file_name, content_type=kind)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _seen(request, pk):
    now = timezone.now()
    row = get_object_or_404(
        Waiver.objects.select_related(*RELATED).annotate(rule=named("entry__booking__")), pk=pk
    )
    if not waiving.may_see(request.user, row, timezone.localdate(now)):
        raise Http404
    return row, now
