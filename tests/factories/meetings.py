"""Meetings, and a kind of item that any app could bring: motions, kept in memory."""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError

from kernel.meetings import agenda, kinds, recording
from kernel.organisation.models import BodyMeeting
from tests.factories.organisation import make_body, make_person

TODAY = date(2026, 11, 23)
MET = date(2026, 11, 19)

CARRY = kinds.Outcome(key="carry", label="Carry it", asks_day=True)
REFER = kinds.Outcome(key="refer", label="Refer it back", judges=False, asks_words=True)


@dataclass
class Motion:
    """A motion waits for its body from ``since``; what was done with it is written down in ``done``."""

    body_id: int
    title: str
    since: date = date(2026, 11, 2)
    at_once: bool = False
    authors: frozenset = frozenset()
    problem: str = ""
    settled: str = ""
    broken: str = ""
    waits: bool = True
    done: list = field(default_factory=list)


class Motions(kinds.Kind):
    key = "tests.motion"
    label = "Motion"
    outcomes = (CARRY, REFER)

    def __init__(self):
        self.rows: dict[int, Motion] = {}

    def waiting(self, body, today):
        mine = [(pk, row) for pk, row in self.rows.items() if row.body_id == body.pk and row.waits]
        return [
            kinds.Waiting(thing_id=pk, title=row.title, since=row.since, at_once=row.at_once)
            for pk, row in mine
        ]

    def standings(self, numbers, today):
        known = {pk: self.rows[pk] for pk in numbers if pk in self.rows}
        return {
            pk: kinds.Standing(
                title=row.title,
                asked="To carry a motion",
                reference=f"M-{pk}",
                authors=row.authors,
                barred="You moved it, so somebody else decides it.",
                problem=row.problem,
                settled=row.settled,
                outcomes=() if row.problem or row.settled else (CARRY, REFER),
                recorded=bool(row.done) and row.done[-1][0] == "recorded",
            )
            for pk, row in known.items()
        }

    def front_sheets(self, numbers, today):
        return {
            pk: kinds.FrontSheet(
                title=self.rows[pk].title,
                asked="To carry a motion",
                facts=(("Moved by", "A member"),),
                settled=self.rows[pk].settled,
            )
            for pk in numbers
            if pk in self.rows
        }

    def record(self, number, *, actor, today, answer):
        self.rows[number].done.append(("recorded", answer))

    def confirm(self, number, *, actor, today, reference):
        if self.rows[number].broken:
            raise ValidationError(self.rows[number].broken)
        self.rows[number].done.append(("confirmed", reference))

    def dispute(self, number, *, actor, today, reason):
        self.rows[number].done.append(("disputed", reason))


def make_committee(**overrides):
    """A body that decides in meetings: secretary, chair, three members; a quorum of two."""
    members = overrides.pop("members", None) or [make_person(user=True) for _number in range(3)]
    values = {"quorum": 2, "ratifies_by": "meeting", "short_name": "pg"}
    return make_body(
        members=members,
        chair=make_person(user=True),
        secretary=make_person(user=True),
        **{**values, **overrides},
    )


def make_meeting(body=None, meets_on=MET, **overrides) -> BodyMeeting:
    return BodyMeeting.objects.create(body=body or make_committee(), meets_on=meets_on, **overrides)


def people_in(body, capacity):
    """The people who hold ``capacity`` in ``body``, oldest first."""
    seats = body.memberships.filter(capacity=capacity).order_by("pk").select_related("person__user")
    return [seat.person for seat in seats]


def secretary_of(body):
    return people_in(body, "secretary")[0].user


def chair_of(body):
    return people_in(body, "chair")[0].user


def put(meeting, key, *numbers, today=MET):
    """On the agenda, on the day of the meeting unless said otherwise."""
    things = [(key, number) for number in numbers]
    return agenda.put_on(meeting, actor=secretary_of(meeting.body), today=today, things=things)


def said(item, outcome="carry", **values) -> recording.Said:
    return recording.Said(item_id=item.pk, outcome=outcome, **values)


def record(meeting, *answers, today=TODAY, present=None, actor=None, reference="PG/26/11"):
    """The secretary's entry; all members were present unless said otherwise."""
    return recording.record_minutes(
        meeting,
        actor=actor or secretary_of(meeting.body),
        today=today,
        reference=reference,
        present=people_in(meeting.body, "member") if present is None else present,
        said=list(answers),
    )
