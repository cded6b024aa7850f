"""A course leaves the offer, or stays on it: one page for the officer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from course_catalogue.catalogue import offer as services
from course_catalogue.catalogue.forms import OffForm
from course_catalogue.models import CoursePage
from course_catalogue.permissions import keeps_programme
from course_catalogue.views.answers import attempt


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request, pk):
    """When and why the course leaves the offer, with the dates that stand then."""
    now = timezone.now()
    today = timezone.localdate(now)
    page = get_object_or_404(CoursePage, pk=pk, live=True)
    if not keeps_programme(request.user, today):
        raise Http404
    row = services.standing(page)
    gone = services.first_day_off(row)
    keeps = request.POST.get("act") == "keep"
    begin = {"from_on": gone or today, "reason": row.words if gone else ""}
    form = OffForm(request.POST if request.method == "POST" and not keeps else None, initial=begin)
    if request.method == "POST" and (
        _kept(request, page, now) if keeps else _taken(request, page, form, now)
    ):
        return redirect(page.url)
    context = {
        "page": page,
        "form": form,
        "row": row,
        "gone": gone,
        "is_off": bool(gone and gone <= today),
        "stands": services.dates_from(page, max(gone or today, today)),
        "breadcrumbs": [(_("Home"), "/"), (page.title, page.url)],
    }
    return render(request, "course_catalogue/catalogue/offer.html", context)


def _taken(request, page, form, now) -> bool:
    def take(**typed):
        services.take_off(page, actor=request.user, now=now, **typed)

    return attempt(request, form, _("Written down. Places already booked stay."), take)


def _kept(request, page, now) -> bool:
    try:
        services.keep(page, actor=request.user, now=now)
        messages.success(request, _("The course stays on the offer."))
    except (ValidationError, PermissionDenied) as refusal:
        messages.info(request, " ".join(getattr(refusal, "messages", [str(refusal)])))
    return True
