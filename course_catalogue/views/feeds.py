"""Feeds for calendar programmes, which have no cookie, and the page on which people make their addresses."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from course_catalogue import visible
from course_catalogue.feeds import addresses, listing
from course_catalogue.feeds.events import calendar
from course_catalogue.feeds.following import Followed, followed_by
from kernel.organisation import people

ACT = ["GET", "HEAD", "POST"]


@login_not_required
@require_safe
def feed(request, token):
    """Somebody's own bookings, or those of an agency's people, to whoever has the address."""
    now = timezone.now()
    found = addresses.feed_of(token, timezone.localdate(now))
    if found is None:
        raise Http404
    if found.agency:
        name = _("Training of %(agency)s") % {"agency": found.agency.name}
        return _file(name, listing.of_agency(found.agency, now=now), "agency-training.ics")
    return _file(_("My training"), listing.of_person(found.person, now=now), "my-training.ics")


@login_not_required
@require_safe
def course(request, pk):
    """The dates of a course: of the shared offer to everybody where the site is open, else to those signed in."""
    now = timezone.now()
    learner = visible.learner_of(request.user, timezone.localdate(now))
    if not visible.may_look(request, learner):
        raise Http404
    found = get_object_or_404(visible.courses(learner), pk=pk)
    entries = listing.of_course(visible.sessions(learner).filter(course=found), now=now)
    return _file(found.title, entries, f"{found.code.lower()}.ics")


@require_http_methods(ACT)
def mine(request):
    """The addresses of whoever is signed in: make one, renew it, stop it."""
    today = timezone.localdate()
    person = people.profile_of(request.user)
    if person is None or not person.is_here(today):
        raise Http404
    rows = followed_by(person, today)
    if request.method == "POST":
        _change(request, person, _asked(request, rows), today)
        return redirect("training_feeds")
    context = {"rows": rows, "breadcrumbs": [(_("Home"), "/"), (_("My training"), reverse("training_mine"))]}
    return render(request, "course_catalogue/feeds/mine.html", context)


def _asked(request, rows: list[Followed]) -> Followed:
    named = request.POST.get("agency", "")
    row = next((row for row in rows if str(row.agency.pk if row.agency else "") == named), None)
    if row is None:
        raise PermissionDenied(_("The agency's coordinator makes this address."))
    return row


def _change(request, person, row: Followed, today) -> None:
    if request.POST.get("act") == "stop":
        addresses.stop(person, actor=request.user, today=today, agency=row.agency)
        messages.success(
            request, _("The address is stopped. Calendars that use it find nothing from now on.")
        )
        return
    addresses.renew(person, actor=request.user, today=today, agency=row.agency)
    messages.success(request, _("There is a new address. An older one finds nothing from now on."))


def _file(name: str, entries, filename: str) -> HttpResponse:
    """Kept by no cache on the way, named in no search."""
    answer = HttpResponse(calendar(name, entries), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(False, filename)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
