"""Months by bodies: what is due, beside what the body can take. On a phone one body after another, months down."""

from dataclasses import dataclass

from kernel.content.charts.drawing import NARROW, Box, Drawing, Mark, Words, length, within

IN_A_ROW, HIGH, HEAD, ROW, NAME = 12, 40, 28, 24, 22


@dataclass(frozen=True)
class Load:
    """One month of one body; ``words`` is "5" or "12/8". ``kind`` is good, or late where it is too much."""

    month: str
    year: str
    value: int
    words: str
    kind: str


def load(bodies: list[tuple[str, list[Load]]], width: int) -> Drawing:
    return _down(bodies, width) if width <= NARROW else _across(bodies, width)


def _across(bodies, width: int) -> Drawing:
    """Twelve months a row; years beneath each other."""
    most = max((one.value for _name, months in bodies for one in months), default=0) or 1
    step, boxes, marks, words, y = width // IN_A_ROW, [], [], [], 0
    for name, months in bodies:
        words.append(Words(0, y + 16, within(name, width), bold=True))
        y += NAME
        for start in range(0, len(months), IN_A_ROW):
            for place, one in enumerate(months[start : start + IN_A_ROW]):
                _column(boxes, marks, words, one, place * step, y, step, most)
                if not place or one.year != months[start + place - 1].year:
                    words.append(
                        Words(place * step + step // 2, y + HIGH + HEAD + 26, one.year, "middle", True)
                    )
            y += 20 + HIGH + HEAD + 14
        y += 8
    return Drawing(width, max(y, 1), tuple(boxes), (), tuple(marks), tuple(words))


def _column(boxes, marks, words, one, x, y, step, most) -> None:
    """A bar that stands on the month's name, its number above."""
    foot, middle = y + 20 + HIGH, x + step // 2
    high = max(3, HIGH * one.value // most) if one.value else 0
    if high:
        boxes.append(Box(x + step // 4, foot - high, step // 2, high, one.kind))
    if one.kind == "late":
        marks.append(Mark(middle - length(one.words) // 2 - 8, foot - high - 9, "late"))
    words.append(Words(middle + (4 if one.kind == "late" else 0), foot - high - 4, one.words, "middle"))
    words.append(Words(middle, foot + 18, one.month, "middle"))


def _down(bodies, width: int) -> Drawing:
    """Only months in which something is due: a phone is not to be scrolled past nothing."""
    most = max((one.value for _name, months in bodies for one in months), default=0) or 1
    boxes, marks, words, y = [], [], [], 0
    for name, months in bodies:
        words.append(Words(0, y + 16, within(name, width), bold=True))
        y += NAME
        for one in (one for one in months if one.value):
            boxes.append(Box(78, y + 4, max(3, (width - 160) * one.value // most), 16, one.kind))
            end = boxes[-1].x + boxes[-1].width + 8
            if one.kind == "late":
                marks.append(Mark(end + 8, y + 12, "late"))
            words.append(Words(0, y + 17, f"{one.month} {one.year}"))
            words.append(Words(end + (20 if one.kind == "late" else 0), y + 17, one.words))
            y += ROW
        y += 10
    return Drawing(width, max(y, 1), tuple(boxes), (), tuple(marks), tuple(words))
