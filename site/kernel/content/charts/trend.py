"""One line through points in time, with its target."""

from dataclasses import dataclass

from kernel.content.charts.drawing import NARROW, Drawing, Mark, Stroke, Words, length

TOP, HIGH, FOOT, LEFT = 24, 140, 28, 48


@dataclass(frozen=True)
class Point:
    """``value`` in tenths of a per cent, None for a gap; ``label`` names the day, ``words`` tell the value."""

    label: str
    value: int | None
    words: str


def trend(points: list[Point], width: int, *, target: Point | None = None) -> Drawing:
    """The first, the lowest and the last point are labelled; the axis may begin above nothing and then says so."""
    values = [point.value for point in points if point.value is not None]
    least = _floor([*values, *([target.value] if target else [])])
    right = width - (length(target.words) + 8 if target and width > NARROW else 16)
    place = _placing(len(points), right, least)
    spots = [place(n, point.value) if point.value is not None else None for n, point in enumerate(points)]
    strokes, words = _frame(points, right, least)
    if target:
        y = place(0, target.value)[1]
        strokes.append(Stroke(((LEFT, y), (right, y)), "target"))
        words.append(_named(target, right, y, width))
    strokes += [Stroke(tuple(run), "series") for run in _runs(spots) if len(run) > 1]
    marks = tuple(Mark(*spot, "dot") for spot in spots if spot)
    words += _labels(points, spots, width)
    height = TOP + HIGH + FOOT + (20 if target and width <= NARROW else 0)
    return Drawing(width, height, (), tuple(strokes), marks, tuple(words))


def _frame(points, right: int, least: int) -> tuple[list[Stroke], list[Words]]:
    foot = TOP + HIGH
    words = [
        Words(LEFT - 6, TOP + 5, "100%", "end"),
        Words(LEFT - 6, foot + 5, f"{least // 10}%", "end"),
        Words(LEFT, foot + 20, points[0].label),
    ]
    if len(points) > 1:
        words.append(Words(right, foot + 20, points[-1].label, "end"))
    return [Stroke(((LEFT, TOP), (LEFT, foot), (right, foot)), "axis")], words


def _named(target: Point, right: int, y: int, width: int) -> Words:
    """At the right end of its line; on a phone beneath, beside the sign of a dashed line."""
    if width > NARROW:
        return Words(right + 8, y + 5, target.words)
    return Words(LEFT, TOP + HIGH + 40, f"- - {target.words}")


def _floor(values: list[int]) -> int:
    """The full ten per cent under all values."""
    return max(min(values, default=1000) - 1, 0) // 100 * 100


def _placing(count: int, right: int, least: int):
    step = (right - LEFT - 16) / max(count - 1, 1)

    def place(number: int, value: int) -> tuple[int, int]:
        return round(LEFT + 8 + step * number), round(TOP + HIGH * (1000 - value) / (1000 - least))

    return place


def _runs(spots) -> list[list]:
    """The line, broken where a value is missing."""
    runs = [[]]
    for spot in spots:
        if spot:
            runs[-1].append(spot)
        elif runs[-1]:
            runs.append([])
    return runs


def _labels(points, spots, width: int) -> list[Words]:
    known = [number for number, spot in enumerate(spots) if spot]
    if not known:
        return []
    wanted = {known[0], known[-1], min(known, key=lambda number: (points[number].value, -number))}
    found = []
    for number in sorted(wanted, key=lambda number: (number != known[-1], number)):
        (x, y), text = spots[number], points[number].words
        half = length(text) // 2
        x = min(max(x, LEFT + half + 4), width - half)
        if all(abs(x - other.x) > half + length(other.text) // 2 for other in found):
            found.append(Words(x, y - 10 if y > TOP + 20 else y + 22, text, "middle", number == known[-1]))
    return found
