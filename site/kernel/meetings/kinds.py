"""What an item of an agenda can be. An app registers a handler for each of its kinds when it is ready.

Questions are asked for many at once and answer by number; a thing that the handler does not know is left out and
counts as gone. Acts are called one by one inside the transaction of one service: a handler that raises undoes all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.safestring import SafeString


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One answer that a meeting can give. ``judges``: it takes a quorum of those who may decide the thing."""

    key: str
    label: str
    consequence: str = ""
    judges: bool = True
    asks_day: bool = False
    asks_words: bool = False
    asks_conditions: bool = False


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A thing that waits for a body, since a day. ``at_once``: it does not wait until papers close."""

    thing_id: int
    title: str
    since: date
    at_once: bool = False


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What an agenda says of a thing today. ``problem``: why no decision on it can be recorded or confirmed.

    ``authors`` are logins that may not decide it, ``barred`` says to them why, ``apart`` people who said so of
    themselves; ``people`` those who come to mind when something is left to do. ``recorded``: a record of it waits to
    be confirmed. ``settled``: what a meeting decided and under which minute; while it says so, no agenda asks for it.
    """

    title: str
    asked: str
    address: str = ""
    reference: str = ""
    facts: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    authors: frozenset[int] = frozenset()
    barred: str = ""
    apart: frozenset[int] = frozenset()
    people: tuple[tuple[int, str], ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    problem: str = ""
    recorded: bool = False
    settled: str = ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A heading of a front sheet with what stands under it, made by a template of the handler's app."""

    heading: str
    html: SafeString


@dataclass(frozen=True, kw_only=True)
class FrontSheet:
    title: str
    asked: str
    reference: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    parts: tuple[Part, ...] = ()
    problem: str = ""
    settled: str = ""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """Something to be done before the thing goes on: what, by whom, by when."""

    words: str
    person_id: int
    name: str
    due: date


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the minutes say of one thing. ``present``: people who were there and took part in it."""

    meeting_on: date
    outcome: str
    minute_reference: str
    present: list = field(default_factory=list)
    took_no_part: list = field(default_factory=list)
    in_force_from: date | None = None
    statement: str = ""
    conditions: list[Condition] = field(default_factory=list)


class Kind:
    """A handler. ``key`` never changes; it is at most 40 signs long. ``outcomes``: all that it may ever offer.

    ``styles`` are the style sheets, by their static names, with which its front sheets are shown on a page.
    """

    key: str = ""
    label: Any = ""
    outcomes: tuple[Outcome, ...] = ()
    styles: tuple[str, ...] = ()

    def waiting(self, body, today: date) -> list[Waiting]:
        """What waits for the body to meet, oldest first."""
        raise NotImplementedError

    def standings(self, numbers: Iterable[int], today: date) -> dict[int, Standing]:
        """By number, in a fixed number of queries."""
        raise NotImplementedError

    def front_sheets(self, numbers: Iterable[int], today: date) -> dict[int, FrontSheet]:
        """What the paper pack says of each, in a fixed number of queries."""
        raise NotImplementedError

    def record(self, number: int, *, actor, today: date, answer: Answer) -> None:
        """Record what the meeting decided. Raises as every service does."""
        raise NotImplementedError

    def confirm(self, number: int, *, actor, today: date, reference: str) -> None:
        """Confirm what was recorded under that minute reference: the decision is carried out."""
        raise NotImplementedError

    def dispute(self, number: int, *, actor, today: date, reason: str) -> None:
        """Return the record; the thing waits for the body again."""
        raise NotImplementedError

    def picture(self, address: str) -> tuple[bytes, str] | None:
        """A file of ours that a front sheet shows, with its media type; None for any other address."""
        return None


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Called in ``AppConfig.ready``; the same handler may be registered again."""
    if not kind.key or type(KINDS.get(kind.key, kind)) is not type(kind):
        raise ValueError(f"two kinds of agenda items are called {kind.key!r}")
    KINDS[kind.key] = kind


def in_order() -> list[Kind]:
    return [KINDS[key] for key in sorted(KINDS)]


def waiting(body, today: date) -> list[tuple[Kind, Waiting]]:
    """Whatever waits for the body, of every kind; an empty list without any."""
    return [(kind, row) for kind in in_order() for row in kind.waiting(body, today)]


def standings(items, today: date) -> dict[int, Standing]:
    """By item; an item whose thing or handler is gone has none."""
    return _by_item(items, lambda kind, numbers: kind.standings(numbers, today))


def front_sheets(items, today: date) -> dict[int, FrontSheet]:
    return _by_item(items, lambda kind, numbers: kind.front_sheets(numbers, today))


def _by_item(items, ask) -> dict:
    found = {}
    for kind in in_order():
        mine = [item for item in items if item.kind == kind.key]
        known = ask(kind, [item.thing_id for item in mine]) if mine else {}
        found |= {item.pk: known[item.thing_id] for item in mine if item.thing_id in known}
    return found
