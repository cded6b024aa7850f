"""One bar in parts, each with its shape in it, and shape, number and words beneath it."""

from dataclasses import dataclass

from kernel.content.charts.drawing import Box, Drawing, Mark, Words, length, shares

BAR, GAP, LINE, SIGN = 24, 2, 24, 22


@dataclass(frozen=True)
class Part:
    words: str
    value: int
    kind: str


def stacked(parts: list[Part], width: int) -> Drawing:
    """Parts of nothing are left out; two words that would meet stand on lines of their own."""
    parts = [part for part in parts if part.value]
    widths = shares([part.value for part in parts], width - GAP * max(len(parts) - 1, 0))
    boxes, marks, words, ends, x = [], [], [], [], 0
    for part, wide in zip(parts, widths, strict=True):
        boxes.append(Box(x, 0, wide, BAR, part.kind))
        if wide >= SIGN:
            marks.append(Mark(x + wide // 2, BAR // 2, part.kind, on=True))
        text = f"{part.value} {part.words}"
        left = max(0, min(x, width - SIGN - length(text)))
        line = next((n for n, end in enumerate(ends) if end <= left), len(ends))
        ends[line : line + 1] = [left + SIGN + length(text) + 8]
        y = BAR + LINE * (line + 1)
        marks.append(Mark(left + 8, y - 5, part.kind))
        words.append(Words(left + SIGN, y, text))
        x += wide + GAP
    height = BAR + LINE * max(len(ends), 1) + 6
    return Drawing(width, height, tuple(boxes), (), tuple(marks), tuple(words))
