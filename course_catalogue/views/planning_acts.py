"""Change, move and cancel one session. Each page says who will be told before anything happens."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from course_catalogue.enums import SessionState
from course_catalogue.models import CourseSession
from course_catalogue.planning import cancelling, lists, moving, notices, scheduling
from course_catalogue.planning.days import MOST_DAYS, planned_days
from course_catalogue.planning.forms import CancelForm, ChangeForm, MoveForm, initial_of
from course_catalogue.views.answers import show
from course_catalogue.views.planning import ACT, crumbs, session_for

CONFLICT = 409


class Screen:
    """One act on one session, for those who may; 404 for others, and back to it when nothing is left to do."""

    def __init__(self, request, pk, *, decides=False):
        self.request, self.now = request, timezone.now()
        self.session, self.seen = session_for(request, pk, timezone.localdate(self.now))
        if not (self.seen.decides if decides else self.seen.plans):
            raise Http404
        self.status = 200

    @property
    def done_for(self) -> bool:
        return self.session.state == SessionState.CANCELLED or self.session.last_at <= self.now

    def back(self, words: str = ""):
        if words:
            messages.info(self.request, words)
        return redirect("training_session_plan", self.session.pk)

    def tried(self, form, act) -> bool:
        """Run ``act``. If somebody changed the session meanwhile: 409, what was typed is kept, with the new version.

        Pressing again then puts what was typed in the place of what the other person wrote, knowingly.
        """
        if self.request.method != "POST" or not form.is_valid():
            return False
        try:
            act(form)
        except ValidationError as refusal:
            if getattr(refusal, "code", "") == "stale":
                self.status = CONFLICT
            show(form, refusal)
            return False
        return True

    def render(self, name, form, **context):
        if self.status == CONFLICT:
            self.session.refresh_from_db()
            form.data = form.data.copy()
            form.data["version"] = self.session.version
            context["meanwhile"] = differences(form, self.session)
        context |= {
            "form": form,
            "session": self.session,
            "line": lists.lines([self.session], self.now)[0],
            "told": notices.who(self.session),
            "conflict": self.status == CONFLICT,
            "breadcrumbs": crumbs(
                (self.session.course.title, reverse("training_session_plan", args=[self.session.pk]))
            ),
        }
        return render(self.request, f"course_catalogue/planning/{name}.html", context, status=self.status)


def differences(form, session) -> list[tuple[str, str, str]]:
    """Label, what stands now and what was typed, of each plain field in which the two differ."""
    if not isinstance(form, ChangeForm):
        return []
    now = ChangeForm(initial=initial_of(session))
    found = []
    for name, field in form.fields.items():
        if name == "version":
            continue
        stands, typed = now.initial.get(name), form.cleaned_data.get(name)
        if field.has_changed(stands, form[name].data):
            found.append((str(field.label), _said(now, name, stands), _said(form, name, typed)))
    return found


def _said(form, name, value) -> str:
    if value is True or value is False:
        return _("yes") if value else _("no")
    if name == "partners":
        return ", ".join(form.agencies[str(key)].name for key in value or ()) or _("nobody")
    if name == "host":
        return form.agencies[str(getattr(value, "pk", value))].name
    return _("empty") if value in (None, "") else str(value)


@require_http_methods(ACT)
def change(request, pk):
    screen = Screen(request, pk)
    if screen.done_for:
        return screen.back(_("This session is cancelled or over: nothing is left to change."))
    form = ChangeForm(request.POST or None, initial=initial_of(screen.session))

    def act(form):
        version = form.cleaned_data["version"]
        scheduling.change(screen.session, version=version, actor=request.user, now=screen.now, **form.values)

    if screen.tried(form, act):
        messages.success(request, _("The session is changed."))
        return screen.back()
    return screen.render("change", form)


@require_http_methods(ACT)
def days(request, pk):
    """Other days, rooms or trainers. The number of days is asked for in the address."""
    screen = Screen(request, pk)
    if screen.done_for or screen.session.first_at <= screen.now:
        return screen.back(_("This session has begun or is cancelled: its days stay as they are."))
    before = planned_days(screen.session)
    number = _number(request.GET.get("days", ""), len(before))
    initial = {"version": screen.session.version}
    form = MoveForm(request.POST or None, number=number, days=before, initial=initial)

    def act(form):
        version = form.cleaned_data["version"]
        moving.move_session(
            screen.session, days=form.days, version=version, actor=request.user, now=screen.now
        )

    if screen.tried(form, act):
        messages.success(request, _("The days are as you said. Whoever it concerns is told."))
        return screen.back()
    return screen.render("move", form, number=number, before=before, most=MOST_DAYS)


def _number(given: str, usual: int) -> int:
    return int(given) if given.isascii() and given.isdecimal() and 1 <= int(given[:3]) <= MOST_DAYS else usual


@require_http_methods(ACT)
def cancel(request, pk):
    screen = Screen(request, pk, decides=True)
    if screen.done_for:
        return screen.back(_("This session is cancelled or over already."))
    others = _others(screen) if screen.seen.plans else None
    form = CancelForm(request.POST or None, initial={"version": screen.session.version}, others=others)
    told = notices.who(screen.session).number

    def act(form):
        values = form.cleaned_data
        cancelling.cancel_session(screen.session, **values, actor=request.user, now=screen.now)

    if screen.tried(form, act):
        words = ngettext(
            "The session is cancelled. %(n)d person is told.",
            "The session is cancelled. %(n)d people are told.",
            told,
        )
        messages.success(request, words % {"n": told})
        return screen.back()
    return screen.render("cancel", form)


def _others(screen):
    """The other dates of the course that are open and still to come."""
    rows = CourseSession.objects.filter(course=screen.session.course_id, state=SessionState.OPEN)
    return rows.filter(first_at__gt=screen.now).exclude(pk=screen.session.pk)
