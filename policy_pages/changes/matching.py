"""Which block of the old text became which of the new one: by permanent id, then by number and likeness of words."""

from collections import Counter, defaultdict
from typing import NamedTuple

from policy_pages.changes.alignment import longest_rising
from policy_pages.changes.words import TOKEN, read
from policy_pages.enums import Force

# Alike enough to be the same: with the same number, and without.
SAME_NUMBER, ANYWHERE = 0.4, 0.6
# A word that more blocks share tells nothing; of those that share one so many are compared.
COMMON, CANDIDATES = 12, 6


class Matches(NamedTuple):
    """Numbers in the two lists: (old, new) pairs in the order of the new text, and what has no partner."""

    pairs: list[tuple[int, int]]
    gone: list[int]
    come: list[int]


def match(old: list[dict], new: list[dict]) -> Matches:
    found: dict[int, int] = {}
    _by_key(old, new, found, lambda block: (block["type"], block["id"]))
    _by_key(old, new, found, lambda block: (block["type"], block.get("number"), words_of(block)))
    _by_key(old, new, found, lambda block: (block["type"], words_of(block)))
    _by_likeness(old, new, found)
    pairs = sorted(((a, b) for b, a in found.items()), key=lambda pair: pair[1])
    taken = set(found.values())
    gone = [place for place in range(len(old)) if place not in taken]
    return Matches(pairs, gone, [place for place in range(len(new)) if place not in found])


def moved(pairs: list[tuple[int, int]]) -> set[int]:
    """The new places of blocks that left their order: as few as explain it."""
    return {b for _a, b in pairs} - {b for _a, b in longest_rising(pairs, side=0)}


def words_of(block: dict) -> str:
    """All words of a block that a reader sees, its number left out."""
    kept = block.get("text")
    if kept is not None:
        return f"{block.get('heading', '')} {kept}".strip()
    return " ".join(
        _words(value) for key, value in block.items() if key not in ("id", "type", "number", "kind")
    )


def _words(value) -> str:
    if isinstance(value, str):
        return " ".join(read(value).words) if "<" in value else value
    if isinstance(value, dict):
        return " ".join(_words(inner) for inner in value.values())
    if isinstance(value, list):
        return " ".join(_words(inner) for inner in value)
    return ""


def _by_key(old, new, found, key_of):
    """Pairs of equal keys, first with first, among what has no partner yet."""
    free = defaultdict(list)
    taken = set(found.values())
    for place, block in enumerate(old):
        if place not in taken:
            free[key_of(block)].append(place)
    for place, block in enumerate(new):
        waiting = free.get(key_of(block)) if place not in found else None
        if waiting:
            found[place] = waiting.pop(0)


def _by_likeness(old, new, found):
    """The most alike first; each block once. Blocks that share a rare word or a number are compared, no others."""
    taken = set(found.values())
    bags = {a: _bag(old[a]) for a in range(len(old)) if a not in taken}
    holders = _holders(old, bags)
    rows = []
    for b in range(len(new)):
        if b not in found:
            bag = _bag(new[b])
            near = _candidates(new[b], bag, holders)
            rows += [(_alike(old[a], new[b], bags[a], bag), -abs(a - b), a, b) for a in near]
    for alike, _near, a, b in sorted(rows, reverse=True):
        if alike and a not in taken and b not in found:
            found[b] = a
            taken.add(a)


def _bag(block) -> Counter:
    """The words that carry meaning; "you must not" makes no two clauses alike."""
    words = TOKEN.findall(words_of(block).lower())
    return Counter(word for word in words if len(word) > 3 and word not in (Force.MUST, Force.SHOULD))


def _holders(old, bags) -> dict:
    holders = defaultdict(list)
    for a, bag in bags.items():
        for word in bag:
            holders[old[a]["type"], word].append(a)
        holders[old[a]["type"], "number", old[a].get("number")].append(a)
    return holders


def _candidates(block, bag, holders) -> list[int]:
    kind = block["type"]
    numbered = holders.get((kind, "number", block.get("number")), []) if block.get("number") else []
    shared = Counter()
    for word in bag:
        found = holders.get((kind, word), ())
        if len(found) <= COMMON:
            shared.update(found)
    return list(dict.fromkeys([*numbered[:1], *(a for a, _n in shared.most_common(CANDIDATES))]))


def _alike(old, new, old_bag, new_bag) -> float:
    """Nothing below what makes two blocks one; an equal number counts for something."""
    alike = likeness(old_bag, new_bag)
    same_number = bool(old.get("number")) and old.get("number") == new.get("number")
    if alike < (SAME_NUMBER if same_number else ANYWHERE):
        return 0.0
    return alike + (0.2 if same_number else 0.0)


def likeness(old: Counter, new: Counter) -> float:
    """From 0 to 1: the words that two bags share, of all their words."""
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 0.0
