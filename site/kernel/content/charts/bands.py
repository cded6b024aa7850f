"""Bands on a time line: when which version counted."""

from dataclasses import dataclass
from datetime import date, timedelta

from kernel.content.charts.drawing import Box, Drawing, Mark, Stroke, Words, length, within

BAR, TOP, LINE = 28, 20, 20


@dataclass(frozen=True)
class Band:
    """``until`` is its last day, None for the one that counts still; ``kind`` is good for that one, else closed."""

    label: str
    since: date
    until: date | None
    kind: str


def bands(rows: list[Band], width: int, *, today: date, words: str, mark: str) -> Drawing:
    """Today is a rule; ``words`` with their ``mark`` say beneath what comes next, such as the review's day."""
    first = min(row.since for row in rows)
    last = max([today, first + timedelta(days=30), *(row.since for row in rows)])
    days = (last - first).days

    def at(day: date) -> int:
        return round((width - 2) * (day - first).days / days)

    boxes, labels, ends = [], [], [0]
    for row in rows:
        x, end = at(row.since), at(row.until or last)
        boxes.append(Box(x, TOP, max(end - x - 1, 3), BAR, row.kind))
        if row.until is None and end - x > 12:
            boxes.append(Box(x + 4, TOP + 4, end - x - 9, BAR - 8, "edge"))
        _label(labels, ends, row.label, x, max(end - x, 3), width)
    foot = TOP + BAR + LINE * len(ends) + 4
    now = at(today)
    strokes = (Stroke(((now, TOP - 4), (now, TOP + BAR + 4)), "today"),)
    labels += [Words(0, 14, f"{first.year}"), Words(22, foot + 12, within(words, width - 22))]
    if last.year > first.year:
        labels.append(Words(width, 14, f"{last.year}", "end"))
    return Drawing(width, foot + 20, tuple(boxes), strokes, (Mark(8, foot + 7, mark),), tuple(labels))


def _label(labels, ends, text: str, x: int, wide: int, width: int) -> None:
    """Beneath its band, on the first line where it meets no other."""
    left = max(0, min(x, width - length(text)))
    line = next((n for n, end in enumerate(ends) if end <= left), len(ends))
    ends[line : line + 1] = [left + length(text) + 6]
    labels.append(Words(left, TOP + BAR + LINE * (line + 1) - 4, text))
