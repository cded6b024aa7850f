"""Sessions for those who plan them: the list, one session, and a new one in one form."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from course_catalogue import clearances
from course_catalogue.booking.deadlines import closes_at
from course_catalogue.enums import LIVE, Delivery, SessionState
from course_catalogue.learning.whom import hands_of
from course_catalogue.models import Booking, CoursePage, CourseSession, ProgrammeCourse, Venue
from course_catalogue.permissions import administers, keeps_programme, keeps_register
from course_catalogue.planning import clashes, deciding, lists, programme, rights, scheduling
from course_catalogue.planning.days import MOST_DAYS, planned_days
from course_catalogue.planning.forms import GoForm, ScheduleForm, StartForm
from course_catalogue.register.counting import outcomes
from course_catalogue.register.rules import session_closing
from course_catalogue.views.answers import show
from kernel.content import filters

ACT, PER_PAGE = ["GET", "HEAD", "POST"], 25


def crumbs(*more) -> list:
    return [(_("Home"), "/"), (_("Sessions"), reverse("training_sessions")), *more]


def tried(request, form, done: str, act) -> bool:
    """Run ``act`` when the form is right; a refusal goes back to its fields and keeps what was typed."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except ValidationError as refusal:
        show(form, refusal)
        return False
    if done:
        messages.success(request, done)
    return True


def require_office(request, today) -> bool:
    """404 unless the person administers training; gives whether they plan as well."""
    if not administers(request.user, today):
        raise Http404
    return keeps_programme(request.user, today)


@require_safe
def sessions(request):
    """All sessions, filtered by the address, a page at a time."""
    now = timezone.now()
    plans = require_office(request, timezone.localdate(now))
    chosen = _filters(request, timezone.localdate(now))
    page_of = Paginator(_narrowed(chosen, now), PER_PAGE).get_page(filters.page_number(request, 10_000))
    context = {
        "lines": lists.lines(page_of.object_list, now),
        "page_of": page_of,
        "plans": plans,
        "filters": chosen.values(),
        "in_force": filters.in_force(request, chosen.values()),
        "without_filters": filters.without(request, *chosen),
        "breadcrumbs": [(_("Home"), "/")],
    }
    return render(request, "course_catalogue/planning/sessions.html", context)


def _filters(request, today) -> dict:
    courses = CoursePage.objects.filter(sessions__isnull=False).distinct().order_by("title")
    choices = (
        ("when", _("When"), lists.WHEN),
        ("year", _("Programme"), [(year, programme.name_of_year(year)) for year in lists.years(today)]),
        ("course", _("Course"), courses.values_list("pk", "title")),
        ("state", _("State"), SessionState.choices),
        ("delivery", _("Delivery"), Delivery.choices),
        ("venue", _("Venue"), Venue.objects.values_list("pk", "name")),
    )
    return {name: filters.read(request, name, label, options) for name, label, options in choices}


def _narrowed(chosen, now):
    rows = lists.in_time(lists.sessions(), chosen["when"].value, now)
    if year := chosen["year"].value:
        rows = programme.sessions_of(int(year), rows)
    plain = {"course": "course", "state": "state", "delivery": "course__delivery"}
    rows = rows.filter(**{field: chosen[name].value for name, field in plain.items() if chosen[name].value})
    if venue := chosen["venue"].value:
        rows = lists.at_venue(rows, int(venue))
    return lists.in_order(rows, now)


@require_http_methods(ACT)
def new(request):
    """First the course and the number of days, then one form for the rest."""
    now = timezone.now()
    if not keeps_programme(request.user, timezone.localdate(now)):
        raise Http404
    start = StartForm(request.GET if "course" in request.GET else None)
    context = {"breadcrumbs": crumbs()}
    if not start.is_valid():
        return render(request, "course_catalogue/planning/start.html", context | {"form": start})
    course, number = start.cleaned_data["course"], start.cleaned_data["days"]
    form = ScheduleForm(request.POST or None, number=number, asks_need=_asks_need(course, now))
    made = []

    def act():
        words = {"need": form.said if form.asks_need else None, "uid": form.cleaned_data["uid"]}
        made.append(
            scheduling.schedule(course, days=form.days, actor=request.user, now=now, **words, **form.values)
        )

    if tried(request, form, _("The session is planned. Open it for booking when it is ready."), act):
        return redirect("training_session_plan", made[0].pk)
    context |= {"form": form, "course": course, "number": number, "most": MOST_DAYS}
    return render(request, "course_catalogue/planning/new.html", context)


def _asks_need(course, now) -> bool:
    """Whether a session of the course, put into this or the next programme, may need a reason."""
    this = programme.year_of(timezone.localdate(now))
    if timezone.localdate(now) <= programme.begins(this):
        return False
    on_it = ProgrammeCourse.objects.filter(programme.ON_IT, course=course, programme__first_year=this)
    return not on_it.exists()


def session_for(request, pk, today) -> tuple[CourseSession, rights.Sight]:
    """The session and what this person sees of it; 404 where that is nothing."""
    session = get_object_or_404(lists.sessions().select_related("course", "host", "owner"), pk=pk)
    seen = rights.sight(request.user, session, today)
    if not seen.any:
        raise Http404
    return session, seen


@require_http_methods(ACT)
def plan(request, pk):
    """One session: its days, places, who holds it, who is booked, and what waits to be decided."""
    now = timezone.now()
    today = timezone.localdate(now)
    session, seen = session_for(request, pk, today)
    form = GoForm(request.POST if request.POST.get("act") == "go" else None)
    if request.method == "POST" and _acted(request, session, form, now):
        return redirect("training_session_plan", pk)
    line = lists.lines([session], now)[0]
    days = planned_days(session)
    context = {
        "line": line,
        "session": session,
        "seen": seen,
        "days": days,
        "warnings": clashes.warnings(days, session.capacity) if seen.administers else [],
        "closed": clearances.closed([session.course_id], today).get(session.course_id, ""),
        "groups": _groups(request, session, seen, today),
        "registers": session.days.all() if keeps_register(request.user, session, today) else [],
        "register_closed": session_closing(session.pk),
        "to_decide": bool(line.short) and session.first_at > now,
        "asked_from": deciding.asked_from(session.decide_on) if session.decide_on else None,
        "short": line.short,
        "form": form,
        "year": programme.name_of_year(programme.year_of(timezone.localdate(session.first_at))),
        "over": session.last_at <= now,
        "begun": session.first_at <= now,
        "booking_over": closes_at(session) <= now,
        "breadcrumbs": crumbs() if seen.administers else [(_("Home"), "/")],
    }
    return render(request, "course_catalogue/planning/plan.html", context)


def _acted(request, session, form, now) -> bool:
    """One press on the page: open for booking, or say that it goes ahead."""
    who = {"actor": request.user, "now": now}
    act = request.POST.get("act")
    try:
        if act == "open":
            scheduling.open_booking(session, **who)
            messages.success(request, _("The session is open for booking."))
            return True
        if act == "go":
            done = _("It goes ahead.")
            return tried(
                request,
                form,
                done,
                lambda: deciding.go_ahead(session, words=form.cleaned_data["words"], **who),
            )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return True
    except PermissionDenied:
        raise Http404 from None
    raise Http404


def _groups(request, session, seen, today) -> list[tuple[str, list[Booking]]]:
    """Bookings by agency: all of them, or those of the agencies that this person coordinates (S2-16).

    Each has ``says``, its state or what the closed register says, and ``opens``: whether this person may open it.
    """
    rows = Booking.objects.filter(session=session, state__in=LIVE).select_related("person", "agency")
    if not seen.whole:
        rows = rows.filter(agency__in=[agency.pk for agency in seen.agencies])
    found: dict = {} if seen.whole else {agency.name: [] for agency in seen.agencies}
    known = set(hands_of(request, today).bookings().filter(session=session).values_list("pk", flat=True))
    came = outcomes(session) if session_closing(session.pk) else {}
    for row in rows.order_by("agency__name", "-priority", "joined_at", "pk"):
        row.says = came[row.person_id].mark.label if row.person_id in came else row.get_state_display()
        row.opens = row.pk in known
        found.setdefault(row.agency.name, []).append(row)
    return list(found.items())
