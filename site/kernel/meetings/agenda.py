"""The secretary's agenda: put on, take off, move. One thing stands on one agenda at a time."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kernel.audit import act, record
from kernel.lifecycle.moves import require_move
from kernel.meetings import kinds
from kernel.meetings.enums import ITEM_MOVES, OPEN_ITEMS, ItemState
from kernel.meetings.models import AgendaItem
from kernel.meetings.seating import require_secretary
from kernel.organisation import people
from kernel.organisation.models import Body, BodyMeeting

UP, DOWN = "up", "down"


def lock(meeting) -> BodyMeeting:
    """The meeting, after its body's row: everything that changes an agenda or minutes takes that first."""
    Body.objects.select_for_update(no_key=True).get(pk=meeting.body_id)
    return BodyMeeting.objects.select_related("body").get(pk=meeting.pk)


@act("meetings.put_on")
def put_on(meeting, *, actor, today: date, things: list[tuple[str, int]]) -> list[AgendaItem]:
    """Put things that wait for the body on the agenda of a meeting that is not over, at its end.

    ``things`` are pairs of a kind's key and a number. Raises ValidationError for one that does not wait for the
    body or stands on an agenda already, PermissionDenied for anybody but the secretary.
    """
    meeting = lock(meeting)
    require_secretary(actor, meeting, today)
    if meeting.meets_on < today:
        raise ValidationError(_("This meeting is over. Put it on the agenda of a coming one."))
    known = {(kind.key, row.thing_id): row for kind, row in waiting_off_agenda(meeting.body, today)}
    if not things or not set(things) <= set(known):
        raise ValidationError(
            _("What you chose does not wait for an agenda any more. Look at the list again.")
        )
    name = people.name_of(actor)
    return [
        add(meeting, key, row.title, actor=actor, name=name)
        for key, row in known.items()
        if key in set(things)
    ]


@act("meetings.take_off")
def take_off(item, *, actor, today: date, reason: str) -> AgendaItem:
    """Take an item off with a reason; the thing waits for the body as before."""
    meeting = lock(item.meeting)
    require_secretary(actor, meeting, today)
    item = meeting.items.select_for_update().get(pk=item.pk)
    require_move(ItemState(item.state), ItemState.TAKEN_OFF, ITEM_MOVES)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is taken off: the members see it.")})
    return off(item, reason.strip(), actor=actor)


def off(item, reason: str, *, actor) -> AgendaItem:
    """From the agenda of a locked meeting."""
    item.state, item.reason = ItemState.TAKEN_OFF, reason
    item.save(update_fields=["state", "reason"])
    record("meetings.take_off", actor=actor, target=item, facts={"meeting": item.meeting_id})
    return item


@act("meetings.move")
def move(item, *, actor, today: date, way: str) -> AgendaItem:
    """Exchange an item with its neighbour above (``up``) or below (``down``); at the end nothing happens."""
    meeting = lock(item.meeting)
    require_secretary(actor, meeting, today)
    rows = list(meeting.items.filter(state=ItemState.ON_AGENDA))
    place = next((number for number, row in enumerate(rows) if row.pk == item.pk), None)
    if place is None or way not in (UP, DOWN):
        raise ValidationError(_("This item is not on the agenda any more. Look at the list again."))
    other = place + (1 if way == DOWN else -1)
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        _number(rows)
        record("meetings.move", actor=actor, target=rows[other], facts={"meeting": meeting.pk, "way": way})
    return rows[other] if 0 <= other < len(rows) else rows[place]


def _number(rows) -> None:
    for order, row in enumerate(rows, start=1):
        row.order = order
    AgendaItem.objects.bulk_update(rows, ["order"])


def add(meeting, key: tuple[str, int], title: str, *, actor, name: str) -> AgendaItem:
    """One row at the end of a locked meeting's agenda; ``actor`` None is the system."""
    last = meeting.items.aggregate(last=Max("order"))["last"] or 0
    item = AgendaItem(meeting=meeting, kind=key[0], thing_id=key[1], title=title[:255], order=last + 1)
    item.put_on_by_name, item.put_on_at = name[:255], timezone.now()
    item.validate_constraints()
    item.save(force_insert=True)
    facts = {"meeting": meeting.pk, "kind": item.kind, "thing": item.thing_id}
    record("meetings.put_on", actor=actor, target=item, facts=facts)
    return item


def waiting_off_agenda(body, today: date) -> list[tuple[kinds.Kind, kinds.Waiting]]:
    """What waits for the body and stands on no agenda; one query beside those of the kinds."""
    rows = kinds.waiting(body, today)
    open_items = AgendaItem.objects.filter(state__in=OPEN_ITEMS, meeting__body=body) if rows else ()
    taken = {(item.kind, item.thing_id) for item in open_items}
    return [(kind, row) for kind, row in rows if (kind.key, row.thing_id) not in taken]


def next_meeting(body, today: date) -> BodyMeeting | None:
    """The first sitting that is not over; today's counts."""
    return body.meetings.filter(meets_on__gte=today).order_by("meets_on").first()


def over(meeting, today: date) -> str:
    """Why nothing more can be put on; empty for a meeting to come or of today."""
    day = date_format(meeting.meets_on, "j F Y")
    return _("This meeting was on %(day)s.") % {"day": day} if meeting.meets_on < today else ""
