"""The register of a day: one press a mark, each a form of its own, without a script (screens 3.10)."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from course_catalogue import permissions
from course_catalogue.enums import Mark
from course_catalogue.models import SessionDay
from course_catalogue.register import checking_in, closing, exporting, marking, needs, sheet, what_if
from course_catalogue.register.finding import person_called
from course_catalogue.register.forms import CorrectionForm, MarkForm, WalkInForm
from course_catalogue.register.rules import day_of
from kernel.content.whole import whole
from kernel.lifecycle.templatetags.dates import clock
from kernel.organisation.models import StaffProfile

ACT = ["GET", "HEAD", "POST"]
KINDS = {
    Mark.ATTENDED: "good",
    Mark.PART: "soon",
    Mark.DID_NOT_ATTEND: "late",
    Mark.EXCUSED: "closed",
}


def day_for(request, pk) -> tuple[SessionDay, date]:
    """The day, for whoever keeps its register; 404 for everybody else."""
    day = get_object_or_404(SessionDay.objects.select_related("session__course", "room__venue"), pk=pk)
    today = timezone.localdate()
    if not permissions.keeps_register(request.user, day.session, today):
        raise Http404
    return day, today


@require_http_methods(ACT)
def register(request, pk):
    day, today = day_for(request, pk)
    if request.method == "POST":
        return _act(request, day, today)
    return _page(request, day, today)


def _page(request, day, today, *, refused=None, status=200):
    """``refused``: (key of the person, words, what was typed) of a press that was not saved."""
    found = sheet.of(day, request.user, today)
    follows = closing.consequences(day, today) if found.closing is None else None
    closed = found.session_closing is not None
    context = {
        "day": day,
        "today": today,
        "session": day.session,
        "register": found,
        "rows": [_row(line, refused) for line in found.expected],
        "walk_ins": [_row(line, refused) for line in found.walk_ins],
        "follows": follows,
        "names": _names(follows) if follows else {},
        "early": today < day_of(day),
        "closes_from": closing.opens_to_close(day),
        "may_close": timezone.now() >= closing.opens_to_close(day),
        "may_correct": permissions.administers(request.user, today),
        "needs_go": needs.gone_on(day.session),
        "upload": exporting.upload_of(day.session) if closed else None,
        "marks": _buttons(),
        "refused": refused,
        "checks_in": today == day_of(day) and found.closing is None,
        "breadcrumbs": [(_("Home"), "/"), (_("Registers"), reverse("training_registers"))],
    }
    return render(request, "course_catalogue/register/register.html", context, status=status)


def _buttons():
    return [(mark.value, str(mark.label).capitalize()) for mark in Mark]


def _row(line, refused) -> dict:
    """A line with the state of its mark and the minutes that its fields show."""
    mine = refused if refused and refused[0] == line.person_id else None
    late, early = (line.mark.minutes_late, line.mark.minutes_early) if line.mark else (0, 0)
    typed = mine[2] if mine else {"late": late or "", "early": early or ""}
    kind = KINDS[Mark(line.mark.mark)] if line.mark else ""
    return {"line": line, "kind": kind, "typed": typed, "error": mine[1] if mine else ""}


def _names(follows) -> dict:
    """Who is behind the numbers of what closing does."""
    people = StaffProfile.objects.filter(pk__in=follows.certificates).order_by("name")
    charged = [
        _("%(name)s, %(agency)s: £%(sum)s")
        % {"name": row.booking.person.name, "agency": row.booking.agency.short_name, "sum": row.amount}
        for row in follows.charges
    ]
    return {"certificates": [person.name for person in people], "charges": charged}


def _act(request, day, today):
    now = timezone.now()
    act = request.POST.get("act", "mark")
    try:
        if act == "close":
            return _closed(request, day, now)
        if act == "rest":
            return _rest(request, day, now)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("training_register", day.pk)
    return _mark(request, day, today, now)


def _mark(request, day, today, now):
    form = MarkForm(request.POST)
    typed = {name: request.POST.get(name, "")[:10] for name in ("late", "early")}
    person = StaffProfile.objects.filter(pk=whole(request.POST.get("person"))).first()
    if person is None:
        raise Http404
    if not form.is_valid():
        words = " ".join(error for errors in form.errors.values() for error in errors)
        return _page(request, day, today, refused=(person.pk, words, typed))
    values = form.cleaned_data
    try:
        row = marking.mark(
            day,
            person,
            values["mark"],
            actor=request.user,
            now=now,
            seen=values["seen"],
            late=values["late"],
            early=values["early"],
        )
    except ValidationError as refusal:
        if getattr(refusal, "code", "") == "not_expected":
            raise Http404 from refusal
        status = 409 if getattr(refusal, "code", "") == "changed" else 200
        words = " ".join(refusal.messages)
        return _page(request, day, today, refused=(person.pk, words, typed), status=status)
    words = {"time": clock(row.at), "name": person.name, "mark": row.get_mark_display()}
    messages.success(request, _("Saved %(time)s: %(name)s, %(mark)s.") % words)
    return redirect(f"{reverse('training_register', args=[day.pk])}#person-{person.pk}")


def _rest(request, day, now):
    shown = [whole(one) for one in request.POST.getlist("shown")][:500]
    rows = marking.mark_rest(day, request.POST.get("mark", ""), persons=shown, actor=request.user, now=now)
    words = ngettext("%(n)d person marked.", "%(n)d people marked.", len(rows))
    messages.success(request, words % {"n": len(rows)})
    return redirect("training_register", day.pk)


def _closed(request, day, now):
    row = closing.close(day, actor=request.user, now=now)
    words = {"time": clock(row.at), "who": row.by_name}
    messages.success(request, _("The register was closed at %(time)s by %(who)s.") % words)
    return redirect("training_register", day.pk)


@require_http_methods(ACT)
def correct(request, pk, person):
    """One mark of a closed register, with what stands and what may follow."""
    day, today = day_for(request, pk)
    if not permissions.administers(request.user, today):
        raise Http404
    who = get_object_or_404(StaffProfile.objects.select_related("agency"), pk=person)
    stands = marking.standing(day, who)
    if stands is None or not day.closings.exists():
        raise Http404
    start = {"mark": stands.mark, "late": stands.minutes_late or "", "early": stands.minutes_early or ""}
    form = CorrectionForm(request.POST or None, initial=start)
    status = 200
    if request.method == "POST" and form.is_valid():
        refusal = _corrected(request, day, who, form)
        if refusal is None:
            messages.success(request, _("Corrected: %(name)s.") % {"name": who.name})
            return redirect("training_register", day.pk)
        status = 409 if getattr(refusal, "code", "") == "changed" else 200
    context = {
        "day": day,
        "who": who,
        "stands": stands,
        "form": form,
        "history": day.marks.filter(person=who).order_by("pk"),
        "follows": what_if.of(day, who),
        "breadcrumbs": [(_("Home"), "/"), (_("Register"), reverse("training_register", args=[day.pk]))],
    }
    return render(request, "course_catalogue/register/correct.html", context, status=status)


def _corrected(request, day, who, form) -> ValidationError | None:
    seen = whole(request.POST.get("seen"))
    try:
        marking.correct(day, who, actor=request.user, now=timezone.now(), seen=seen, **form.cleaned_data)
    except ValidationError as refusal:
        show(form, refusal)
        return refusal
    return None


def show(form, refusal) -> None:
    """Each message at its field; what has no field stands above the form."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


@require_http_methods(ACT)
def walk_in(request, pk):
    """Somebody came without a booking: found by name, entered apart."""
    day, today = day_for(request, pk)
    closed = day.closings.exists()
    if closed and not permissions.administers(request.user, today):
        raise Http404
    form = WalkInForm(request.POST or None, closed=closed)
    if request.method == "POST" and form.is_valid() and _entered(request, day, form, today):
        return redirect("training_register", day.pk)
    context = {
        "day": day,
        "form": form,
        "closed": closed,
        "breadcrumbs": [(_("Home"), "/"), (_("Register"), reverse("training_register", args=[day.pk]))],
    }
    return render(request, "course_catalogue/register/walk_in.html", context)


def _entered(request, day, form, today) -> bool:
    values = form.cleaned_data
    try:
        person = person_called(values["who"], today)
        marking.walk_in(
            day,
            person,
            actor=request.user,
            now=timezone.now(),
            late=values["late"],
            reason=values.get("reason", ""),
        )
    except ValidationError as refusal:
        show(form, refusal)
        return False
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, _("Entered: %(name)s, without a booking.") % {"name": person.name})
    return True


@require_safe
def print_sheet(request, pk):
    """The sheet to sign, with what helps each person."""
    day, today = day_for(request, pk)
    context = {
        "day": day,
        "session": day.session,
        "register": sheet.of(day, request.user, today),
        "empty": range(4),
        "opens": checking_in.opens_at(day),
        "needs_go": needs.gone_on(day.session),
        "breadcrumbs": [(_("Home"), "/"), (_("Register"), reverse("training_register", args=[day.pk]))],
    }
    return render(request, "course_catalogue/register/sheet.html", context)
