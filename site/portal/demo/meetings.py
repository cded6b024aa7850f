"""Meetings of the Policy Group: one with confirmed minutes, one to come with its agenda."""

from datetime import date, timedelta

from kernel.meetings import agenda, confirming, recording
from kernel.meetings.models import AgendaItem
from kernel.organisation.models import Body, BodyMeeting
from portal.demo.days import lived_on, weekday_after
from portal.demo.organisation import person
from portal.demo.steps import CHAIR, PRESENT, SECRETARY, approved, login

TEXTS = "policies.submission"


def settled(page, met: date, note: str, *, wanted: date) -> None:
    """Approved, on the agenda, minuted and confirmed with the whole meeting, each on a day of its own."""
    submission = approved(page, met - timedelta(days=14), note)
    meeting = BodyMeeting.objects.get(body__short_name="PG", meets_on=met)
    with lived_on(met):
        things = [(TEXTS, submission.pk)]
        (item,) = agenda.put_on(meeting, actor=login(SECRETARY), today=met, things=things)
    written = weekday_after(met + timedelta(days=1))
    with lived_on(written):
        entry = recording.record_minutes(
            meeting,
            actor=login(SECRETARY),
            today=written,
            reference=f"PG/{met:%y}/{met:%m}",
            present=[person(name) for name in PRESENT],
            said=[recording.Said(item_id=item.pk, outcome="ratify", in_force_from=wanted)],
        )
        confirming.confirm_minutes(entry, actor=login(CHAIR), today=written)
    page.refresh_from_db()


def build(today: date) -> bool:
    """Everything that waits for the Policy Group stands on the agenda of its next meeting."""
    body = Body.objects.get(short_name="PG")
    meeting = agenda.next_meeting(body, today)
    if meeting is None or AgendaItem.objects.filter(meeting=meeting).exists():
        return False
    waits = agenda.waiting_off_agenda(body, today)
    things = [(kind.key, row.thing_id) for kind, row in waits]
    if not things:
        return False
    with lived_on(today):
        agenda.put_on(meeting, actor=login(SECRETARY), today=today, things=things)
    return True
