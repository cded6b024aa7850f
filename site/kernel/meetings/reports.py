"""Meetings of one person on one day: the list, the desk, the menu."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kernel.content.desk import DeskRow, Section
from kernel.lifecycle import seats, waiting
from kernel.meetings import closures, kinds
from kernel.meetings.dates import Dates
from kernel.meetings.enums import EntryState, ItemState
from kernel.meetings.models import AgendaItem, MinutesEntry
from kernel.meetings.seating import seat_to_answer
from kernel.organisation.models import BodyMeeting, Capacity

SECTION_FACTS = (waiting.SEATED,)
# How long before papers close the secretary is asked to look at the agenda, and how far back the list goes.
SOON, BACK = timedelta(days=7), timedelta(days=400)
ON_AGENDA = Count("items", filter=Q(items__state=ItemState.ON_AGENDA))


@dataclass(frozen=True)
class Sitting:
    meeting: BodyMeeting
    dates: Dates
    secretary: bool = False


def sections(user, today) -> list[Section]:
    """For whoever holds a seat; where that is known (``SECTION_FACTS``), nothing is asked again."""
    if not user.is_authenticated:
        return []
    return [Section(key="meetings", label=_("Meetings"), url=reverse("meetings"))]


def sittings(user, today: date) -> list[Sitting]:
    """All meetings of the bodies in which this person has a seat, the last year's too; in order of days."""
    held = seats.seats_of(user, today)
    bodies = {seat.body_id for seat in held}
    if not bodies:
        return []
    secretary = {seat.body_id for seat in held if seat.capacity == Capacity.SECRETARY}
    rows = BodyMeeting.objects.filter(body__in=bodies, meets_on__gte=today - BACK).select_related("body")
    rows = list(rows.annotate(to_decide=ON_AGENDA, all_items=Count("items")).order_by("meets_on", "pk"))
    dates = closures.dates_of_all(rows)
    return [Sitting(row, dates[row.pk], row.body_id in secretary) for row in rows]


def desk(user, today, _request=None) -> list[DeskRow]:
    """For the secretary: look at the agenda before papers close, record the minutes. For others: confirm them."""
    held = seats.seats_of(user, today)
    if not held:
        return []
    return [*_of_secretary(held, today), *_to_confirm(user, held, today)]


DESK_PARTS = (((waiting.SEATED,), desk),)


def _of_secretary(held, today) -> list[DeskRow]:
    bodies = {seat.body_id: seat for seat in held if seat.capacity == Capacity.SECRETARY}
    if not bodies:
        return []
    rows = BodyMeeting.objects.filter(body__in=bodies).annotate(to_decide=ON_AGENDA)
    near = Q(meets_on__gte=today, meets_on__lte=today + 5 * SOON)
    rows = list(rows.filter(near | Q(to_decide__gt=0, meets_on__lte=today)).select_related("body"))
    _without_settled([row for row in rows if row.to_decide and row.meets_on <= today], today)
    dates = closures.dates_of_all(rows)
    found = [_secretarys(row, dates[row.pk], today) for row in rows]
    return [replace(row, acting_for=_for(bodies[number])) for number, row in found if row]


def _without_settled(meetings, today) -> None:
    """Minutes are asked for where something is left to record."""
    if not meetings:
        return
    items = list(AgendaItem.objects.filter(meeting__in=meetings, state=ItemState.ON_AGENDA))
    standings, by_key = kinds.standings(items, today), {row.pk: row for row in meetings}
    for item in items:
        if item.pk in standings and standings[item.pk].settled:
            by_key[item.meeting_id].to_decide -= 1


def _secretarys(meeting, dates, today):
    title = _meeting_title(meeting)
    if meeting.meets_on <= today and meeting.to_decide:
        return meeting.body_id, DeskRow(
            verb="write",
            title=title,
            why=_("Items on the agenda that have no minutes yet: %(n)d.") % {"n": meeting.to_decide},
            by=meeting.meets_on,
            url=reverse("meeting_minutes", args=[meeting.pk]),
            button=_("Record the minutes"),
        )
    if dates.papers_due - SOON <= today <= dates.papers_due:
        return meeting.body_id, DeskRow(
            verb="write",
            title=title,
            why=_("Papers close soon. Items on the agenda: %(n)d.") % {"n": meeting.to_decide},
            by=dates.papers_due,
            url=reverse("meeting", args=[meeting.pk]),
            button=_("Check the agenda"),
        )
    return meeting.body_id, None


def _to_confirm(user, held, today) -> list[DeskRow]:
    bodies = {seat.body_id for seat in held if seat.decides}
    entries = MinutesEntry.objects.filter(state=EntryState.RECORDED, meeting__body__in=bodies)
    entries = list(entries.select_related("meeting__body").prefetch_related("items")) if bodies else []
    items = [item for entry in entries for item in entry.items.all()]
    standings = kinds.standings(items, today)
    rows = []
    for entry in entries:
        seat, _why = seat_to_answer(entry, list(entry.items.all()), standings, user, held)
        if seat:
            rows.append(_confirming(entry, seat))
    return rows


def _confirming(entry, seat) -> DeskRow:
    return DeskRow(
        verb="decide",
        title=_meeting_title(entry.meeting),
        why=_("%(who)s recorded the minutes. Nothing is decided until a second person confirms them.")
        % {"who": entry.recorded_by_name},
        url=reverse("meeting_confirm", args=[entry.meeting_id]),
        button=_("Check the minutes"),
        acting_for=_for(seat),
    )


def _meeting_title(meeting) -> str:
    return f"{meeting.body.name}, {date_format(meeting.meets_on, 'j F Y')}"


def _for(seat) -> str:
    return _("for %(name)s") % {"name": seat.for_name} if seat.for_name else ""
