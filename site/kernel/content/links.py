"""Things of other apps that a text may name: an app registers a kind, a text keeps kind and id and nothing else.

What a text says of the thing was frozen with it; where it leads and what is true of it today is asked for each reader.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from kernel.content.whole import whole


@dataclass(frozen=True)
class Link:
    """One thing as a reader may reach it. ``note``: what is true of it today, a short sentence; may be empty."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Kind:
    """``ask(ids, request, now)`` gives {id: Link} of those that whoever sends the request may reach; bulk.

    ``titles(ids)`` gives {id: title}, whoever asks: what a text freezes. ``options()`` gives (id, words) of all.
    ``in_texts``: whether the body of a text may name it; other forms may ask for it by its name.
    """

    label: str
    ask: Callable[[list[int], object, datetime], dict[int, Link]]
    titles: Callable[[list[int]], dict[int, str]]
    options: Callable[[], Iterable[tuple[int, str]]]
    in_texts: bool = True


KINDS: dict[str, Kind] = {}


def register(name: str, *, label: str, ask, titles, options, in_texts: bool = True) -> None:
    """Make ``name`` a kind of thing that texts may name; the name never changes. Called in ``AppConfig.ready``."""
    if name in KINDS and KINDS[name].ask is not ask:
        raise ValueError(f"two kinds of things are called {name}")
    KINDS[name] = Kind(label, ask, titles, options, in_texts)


def choices() -> list[tuple[str, str]]:
    """Everything that a text may name, as "kind:id" with its words."""
    return choices_of(name for name, kind in KINDS.items() if kind.in_texts)


def choices_of(kinds: Iterable[str]) -> list[tuple[str, str]]:
    """The things of those kinds alone, by their words; none of a kind that nobody registered."""
    rows = [
        (f"{name}:{pk}", f"{KINDS[name].label}: {words}")
        for name in kinds
        if name in KINDS
        for pk, words in KINDS[name].options()
    ]
    return sorted(rows, key=lambda row: row[1])


def parted(value: str) -> tuple[str, int] | None:
    """Kind and id of "kind:id"; None for anything else, a kind that nobody registered included."""
    kind, _colon, number = (value or "").partition(":")
    return (kind, whole(number)) if kind in KINDS and whole(number) else None


def title_of(kind: str, pk: int) -> str:
    """What a text freezes; empty when the thing is gone."""
    return KINDS[kind].titles([pk]).get(pk, "")


def links(wanted: Iterable[tuple[str, int]], request, now: datetime) -> dict[tuple[str, int], Link]:
    """Those of the things that this reader may reach; a fixed number of queries for each kind."""
    by_kind: dict[str, list[int]] = {}
    for kind, pk in dict.fromkeys(wanted):
        if kind in KINDS:
            by_kind.setdefault(kind, []).append(pk)
    return {
        (kind, pk): link
        for kind, ids in by_kind.items()
        for pk, link in KINDS[kind].ask(ids, request, now).items()
    }
