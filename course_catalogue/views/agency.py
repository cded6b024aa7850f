"""A partner agency's own page: its people's places, what is held for it, what it gave and took."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from course_catalogue.learning import agency as pages
from course_catalogue.learning import agency_year, mine, release, sheets
from course_catalogue.learning.whom import hands_of
from course_catalogue.models import Joining
from course_catalogue.partners import joining
from course_catalogue.partners.forms import InviteForm
from course_catalogue.planning import lists, programme
from course_catalogue.views.answers import attempt
from kernel.content.whole import whole
from kernel.organisation.models import Agency, StaffProfile

ACT, PER_PAGE = ["GET", "HEAD", "POST"], 25


class Page:
    """One agency for one request: a coordinator's own, or any for whoever administers training; else 404."""

    def __init__(self, request):
        self.request, self.now = request, timezone.now()
        self.hands = hands_of(request, timezone.localdate(self.now))
        found = self.hands.agencies
        if self.hands.administers:
            found = list(Agency.objects.filter(active=True).order_by("name"))
        wanted = request.GET.get("of", "")
        named = [row for row in found if str(row.pk) == wanted] if wanted else found[:1]
        if not named:
            raise Http404
        self.agency, self.agencies = named[0], found
        self.bookings = pages.bookings_of(self.agency)

    def show(self, template, **context):
        own = f"?of={self.agency.pk}" if len(self.agencies) > 1 else ""
        context |= {"agency": self.agency, "agencies": self.agencies, "own": own, "now": self.now}
        context["office"] = self.hands.administers
        context["breadcrumbs"] = [(_("Home"), "/")]
        if template != "agency":
            context["breadcrumbs"].append((self.agency.name, reverse("training_agency") + own))
        return render(self.request, f"course_catalogue/learning/{template}.html", context)


@require_safe
def agency(request):
    page = Page(request)
    if request.GET.get("export") in sheets.Sheet.FORMATS:
        rows = sheets.rows_of(page.bookings, page.now, page.hands)
        return sheets.Sheet().as_spreadsheet(rows, request.GET["export"])
    waiting = mine.to_come(page.bookings.filter(state__in=["waiting", "offered"]), page.now)
    listed = mine.rows(page.bookings).order_by("-session__first_at", "-pk")
    pages_of = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    return page.show(
        "agency",
        count=pages.counted(page.agency, page.now),
        soon=pages.soon(page.agency, page.now, page.hands),
        held=pages.held_for(page.agency, page.now),
        waiting=mine.lines(waiting, page.now, page.hands),
        unreleased=release.unreleased(page.bookings.select_related("session__course", "person"), page.now),
        dates=pages.dates(page.agency, page.now),
        holds=lists.held_by(page.agency, page.now)[:PER_PAGE],
        listed=mine.lines(pages_of.object_list, page.now, page.hands),
        page_of=pages_of,
        may_invite=joining.may_invite(request.user, page.agency, page.hands.today),
    )


@require_safe
def attendance(request):
    """The coordinator's own agency; all of them side by side for whoever administers training."""
    page = Page(request)
    year = _year(request, page.hands.today)
    agencies = page.agencies if page.hands.administers else [page.agency]
    lines = agency_year.of(agencies, year, now=page.now)
    return page.show("attendance", lines=lines, year=year, before=year - 1, after=year + 1)


def _year(request, today) -> int:
    """The first year of April to March: the one asked for, else the running one."""
    given = whole(request.GET.get("year"))
    return given if 2000 <= given <= 2100 else programme.year_of(today)


@require_http_methods(ACT)
def people(request):
    """The agency's people, and the way in for those without a login."""
    page = Page(request)
    if not joining.may_invite(request.user, page.agency, page.hands.today):
        raise Http404
    without = StaffProfile.objects.here(page.hands.today).filter(agency=page.agency, user__isnull=True)
    form = InviteForm(request.POST or None, people=without.order_by("name"))

    def act(name, email, person):
        joining.invite(page.agency, name=name, email=email, person=person, actor=request.user, now=page.now)

    done = _("Invited. A mail with a link is on its way.")
    if request.method == "POST" and attempt(request, form, done, act):
        return redirect(f"{request.path}?of={page.agency.pk}")
    sent = Joining.objects.filter(agency=page.agency).exclude(invited_by_name="").order_by("-asked_at")
    return page.show(
        "people",
        form=form,
        people=StaffProfile.objects.here(page.hands.today).filter(agency=page.agency).order_by("name"),
        invited=sent[:PER_PAGE],
    )


@require_safe
def release_report(request):
    """Withdrawals by manager, other tasks, bookings without release: HR for their people, the office for all."""
    now = timezone.now()
    rows = release.seen_by(request.user, timezone.localdate(now))
    if rows is None:
        raise Http404
    year = _year(request, timezone.localdate(now))
    since, end = programme.moments(year)
    until = min(now, end)
    context = {
        "by_manager": release.withdrawals(rows, since=since, now=until),
        "diverted": release.diverted(rows, since=since, now=until),
        "unreleased": release.unreleased(rows, now),
        "asked_at": release.conf.withdrawals_noted(),
        "year": year,
        "next_year": year + 1,
        "before": year - 1,
        "breadcrumbs": [(_("Home"), "/")],
    }
    return render(request, "course_catalogue/learning/release.html", context)
