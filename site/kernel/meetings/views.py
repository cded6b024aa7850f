"""The screens of a meeting. Whoever has no seat on its day gets 404, as for a meeting that does not exist."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kernel.lifecycle import seats
from kernel.meetings import agenda, confirming, kinds, making, pdf, recording, reports, screens
from kernel.meetings import pack as packs
from kernel.meetings.enums import EntryState, PackState
from kernel.meetings.forms import MinutesForm, ReturnForm
from kernel.meetings.models import PaperPack
from kernel.meetings.seating import places, seat_to_answer
from kernel.organisation import people
from kernel.organisation.models import BodyMeeting


@require_safe
def meetings(request):
    """The meetings of all bodies in which this person has a seat."""
    today = timezone.localdate()
    if not seats.seats_of(request.user, today):
        raise Http404
    rows = reports.sittings(request.user, today)
    context = {
        "coming": [row for row in rows if row.meeting.meets_on >= today],
        "past": [row for row in reversed(rows) if row.meeting.meets_on < today],
        "today": today,
        "breadcrumbs": [(_("Home"), "/")],
    }
    return render(request, "meetings/meetings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request, pk):
    """The agenda with its dates; the secretary's buttons change it."""
    today = timezone.localdate()
    row, held = _meeting(request, pk, today)
    if request.method == "POST":
        if held.secretary is None:
            raise Http404
        _act(request, row, today)
        return redirect("meeting", pk)
    return render(request, "meetings/meeting.html", screens.agenda_of(request.user, row, held, today))


@require_safe
def pack(request, pk):
    """All papers on one page; prints with each item on a new sheet."""
    today = timezone.localdate()
    row, _held = _meeting(request, pk, today)
    context = {"pack": packs.pack_of(row, today), "today": today, "missing": pdf.missing()}
    context["styles"] = packs.styles()
    return render(request, "meetings/pack.html", context | _crumbs(row))


@require_http_methods(["GET", "HEAD", "POST"])
def pack_pdf(request, pk):
    """A short pack is made while one waits; a long one by the worker, on a page that says how far it is."""
    today = timezone.localdate()
    row, _held = _meeting(request, pk, today)
    if problem := pdf.missing():
        messages.error(request, problem)
        return redirect("meeting_pack", pk)
    if len(packs.items_of(row)) <= making.LONG:
        return _pdf(row, packs.as_pdf(row, today))
    if request.method == "POST":
        making.ask(row, today, again=True)
        return redirect("meeting_pack_pdf", pk)
    made = PaperPack.objects.filter(meeting=row, fingerprint=packs.fingerprint(row, today)).first()
    if made is not None and made.state == PackState.READY:
        with made.file.open("rb") as file:
            return _pdf(row, file.read())
    return render(request, "meetings/making.html", {"made": made} | _crumbs(row))


def _pdf(row, data: bytes) -> HttpResponse:
    answer = HttpResponse(data, content_type="application/pdf")
    name = f"{slugify(row.body.short_name)}-{row.meets_on:%Y-%m-%d}-papers.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request, pk):
    """The secretary writes down what was decided, checks it, and records it at once."""
    today = timezone.localdate()
    row, held = _meeting(request, pk, today)
    if held.secretary is None:
        raise Http404
    items, settled, standings = screens.to_record(row, today)
    if row.meets_on > today or not items:
        messages.info(request, screens.nothing_to_record(settled))
        return redirect("meeting", pk)
    form = _minutes_form(request, row, items, standings, today)
    checked = None
    if request.method == "POST" and "back" not in request.POST and form.is_valid():
        checked = _record(request, row, form, today)
        if checked is True:
            return redirect("meeting", pk)
    context = screens.minutes_of(row, items, form, checked, today) | _crumbs(row)
    context |= {"seat": held.secretary, "settled": settled}
    name = "meetings/check.html" if checked else "meetings/minutes.html"
    return render(request, name, context | {"posted": screens.posted(request.POST)})


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, pk):
    """A second person reads the entry and confirms or returns it."""
    today = timezone.localdate()
    row, held = _meeting(request, pk, today)
    entry = row.entries.filter(state=EntryState.RECORDED).first()
    if entry is None:
        _say_what_became_of_it(request, row)
        return redirect("meeting", pk)
    entry.meeting = row
    items = list(entry.items.order_by("order", "pk"))
    standings = kinds.standings(items, today)
    seat, why = seat_to_answer(entry, items, standings, request.user, held.now)
    form = ReturnForm(request.POST if request.POST.get("act") == "return" else None)
    if request.method == "POST":
        if seat is None:
            raise Http404
        if _answer(request, entry, form, today):
            return redirect("meeting", pk)
    context = {"entry": entry, "meeting": row, "seat": seat, "why_not": why, "form": form}
    context["lines"] = screens.lines_of(items, standings)
    return render(request, "meetings/confirm.html", context | _crumbs(row))


# --- steps ---------------------------------------------------------------------------------------------


def _meeting(request, pk, today):
    row = get_object_or_404(BodyMeeting.objects.select_related("body"), pk=pk)
    held = places(request.user, row, today)
    if not held.may_see:
        raise Http404
    return row, held


def _crumbs(row) -> dict:
    places_above = [(_("Home"), "/"), (_("Meetings"), reverse("meetings"))]
    return {"meeting": row, "breadcrumbs": [*places_above, (str(row), reverse("meeting", args=[row.pk]))]}


def _act(request, row, today) -> None:
    """One press on the agenda; what is refused is said on the next page."""
    who = {"actor": request.user, "today": today}
    act, value = (request.POST.get(name, "") for name in ("act", "value"))
    try:
        if act == "put_on":
            put = agenda.put_on(row, things=screens.things(request.POST.getlist("thing")), **who)
            messages.success(request, _("Put on the agenda: %(n)d.") % {"n": len(put)})
        elif act == "take_off":
            reason = request.POST.get("reason", "")[:1000]
            item = agenda.take_off(screens.item_of(row, value), reason=reason, **who)
            messages.success(request, _("Taken off the agenda: %(title)s.") % {"title": item.title})
        elif act in (agenda.UP, agenda.DOWN):
            item = agenda.move(screens.item_of(row, value), way=act, **who)
            messages.success(request, _("Moved: %(title)s.") % {"title": item.title})
        else:
            raise Http404
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))


def _minutes_form(request, row, items, standings, today):
    return MinutesForm(
        request.POST or None,
        meeting=row,
        items=items,
        standings=standings,
        members=list(people.members(row.body, row.meets_on).order_by("name")),
        first_day=screens.first_day(row, today),
        auto_id="minutes-%s",
    )


def _record(request, row, form, today):
    """True when it is recorded; the items as they would stand, to be checked; None when it is refused."""
    words = {"present": form.present, "reference": form.cleaned_data["reference"], "said": form.said()}
    try:
        if "record" not in request.POST:
            return recording.preview(row, actor=request.user, today=today, **words)
        entry = recording.record_minutes(row, actor=request.user, today=today, **words)
    except ValidationError as refusal:
        screens.show(form, refusal)
        return None
    messages.success(
        request, _("Recorded as %(reference)s. A second person confirms it.") % {"reference": entry.reference}
    )
    return True


def _answer(request, entry, form, today) -> bool:
    try:
        if request.POST.get("act") == "confirm":
            confirming.confirm_minutes(entry, actor=request.user, today=today)
            messages.success(request, _("Confirmed: every decision has been carried out."))
            return True
        if request.POST.get("act") == "return" and form.is_valid():
            confirming.return_minutes(entry, actor=request.user, today=today, **form.cleaned_data)
            messages.success(request, _("Returned: the secretary records the meeting again."))
            return True
    except ValidationError as refusal:
        messages.error(request, _("Nothing was done. %(why)s") % {"why": " ".join(refusal.messages)})
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
    return False


def _say_what_became_of_it(request, row) -> None:
    last = row.entries.exclude(state=EntryState.RECORDED).last()
    if last is None:
        messages.info(request, _("No minutes wait to be confirmed."))
        return
    words = {"state": last.get_state_display(), "who": last.answered_by_name}
    messages.info(request, _("No minutes wait: the last were %(state)s by %(who)s.") % words)
