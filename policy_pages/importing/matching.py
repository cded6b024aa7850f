"""Which block of a document is which block of the policy as it stands (S3-04).

First what has number and words in common, then the same words elsewhere, then the same number with words that are
like each other, then words that are like each other. A block pairs once and with one of its own type. The work
grows with the length of the texts, never with its square: words that many blocks have lead to no comparison.
"""

import json
import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from html import unescape

from policy_pages.importing.source import words_of

SAME, CHANGED, NEW, GONE = "same", "changed", "new", "gone"
#: What share of their words two blocks of one number must have in common, and two of different numbers.
ALIKE_BY_NUMBER, ALIKE = 0.35, 0.6
#: A word, or two words side by side, that more blocks have than this tells none of them apart.
TOO_COMMON = 12


TAG = re.compile(r"<[^<>]*>")
#: Of a frozen block, what is no word of its own; and what an author sets that no document carries.
NO_WORDS = ("id", "type", "number", "force", "level", "roles", "cadence", "file")
NO_LOOK = ("id", "number", "force", "roles", "cadence")


@dataclass(frozen=True)
class Side:
    """One block as it reads. ``key`` is its id, ``words`` are all that a reader sees of it, ``look`` has markup too.

    ``file`` is the digest of the picture of a figure.
    """

    key: str
    type: str
    number: str
    words: tuple[str, ...]
    look: str
    file: str


@dataclass(frozen=True)
class Row:
    """One line of the match. ``before`` is None for what is new, ``after`` for what is gone."""

    kind: str
    before: Side | None
    after: Side | None


def side_of(block: dict) -> Side:
    """A block of frozen content as one side of a match."""
    file = (block.get("file") or {}).get("sha256", "")
    seen = {name: part for name, part in block.items() if name not in NO_LOOK} | {"file": file}
    return Side(
        key=block["id"],
        type=block["type"],
        number=block.get("number") or "",
        words=tuple(_words(block)),
        look=json.dumps(seen, sort_keys=True),
        file=file,
    )


def pair(before: list[Side], after: list[Side]) -> dict[str, str]:
    """Id of the block as it stands, by the id of the block in the document."""
    pairs: dict[str, Side] = {}
    left = {side.key: side for side in before}
    for rule in (_number_and_look, _picture, _number_and_words, _look_alone, _words_alone):
        _pair_equal(left, after, pairs, rule)
    _pair_by_number(left, after, pairs)
    _pair_alike(left, after, pairs)
    return {key: side.key for key, side in pairs.items()}


def rows(before: list[Side], after: list[Side]) -> list[Row]:
    """The match to be shown, paired blocks having one id: in the order of ``after``, what is gone at its old place."""
    known, here = {side.key: side for side in before}, {side.key for side in after}
    gone, place = defaultdict(list), ""
    for side in before:
        if side.key in here:
            place = side.key
        else:
            gone[place].append(Row(GONE, side, None))
    found = gone[""]
    for side in after:
        old = known.get(side.key)
        found += [Row(_kind(old, side), old, side), *gone[side.key]]
    return found


def _kind(old: Side | None, new: Side) -> str:
    if old is None:
        return NEW
    return SAME if (old.words, old.look) == (new.words, new.look) else CHANGED


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """The share of words in common, each as often as it stands: 1 for the same words in any order."""
    if not one and not other:
        return 1.0
    common = sum((Counter(one) & Counter(other)).values())
    return 2 * common / (len(one) + len(other))


# --- pairing -------------------------------------------------------------------------------------------


def _number_and_look(side: Side) -> Hashable:
    return side.number, side.look


def _picture(side: Side) -> Hashable:
    """What a figure says about its picture may be the author's: the picture itself tells."""
    return (side.type, side.file) if side.file else side.key


def _look_alone(side: Side) -> Hashable:
    return side.look


def _number_and_words(side: Side) -> Hashable:
    return side.type, side.number, side.words


def _words_alone(side: Side) -> Hashable:
    return side.type, side.words


def _open(after: list[Side], pairs: dict[str, Side]) -> list[Side]:
    return [side for side in after if side.key not in pairs]


def _pair_equal(left, after, pairs, rule: Callable[[Side], Hashable]) -> None:
    """The first of one side with the first of the other, of all that are equal by ``rule``."""
    waiting: dict[Hashable, deque[Side]] = defaultdict(deque)
    for side in left.values():
        waiting[rule(side)].append(side)
    for side in _open(after, pairs):
        if waiting[rule(side)]:
            pairs[side.key] = waiting[rule(side)].popleft()
            del left[pairs[side.key].key]


def _pair_by_number(left, after, pairs) -> None:
    numbered: dict[Hashable, deque[Side]] = defaultdict(deque)
    for side in left.values():
        if side.number:
            numbered[side.type, side.number].append(side)
    for side in _open(after, pairs):
        found = numbered.get((side.type, side.number))
        if found and likeness(found[0].words, side.words) >= ALIKE_BY_NUMBER:
            pairs[side.key] = found.popleft()
            del left[pairs[side.key].key]


def _pair_alike(left, after, pairs) -> None:
    """The best first. Only blocks that share a mark which few have are looked at."""
    scored = sorted(_scored(left, _open(after, pairs)), key=lambda found: -found[0])
    for _score, before_key, after_key in scored:
        if before_key in left and after_key not in pairs:
            pairs[after_key] = left.pop(before_key)


def _scored(left, after) -> Iterator[tuple[float, str, str]]:
    having: dict[Hashable, list[str]] = defaultdict(list)
    for side in left.values():
        for mark in _marks(side):
            having[mark].append(side.key)
    for side in after:
        near = Counter(
            key for mark in _marks(side) if len(found := having.get(mark, ())) <= TOO_COMMON for key in found
        )
        for key, _shared in near.most_common(TOO_COMMON):
            score = likeness(left[key].words, side.words)
            if score >= ALIKE:
                yield score, key, side.key


def _marks(side: Side) -> set[Hashable]:
    """Each word, and each with the next: in a long text many blocks share a word, few share two in a row."""
    words = side.words
    return {(side.type, word) for word in words} | {
        (side.type, *two) for two in zip(words, words[1:], strict=False)
    }


def _words(value) -> Iterator[str]:
    """Every word of a frozen block, without its keys; of a clause, whose words stand twice, those as text."""
    if isinstance(value, str):
        yield from words_of(unescape(TAG.sub(" ", value)))
    elif isinstance(value, list):
        for part in value:
            yield from _words(part)
    elif isinstance(value, dict):
        twice = "html" in value and "text" in value
        for name, part in value.items():
            if name not in NO_WORDS and not (twice and name == "html"):
                yield from _words(part)
