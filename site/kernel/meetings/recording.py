"""The secretary's entry: what one meeting decided of the items chosen, written down at once."""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.audit import act, record
from kernel.lifecycle.moves import require_move
from kernel.meetings import agenda, kinds, notices
from kernel.meetings.enums import ITEM_MOVES, NOT_DECIDED, ItemState
from kernel.meetings.models import MinutesEntry
from kernel.meetings.seating import require_secretary
from kernel.organisation import people


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the meeting said of one item. ``took_no_part`` are people who were present and kept out of it."""

    item_id: int
    outcome: str
    in_force_from: date | None = None
    statement: str = ""
    took_no_part: list = field(default_factory=list)
    conditions: list[kinds.Condition] = field(default_factory=list)


@act("meetings.record")
def record_minutes(
    meeting, *, actor, today: date, reference: str, present: list, said: list[Said]
) -> MinutesEntry:
    """Write down what a meeting decided; nothing follows until a second person confirms it.

    Who was present is said once; the quorum is counted for each item without its authors and those who took no
    part. Raises ValidationError by field (``present``, ``reference``, ``item_<number>``) with all that is wrong,
    PermissionDenied for anybody but the secretary; then nothing is written.
    """
    entry = _write(meeting, actor, today, reference, present, said)
    record(
        "meetings.record", actor=actor, target=entry, facts={"meeting": entry.meeting_id, "items": len(said)}
    )
    notices.to_confirm(entry, today)
    return entry


def preview(meeting, *, actor, today: date, reference: str, present: list, said: list[Said]) -> list:
    """The items as the same act would leave them, refused as it would be; nothing is kept."""
    with transaction.atomic():
        entry = _write(meeting, actor, today, reference, present, said)
        items = list(entry.items.order_by("order", "pk"))
        transaction.set_rollback(True)
    return items


def _write(meeting, actor, today, reference, present, said) -> MinutesEntry:
    meeting = agenda.lock(meeting)
    require_secretary(actor, meeting, today)
    items = {item.pk: item for item in meeting.items.select_for_update().order_by("pk")}
    standings = kinds.standings(items.values(), today)
    _check(meeting, items, reference, present, said, today)
    entry = _entry(meeting, actor, reference, present)
    refused = {}
    for number, answer in enumerate(said, start=1):
        try:
            with transaction.atomic():
                _record(entry, number, items[answer.item_id], answer, standings, present, actor, today)
        except (ValidationError, PermissionDenied) as refusal:
            refused[f"item_{answer.item_id}"] = words_of(refusal, items[answer.item_id])
    if refused:
        raise ValidationError(refused)
    _take_off_settled(meeting, standings, actor)
    return entry


def _take_off_settled(meeting, standings, actor) -> None:
    """What was recorded apart from these minutes goes from the agenda with them, and says where it stands."""
    for item in meeting.items.filter(state=ItemState.ON_AGENDA):
        if words := standings[item.pk].settled if item.pk in standings else "":
            agenda.off(item, words, actor=actor)


def _entry(meeting, actor, reference, present) -> MinutesEntry:
    entry = MinutesEntry(meeting=meeting, reference=reference.strip(), quorum=meeting.body.quorum)
    entry.present = [{"id": pk, "name": name} for pk, name in {p.pk: p.name for p in present}.items()]
    entry.recorded_by_id, entry.recorded_by_name = actor.pk, people.name_of(actor)
    entry.recorded_at = timezone.now()
    entry.save(force_insert=True)
    return entry


def _check(meeting, items, reference, present, said, today) -> None:
    problems = {}
    if meeting.meets_on > today:
        raise ValidationError(_("The meeting has not been yet."))
    if not reference.strip():
        problems["reference"] = _("Enter the minute reference.")
    members = set(people.members(meeting.body, meeting.meets_on).values_list("pk", flat=True))
    strangers = [person.name for person in present if person.pk not in members]
    if strangers:
        words = _("Not a member on the day of the meeting: %(names)s.")
        problems["present"] = words % {"names": ", ".join(strangers)}
    if not said:
        raise ValidationError(_("Say of one item at least what the meeting decided."))
    for answer in said:
        if answer.item_id not in items:
            raise ValidationError(_("An item is not on this agenda. Look at the list again."))
    if problems:
        raise ValidationError(problems)


def _record(entry, number, item, answer, standings, present, actor, today) -> None:
    require_move(ItemState(item.state), ItemState.RECORDED, ITEM_MOVES)
    known = standings.get(item.pk)
    if answer.outcome != NOT_DECIDED:
        _carry(entry, number, item, answer, known, present, actor, today)
    item.state, item.entry, item.outcome = ItemState.RECORDED, entry, answer.outcome
    item.reference = reference_of(entry, number)
    item.in_force_from, item.statement = answer.in_force_from, answer.statement.strip()
    item.took_no_part = [{"id": person.pk, "name": person.name} for person in answer.took_no_part]
    item.conditions = [
        {"words": row.words, "name": row.name, "due": row.due.isoformat()} for row in answer.conditions
    ]
    item.save()


def _carry(entry, number, item, answer, known, present, actor, today) -> None:
    """Hand the answer to the app whose thing it is."""
    chosen = next((row for row in known.outcomes if row.key == answer.outcome), None) if known else None
    if known is None or known.settled or known.problem or chosen is None:
        raise ValidationError(known and (known.settled or known.problem) or gone())
    left_out = {person.pk for person in answer.took_no_part}
    part = [person for person in present if person.pk not in left_out]
    item.counted = len(counted(part, known))
    if chosen.judges and item.counted < entry.quorum:
        raise ValidationError(too_few(entry.quorum, item.counted))
    kinds.KINDS[item.kind].record(
        item.thing_id,
        actor=actor,
        today=today,
        answer=kinds.Answer(
            meeting_on=entry.meeting.meets_on,
            outcome=answer.outcome,
            minute_reference=reference_of(entry, number),
            present=part,
            took_no_part=answer.took_no_part,
            in_force_from=answer.in_force_from,
            statement=answer.statement.strip(),
            conditions=answer.conditions,
        ),
    )


def counted(present, known) -> list:
    """Those of the people present who can decide the thing: they wrote none of it and take part."""
    return [
        person
        for person in present
        if person.pk not in known.apart and (person.user_id is None or person.user_id not in known.authors)
    ]


def reference_of(entry, number: int) -> str:
    """Each decision is found by its own reference: the entry's, and its place in it."""
    return f"{entry.reference}/{number}"


def too_few(quorum: int, number: int) -> str:
    words = _("%(quorum)d members are needed, %(number)d can decide this item.")
    return words % {"quorum": quorum, "number": number}


def gone() -> str:
    return _("This does not wait for the meeting any more. Choose “Not decided today”.")


def words_of(refusal, item) -> list[str]:
    """Each sentence names the item: several of them are refused on one page."""
    said = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
    return [f"{item.title}: {words}" for words in said]
