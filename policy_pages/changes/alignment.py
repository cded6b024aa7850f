"""Which words of two texts are the same, in bounded time: the shortest list of edits (E. W. Myers, 1986).

It costs the length times the number of edits, so a long text with two words changed is quick and so is one that
repeats itself. What would cost more than ``Effort`` allows is compared in sentences, and then as a whole.
"""

from bisect import bisect_left
from collections import Counter
from typing import NamedTuple

# A step is less than half a microsecond: what one comparison may take of a page's share, and the share.
MOST_STEPS, ALL_STEPS = 200_000, 800_000
# Few edits in a long text are found within so many steps, word by word; otherwise sentences are compared first.
QUICK_STEPS = 60_000
LONG = 400
# So few words may have stayed by chance.
BY_CHANCE = 4
# Of changed text in both versions, markup and all: about 90,000 words.
ALL_LETTERS = 1_200_000


class Run(NamedTuple):
    """``length`` things from ``old`` on that are the same from ``new`` on."""

    old: int
    new: int
    length: int


class Effort:
    """The steps that one page has left for all its comparisons, and the letters that it still reads."""

    def __init__(self, steps: int = ALL_STEPS, letters: int = ALL_LETTERS):
        self.left, self.letters = steps, letters

    def may_read(self, letters: int) -> bool:
        if letters > self.letters:
            return False
        self.letters -= letters
        return True


class Alignment(NamedTuple):
    """``coarse``: some words were not compared one by one."""

    runs: list[Run]
    coarse: bool


def align(old, new, effort: Effort) -> Alignment:
    """The words that stayed, of two ``words.Text``."""
    is_long = max(len(old.words), len(new.words)) > LONG
    found = same_runs(old.words, new.words, effort, QUICK_STEPS if is_long else MOST_STEPS)
    if found.coarse and is_long:
        found = _by_sentences(old, new, effort)
    return Alignment(tidy(found.runs, len(old.words), len(new.words)), found.coarse)


def same_runs(old, new, effort: Effort, most: int = MOST_STEPS) -> Alignment:
    """Runs of equal things in order; between equal ends nothing, when finding it would take more than there is."""
    head, tail = _same_ends(old, new)
    middle = _shortest(old[head : len(old) - tail], new[head : len(new) - tail], effort, most)
    runs = [Run(0, 0, head)] if head else []
    runs += [Run(run.old + head, run.new + head, run.length) for run in middle or ()]
    if tail:
        runs.append(Run(len(old) - tail, len(new) - tail, tail))
    return Alignment(joined(runs), middle is None)


def joined(runs: list[Run]) -> list[Run]:
    """Runs that touch on both sides are one."""
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        if last and (last.old + last.length, last.new + last.length) == (run.old, run.new):
            found[-1] = last._replace(length=last.length + run.length)
        else:
            found.append(run)
    return found


def gaps(runs: list[Run], old: int, new: int) -> list[tuple[int, int, int, int]]:
    """What lies between runs of texts of those lengths: (from, to) in the old one, (from, to) in the new one."""
    found, at_old, at_new = [], 0, 0
    for run in [*runs, Run(old, new, 0)]:
        if run.old > at_old or run.new > at_new:
            found.append((at_old, run.old, at_new, run.new))
        at_old, at_new = run.old + run.length, run.new + run.length
    return found


def tidy(runs: list[Run], old: int, new: int) -> list[Run]:
    """Without the words that stayed by chance between larger edits on both sides: they make a text unreadable."""
    kept: list[Run] = []
    for place, run in enumerate(runs):
        before = kept[-1] if kept else Run(0, 0, 0)
        after = runs[place + 1] if place + 1 < len(runs) else Run(old, new, 0)
        edits = min(_edit(before, run), _edit(run, after))
        if run.length > BY_CHANCE or edits < 2 * run.length:
            kept.append(run)
    return kept


def _edit(before: Run, after: Run) -> int:
    return max(after.old - before.old - before.length, after.new - before.new - before.length)


def _same_ends(old, new) -> tuple[int, int]:
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-tail - 1] == new[-tail - 1]:
        tail += 1
    return head, tail


def _shortest(old, new, effort: Effort, most: int) -> list[Run] | None:
    """Row by row how far each diagonal reaches with one edit more; then the way back from the end."""
    if not old or not new:
        return []
    length, width = len(old), len(new)
    rows: list[tuple[int, list[int]]] = []
    most = steps = min(most, effort.left)
    for edits in range(length + width + 1):
        low = -edits + 2 * max(0, edits - width)
        high = edits - 2 * max(0, edits - length)
        row = []
        for diagonal in range(low, high + 1, 2):
            start = at = _reached(rows, edits, diagonal, length, width)
            while 0 <= at < length and at - diagonal < width and old[at] == new[at - diagonal]:
                at += 1
            steps -= 1 + at - start
            row.append(at)
            if at == length and at - diagonal == width:
                effort.left -= most - steps
                return _way_back([*rows, (low, row)], length, width)
        if steps < 0:
            break
        rows.append((low, row))
    effort.left -= most - steps
    return None


def _reached(rows, edits: int, diagonal: int, length: int, width: int) -> int:
    """Where a diagonal begins with so many edits: one removed or one added after the row before; -1 is nowhere."""
    if not edits:
        return 0
    low, row = rows[edits - 1]
    place = (diagonal - 1 - low) // 2
    removed = row[place] + 1 if 0 <= place < len(row) and 0 <= row[place] < length else -1
    place += 1
    added = row[place] if 0 <= place < len(row) else -1
    if added - diagonal > width:
        added = -1
    return max(removed, added)


def _way_back(rows, length: int, width: int) -> list[Run]:
    runs, at, diagonal = [], length, length - width
    for edits in range(len(rows) - 1, -1, -1):
        start = _reached(rows, edits, diagonal, length, width)
        if at > start:
            runs.append(Run(start, start - diagonal, at - start))
        if not edits:
            break
        low, row = rows[edits - 1]
        place = (diagonal - 1 - low) // 2
        was_removed = 0 <= place < len(row) and row[place] >= 0 and row[place] + 1 == start
        at, diagonal = (start - 1, diagonal - 1) if was_removed else (start, diagonal + 1)
    return runs[::-1]


def _by_sentences(old, new, effort: Effort) -> Alignment:
    """Equal sentences first; the words of what lies between them after that."""
    numbers: dict[tuple, int] = {}
    edges, keys = [], []
    for text in (old, new):
        found = text.sentences()
        edges.append([start for start, _end in found] + [len(text.words)])
        keys.append([numbers.setdefault(text.words[start:end], len(numbers)) for start, end in found])
    runs, coarse = [], False
    whole = same_runs(*keys, effort, QUICK_STEPS)
    for run in anchors(*keys) if whole.coarse else whole.runs:
        start = edges[0][run.old]
        runs.append(Run(start, edges[1][run.new], edges[0][run.old + run.length] - start))
    for a, b, c, d in gaps(list(runs), len(old.words), len(new.words)):
        inner = same_runs(old.words[a:b], new.words[c:d], effort)
        coarse = coarse or inner.coarse
        runs += [Run(run.old + a, run.new + c, run.length) for run in inner.runs]
    return Alignment(joined(sorted(runs)), coarse)


def anchors(old, new) -> list[Run]:
    """Runs round the things that stand once in each, in linear time: what is left when edits are too many."""
    counts = Counter(old), Counter(new)
    places = {thing: place for place, thing in enumerate(new)}
    once = [
        (place, places[thing])
        for place, thing in enumerate(old)
        if counts[0][thing] == 1 and counts[1][thing] == 1
    ]
    runs: list[Run] = []
    for a, b in longest_rising(once, side=1):
        last = runs[-1] if runs else Run(0, 0, 0)
        ends = last.old + last.length, last.new + last.length
        if a < ends[0] or b < ends[1]:
            continue
        start = 0
        while a - start > ends[0] and b - start > ends[1] and old[a - start - 1] == new[b - start - 1]:
            start += 1
        length = start + 1
        while a - start + length < len(old) and b - start + length < len(new):
            if old[a - start + length] != new[b - start + length]:
                break
            length += 1
        runs.append(Run(a - start, b - start, length))
    return joined(runs)


def longest_rising(pairs: list[tuple[int, int]], side: int) -> list[tuple[int, int]]:
    """Of pairs in the order of one side, as many as possible that rise on the other one, ``side``."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for place, pair in enumerate(pairs):
        at = bisect_left(tails, pair[side])
        before.append(last[at - 1] if at else None)
        tails[at : at + 1], last[at : at + 1] = [pair[side]], [place]
    found, place = [], last[-1] if last else None
    while place is not None:
        found.append(pairs[place])
        place = before[place]
    return found[::-1]
