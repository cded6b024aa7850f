"""What somebody asks of the register, and the shape of that question: all of it but the values."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.contrib.auth import get_user_model

from kernel.accounts.facts import facts_of
from kernel.lifecycle import review
from kernel.lifecycle.seats import seats_of
from kernel.lifecycle.waiting import SEATED
from kernel.organisation.asking import asking
from policy_pages import reading

REPORT_LATE = "report-late"


@dataclass(frozen=True)
class Asked:
    """What the register is narrowed to and sorted by; all empty is everything by title."""

    words: str = ""
    topic: str = ""
    document_type: str = ""
    body: str = ""
    standing: str = ""
    due_within: str = ""
    keeper: str = ""
    look: str = ""
    owner: str = ""
    ratified: str = ""
    month: date | None = None
    sort: str = "title"
    down: bool = False


EVERYTHING = Asked()


@dataclass(frozen=True)
class Asking:
    """Who asks, with what decides about drafts: ``person_id`` as owner or deputy, ``bodies`` in which they sit."""

    user: object
    reader: reading.Reader
    person_id: int | None = None
    bodies: frozenset[int] = frozenset()
    empowered: bool = True


@dataclass(frozen=True)
class Days:
    """The days that a question names, each worked out before it is asked."""

    today: date
    soon: date
    within: date | None = None
    month_first: date | None = None
    month_last: date | None = None


def days_of(asked: Asked, today) -> Days:
    within = review.add_months(today, int(asked.due_within)) if asked.due_within else None
    soon = review.soon_until(today)
    if asked.month is None:
        return Days(today, soon, within)
    # What is overdue has to be reviewed now: it stands in the month of today.
    first = date.min if asked.month == today.replace(day=1) else asked.month
    return Days(today, soon, within, first, review.add_months(asked.month, 1) - timedelta(days=1))


@dataclass(frozen=True)
class Shape:
    """What of a question decides its SQL: whose, without who it is, and how narrowed, without the values."""

    person: bool
    bodies: int
    reader: reading.Reader
    asked: Asked

    GIVEN = ("topic", "document_type", "body", "owner", "ratified")
    KINDS = (int, int, date, date, date, date, date, str, str, int, int, int)

    @classmethod
    def of(cls, who: Asking, asked: Asked) -> "Shape | None":
        """None where the SQL holds more than values: drafts by rights on pages, words, reports that are late."""
        if who.empowered or asked.words or asked.look == REPORT_LATE:
            return None
        blank = {name: "1" for name in cls.GIVEN if getattr(asked, name)}
        blank |= {"month": date.min} if asked.month else {}
        reader = replace(who.reader, groups_asked=() if who.reader.groups_asked else None)
        return cls(who.person_id is not None, len(who.bodies), reader, replace(asked, **blank))

    @staticmethod
    def values(who: Asking, asked: Asked, days: Days) -> list:
        numbers = [int(value) if value else None for value in (asked.body, asked.owner, asked.ratified)]
        return [
            who.user.pk,
            who.person_id,
            *(days.today, days.soon, days.within, days.month_first, days.month_last),
            *(asked.topic, asked.document_type),
            *numbers,
            *sorted(who.bodies),
        ]

    def filled(self, values) -> tuple[Asking, Asked, Days]:
        user, person, *rest = values[:12]
        days = Days(*rest[:5])
        asked = self.asked
        for name, value in zip(self.GIVEN, rest[5:], strict=True):
            asked = replace(asked, **{name: value}) if getattr(asked, name) else asked
        account = get_user_model()(pk=user)
        groups = (account, days.today) if self.reader.groups_asked is not None else None
        reader = replace(self.reader, groups_asked=groups)
        bodies = frozenset(values[12 : 12 + self.bodies])
        return Asking(account, reader, person if self.person else None, bodies, empowered=False), asked, days


def asking_of(request, today) -> Asking:
    """Whoever sends ``request``, as one who asks for policies."""
    reader, known = reading.reader_asking(request, today), asking(request, today)
    bodies: frozenset[int] = frozenset()
    if facts_of(request, today).get(SEATED, True):
        bodies = frozenset(seat.body_id for seat in seats_of(request.user, today))
    return Asking(request.user, reader, known.person_id, bodies, known.empowered)
