"""What the screens of a meeting show, and how what was typed becomes the words of a service."""

from dataclasses import dataclass, replace
from datetime import date

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.content.whole import whole
from kernel.meetings import agenda, closures, kinds, pdf
from kernel.meetings.enums import NOT_DECIDED, EntryState, ItemState
from kernel.meetings.kinds import Outcome, Standing
from kernel.meetings.models import AgendaItem
from kernel.meetings.seating import seat_to_answer
from kernel.organisation import people


@dataclass(frozen=True)
class Line:
    """One item as a list shows it; ``outcome`` is what was recorded of it, in words."""

    number: int
    item: AgendaItem
    label: str
    known: Standing | None
    outcome: str = ""
    consequence: str = ""
    fields: tuple = ()
    conditions: tuple = ()
    up: bool = False
    down: bool = False


def agenda_of(user, meeting, held, today: date) -> dict:
    """The page of a meeting for one person."""
    items = list(meeting.items.select_related("entry"))
    live = [item for item in items if item.state != ItemState.TAKEN_OFF]
    standings = kinds.standings(live, today)
    entries = list(meeting.entries.prefetch_related("items"))
    waits = next((entry for entry in entries if entry.state == EntryState.RECORDED), None)
    to_record = any(item.state == ItemState.ON_AGENDA and not _settled(item, standings) for item in live)
    secretary = held.secretary is not None
    return {
        "meeting": meeting,
        "dates": closures.dates_of(meeting),
        "today": today,
        "lines": _movable(lines_of(live, standings)),
        "taken_off": [item for item in items if item.state == ItemState.TAKEN_OFF],
        "entries": entries,
        "secretary": secretary,
        "waiting": agenda.waiting_off_agenda(meeting.body, today) if meeting.meets_on >= today else [],
        "is_over": meeting.meets_on < today,
        "may_record": secretary and to_record and meeting.meets_on <= today,
        "may_confirm": waits is not None and _may_answer(waits, meeting, standings, user, held),
        "members": people.members(meeting.body, meeting.meets_on).count(),
        "missing": pdf.missing() if live else "",
        "breadcrumbs": [(_("Home"), "/"), (_("Meetings"), reverse("meetings"))],
    }


def _movable(lines) -> list[Line]:
    """Each with the ways in which it can be moved among those that are not decided."""
    places = [place for place, line in enumerate(lines) if line.item.state == ItemState.ON_AGENDA]
    for place in places:
        lines[place] = replace(lines[place], up=place != places[0], down=place != places[-1])
    return lines


def _may_answer(entry, meeting, standings, user, held) -> bool:
    entry.meeting = meeting
    return seat_to_answer(entry, list(entry.items.all()), standings, user, held.now)[0] is not None


def lines_of(items, standings) -> list[Line]:
    return [_line(number, item, standings.get(item.pk)) for number, item in enumerate(items, start=1)]


def _line(number, item, known) -> Line:
    kind = kinds.KINDS.get(item.kind)
    chosen = _outcome(kind, item)
    label = str(kind.label) if kind else item.kind
    return Line(number, item, label, known, str(chosen.label), str(chosen.consequence))


def _outcome(kind, item) -> Outcome:
    if item.outcome == NOT_DECIDED:
        words = _("It goes on the next agenda.")
        return Outcome(key=NOT_DECIDED, label=_("Not decided"), consequence=words)
    known = kind.outcomes if kind else ()
    return next((row for row in known if row.key == item.outcome), Outcome(key="", label=item.outcome))


def to_record(meeting, today: date) -> tuple[list, list, dict]:
    """The items that the minutes ask for, the lines of those recorded already, and what is known of all."""
    items = list(meeting.items.filter(state=ItemState.ON_AGENDA))
    standings = kinds.standings(items, today)
    settled = [line for line in lines_of(items, standings) if _settled(line.item, standings)]
    return [item for item in items if not _settled(item, standings)], settled, standings


def _settled(item, standings) -> bool:
    return item.pk in standings and bool(standings[item.pk].settled)


def nothing_to_record(settled) -> str:
    if settled:
        return _("What is on this agenda is recorded already. Take it off.")
    return _("There is nothing to record at this meeting now.")


def minutes_of(meeting, items, form, checked, today) -> dict:
    """Each item with its own fields; once it is checked, with what would be recorded of it."""
    by_item = {line.item.pk: line for line in lines_of(checked or items, form.standings)}
    return {
        "form": form,
        "meeting": meeting,
        "present": form.present if checked else [],
        "lines": [
            replace(line, fields=_fields(form, pk), conditions=tuple(form.conditions_of(pk)))
            for pk, line in by_item.items()
        ],
        "members": len(form.known),
        "quorum": meeting.body.quorum,
    }


def _fields(form, number) -> tuple:
    names = [f"{part}_{number}" for part in ("outcome", "from", "words", "apart")]
    return tuple(form[name] for name in names if name in form.fields)


def posted(values) -> list[tuple[str, str]]:
    """What was typed, to be carried through the page on which it is checked."""
    skipped = ("csrfmiddlewaretoken", "record", "back")
    return [(name, value) for name, rows in values.lists() if name not in skipped for value in rows]


def things(values) -> list[tuple[str, int]]:
    """ "kind:number" of each box that was ticked."""
    pairs = [value.rpartition(":") for value in values]
    if not all(whole(number) for _kind, _colon, number in pairs):
        raise Http404
    return [(kind, whole(number)) for kind, _colon, number in pairs]


def item_of(meeting, value) -> AgendaItem:
    item = meeting.items.filter(pk=whole(value)).first()
    if item is None:
        raise Http404
    item.meeting = meeting
    return item


def first_day(meeting, today: date) -> date:
    """The first day in force that the body's rules work out; today where that is past."""
    return max(today, closures.dates_of(meeting).in_force_from)


def show(form, refusal) -> None:
    """Each refusal at its field: an item's at its outcome, what has no field above the form."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        field = name.replace("item_", "outcome_", 1)
        form.add_error(field if field in form.fields else None, errors)
