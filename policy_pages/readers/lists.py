"""Lists of people with their reading: a manager's line, the readers of one policy. A fixed number of queries each."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kernel.organisation import people
from kernel.organisation.models import StaffProfile, Team
from policy_pages.models import Acknowledgement, PolicyVersion
from policy_pages.readers.asked import Count, Standing, standings
from policy_pages.readers.reminding import told_today


@dataclass(frozen=True)
class Open:
    """One policy that somebody has still to read."""

    policy_id: int
    title: str
    number: str
    reference: str
    due: date
    late: bool


@dataclass(frozen=True)
class Member:
    """One person of a line: ``read`` of ``asked`` policies, and what is left, late first."""

    person: StaffProfile
    away: bool
    asked: int
    left: tuple[Open, ...]
    signs_in: bool
    reminded: bool

    @property
    def read(self) -> int:
        return self.asked - len(self.left)

    @property
    def to_read(self) -> int:
        return len(self.left)

    @property
    def late(self) -> int:
        return sum(item.late for item in self.left)

    @property
    def may_be_reminded(self) -> bool:
        return bool(self.left) and self.signs_in and not self.reminded


@dataclass(frozen=True)
class OfTeam:
    name: str
    agency: str
    count: Count


def line_of(manager: StaffProfile, today) -> list[Member]:
    """Everybody whom ``manager`` manages today, by name."""
    line = list(people.reports_of(manager, today).select_related("user").order_by("name", "pk"))
    if not line:
        return []
    keys = [person.pk for person in line]
    rows, away, told = (
        _by_person(standings(today, people=keys)),
        people.absent(keys, today),
        told_today(keys, today),
    )
    texts = _texts({row.text_id for each in rows.values() for row in each if not row.done})
    return [_member(person, rows[person.pk], texts, away, told, today) for person in line]


def sum_of(line: list[Member]) -> Count:
    """People, not policies: asked for anything, with nothing left, with something late."""
    asked = [row for row in line if row.asked]
    return Count(len(asked), sum(not row.left for row in asked), sum(row.late > 0 for row in asked))


def of_policy(policy_id: int, today) -> list[Standing]:
    return standings(today, policies=[policy_id])


def count_of(rows: list[Standing], today) -> Count:
    late = sum(not row.done and row.due < today for row in rows)
    return Count(len(rows), sum(row.done for row in rows), late)


def by_team(rows: list[Standing], today) -> list[OfTeam]:
    found = defaultdict(list)
    for row in rows:
        found[row.team_id].append(row)
    teams = Team.objects.filter(pk__in=found).select_related("agency")
    return [
        OfTeam(team.name, team.agency.name, count_of(found[team.pk], today))
        for team in teams.order_by("agency__name", "path")
    ]


def late(rows: list[Standing], today) -> list[Standing]:
    """Longest late first."""
    return sorted(
        (row for row in rows if not row.done and row.due < today), key=lambda row: (row.due, row.person_id)
    )


def named(rows: list[Standing]) -> list[tuple[Standing, StaffProfile, Team]]:
    persons = StaffProfile.objects.in_bulk([row.person_id for row in rows])
    teams = Team.objects.in_bulk({row.team_id for row in rows})
    return [(row, persons[row.person_id], teams[row.team_id]) for row in rows]


def cells(rows: list[Standing], policy_id: int, today) -> Iterator[dict]:
    """One row a person for a spreadsheet."""
    persons = dict(_who(rows))
    teams = dict(Team.objects.values_list("pk", "name"))
    read = _read(policy_id)
    for row in sorted(rows, key=lambda row: persons[row.person_id]):
        name, agency = persons[row.person_id]
        major, minor, read_on, how = read.get(row.person_id, ("", "", None, ""))
        yield {
            "name": name,
            "agency": agency,
            "team": teams[row.team_id],
            "state": _state(row, today),
            "due": row.due,
            "version": f"{major}.{minor}" if how else "",
            "read_on": read_on,
            "how": str(Acknowledgement(how=how).get_how_display()) if how else "",
        }


def _who(rows) -> Iterator[tuple[int, tuple[str, str]]]:
    people_of = StaffProfile.objects.values_list("pk", "name", "agency__name")
    wanted = {row.person_id for row in rows}
    return ((pk, (name, agency)) for pk, name, agency in people_of.iterator() if pk in wanted)


def _read(policy_id: int) -> dict[int, tuple]:
    """By person the newest version that was confirmed."""
    rows = Acknowledgement.objects.filter(version__policy=policy_id).order_by("version_id")
    columns = ("person_id", "version__major", "version__minor", "read_on", "how")
    return {person: rest for person, *rest in rows.values_list(*columns)}


def _state(row: Standing, today) -> str:
    if row.done:
        return _("read")
    return _("late") if row.due < today else _("to read")


def _by_person(rows) -> dict[int, list[Standing]]:
    found = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


def _texts(wanted: set[int]) -> dict[int, PolicyVersion]:
    rows = PolicyVersion.objects.filter(pk__in=wanted).only("title", "reference", "major", "minor")
    return {row.pk: row for row in rows}


def _member(person, rows, texts, away, told, today) -> Member:
    left = sorted((row for row in rows if not row.done), key=lambda row: (row.due, row.policy_id))
    user = person.user
    return Member(
        person=person,
        away=person.pk in away,
        asked=len(rows),
        left=tuple(_open(row, texts[row.text_id], today) for row in left),
        signs_in=user is not None and user.is_active and bool(user.email),
        reminded=str(person.pk) in told,
    )


def _open(row: Standing, text, today) -> Open:
    return Open(row.policy_id, text.title, text.number, text.reference, row.due, row.due < today)
