"""The second person's answer to the minutes: all decisions are carried out in one transaction, or none is."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kernel.audit import act, record
from kernel.lifecycle import seats
from kernel.lifecycle.moves import require_move
from kernel.meetings import agenda, kinds, notices
from kernel.meetings.enums import ITEM_MOVES, NOT_DECIDED, EntryState, ItemState
from kernel.meetings.models import MinutesEntry
from kernel.meetings.recording import words_of
from kernel.meetings.seating import seat_to_answer
from kernel.organisation import people


@act("meetings.confirm")
def confirm_minutes(entry, *, actor, today: date) -> MinutesEntry:
    """Confirm an entry: every decision in it is carried out; what was not decided goes to the next agenda.

    Raises ValidationError with a line for each item that became invalid meanwhile, and then nothing is done;
    PermissionDenied for whoever may not confirm.
    """
    entry, items, standings = _locked(entry, actor, today)
    refused = []
    for item in items:
        try:
            with transaction.atomic():
                _carry_out(item, actor, today)
        except (ValidationError, PermissionDenied) as refusal:
            refused += words_of(refusal, item)
    if refused:
        raise ValidationError(refused)
    _answer(entry, EntryState.CONFIRMED, actor)
    carried = [item for item in items if item.state == ItemState.CARRIED_OVER]
    _to_the_next(entry, carried, actor, today)
    record("meetings.confirm", actor=actor, target=entry, facts={"items": len(items)})
    return entry


@act("meetings.return")
def return_minutes(entry, *, actor, today: date, reason: str) -> MinutesEntry:
    """Return an entry that does not say what the meeting decided; all of its items are on the agenda again."""
    entry, items, standings = _locked(entry, actor, today)
    if not reason.strip():
        raise ValidationError({"reason": _("Say what the minutes get wrong.")})
    for item in items:
        known = standings.get(item.pk)
        if item.outcome != NOT_DECIDED and known and known.recorded:
            kind = kinds.KINDS[item.kind]
            kind.dispute(item.thing_id, actor=actor, today=today, reason=reason.strip())
        require_move(ItemState(item.state), ItemState.ON_AGENDA, ITEM_MOVES)
        item.state, item.entry, item.reference = ItemState.ON_AGENDA, None, ""
        item.outcome, item.statement = "", ""
        item.in_force_from, item.took_no_part, item.conditions, item.counted = None, [], [], None
        item.save()
    _answer(entry, EntryState.RETURNED, actor, reason.strip())
    record("meetings.return", actor=actor, target=entry, facts={"items": len(items)})
    notices.returned(entry, today)
    return entry


def _locked(entry, actor, today):
    """The meeting first, then the entry with its items; whoever comes second is told what the first did."""
    meeting = agenda.lock(entry.meeting)
    entry = MinutesEntry.objects.select_for_update().get(pk=entry.pk)
    entry.meeting = meeting
    if entry.state != EntryState.RECORDED:
        words = {"state": entry.get_state_display(), "who": entry.answered_by_name}
        words["day"] = date_format(timezone.localtime(entry.answered_at), "j F Y")
        raise ValidationError(_("These minutes are %(state)s: %(who)s, %(day)s.") % words)
    items = list(entry.items.select_for_update().order_by("order", "pk"))
    standings = kinds.standings(items, today)
    seat, why = seat_to_answer(entry, items, standings, actor, seats.seats_of(actor, today))
    if seat is None:
        raise PermissionDenied(why)
    return entry, items, standings


def _carry_out(item, actor, today) -> None:
    target = ItemState.CARRIED_OVER if item.outcome == NOT_DECIDED else ItemState.DECIDED
    require_move(ItemState(item.state), target, ITEM_MOVES)
    if target == ItemState.DECIDED:
        if item.kind not in kinds.KINDS:
            raise ValidationError(_("The part of the site that this belongs to is not there."))
        kinds.KINDS[item.kind].confirm(item.thing_id, actor=actor, today=today, reference=item.reference)
    item.state = target
    item.save(update_fields=["state"])


def _answer(entry, state, actor, reason="") -> None:
    entry.state, entry.reason = state, reason
    entry.answered_by_id, entry.answered_by_name = actor.pk, people.name_of(actor)
    entry.answered_at = timezone.now()
    entry.save()


def _to_the_next(entry, carried, actor, today) -> None:
    """On the agenda of the body's next meeting, where there is one; without one it simply waits."""
    meeting = entry.meeting
    after = meeting.body.meetings.filter(meets_on__gt=meeting.meets_on)
    later = after.filter(meets_on__gte=today).order_by("meets_on").first()
    waits = {(kind.key, row.thing_id) for kind, row in kinds.waiting(meeting.body, today)} if carried else ()
    for item in carried:
        key = (item.kind, item.thing_id)
        if later is not None and key in waits:
            agenda.add(later, key, item.title, actor=actor, name=people.name_of(actor))
