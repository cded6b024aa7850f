"""Document control wherever it stands: in a table, in "label: value" lines, in running headers and footers."""

import re
from dataclasses import dataclass

from policy_pages.importing.recognising import labels
from policy_pages.importing.recognising.lines import Grid, Line
from policy_pages.importing.recognising.stream import line_of
from policy_pages.importing.source import Cell, Paragraph, Part, Table

LABELLED = re.compile(r"\s*(?P<label>[^:\n\t]{2,70}?)\s*(?::[ \t]*|\t+)(?P<value>[^\n]{0,300})\Z")
#: A line of its own, without a colon: "Version 3.2".
UNMARKED = re.compile(
    r"\s*(?P<label>(document |policy )?version( (number|no\.?))?)\s+(?P<value>v?\d+(\.\d+)*[a-z]?)\s*\Z", re.I
)
VERSION = re.compile(r"(?<!\S)(?P<label>Version)\s+(?P<value>v?\d+(?:\.\d+)*)(?!\S)")
IN_RUNNING = re.compile(r"(?P<label>[A-Za-z][A-Za-z /]{2,40}?)\s*:?\s+(?P<value>v?\d[\w./ -]*|[^:]*)\Z")
PARTED = re.compile(r"\t+|\s*\|\s*|\s{3,}|\n")
TITLES = ("title", "policy title", "document title", "title of policy", "title of document", "name of policy")


@dataclass
class Said:
    """A fact in its place in the stream."""

    label: str
    value: str
    written: str
    place: str


def take(items: list) -> list:
    """``items`` with every line and table of document control as facts."""
    found: list = []
    run: list = []
    front = True
    for item in items:
        facts = _facts(item) if isinstance(item, Line) else []
        if facts:
            run.append((item, facts))
            continue
        found += _run(run, front)
        run = []
        here = _grid(item) if isinstance(item, Grid) and item.kind == "control" else [item]
        front = front and not any(_begins_text(one) for one in here)
        found += here
    return found + _run(run, front)


def title_of(items: list) -> str:
    values = (
        item.value for item in items if isinstance(item, Said) and labels.bare(item.label).lower() in TITLES
    )
    return next((" ".join(value.split()) for value in values if value.strip()), "")


def running(parts: list[Part]) -> list[Said]:
    """Facts of headers and footers, each label once."""
    found: dict[str, Said] = {}
    for part in parts:
        for said in _in_running(part):
            found.setdefault(labels.bare(said.label).lower(), said)
    return list(found.values())


def _begins_text(item) -> bool:
    """A heading by style, or a number: the front of the document is over."""
    return isinstance(item, Line) and bool(item.paragraph.level or item.number)


def _run(run: list, front: bool) -> list:
    """Neighbouring lines are facts together; a single one only at the front of the document."""
    facts = [one for _line, several in run for one in several]
    strong = sum(labels.is_strong(one.label) for one in facts)
    if strong >= 2 or (strong and front):
        return facts
    return [line for line, _several in run]


def _facts(line: Line) -> list[Said]:
    if line.number or line.label or line.paragraph.level or len(line.text) > 600:
        return []
    found = []
    for text in _texts(line):
        match = LABELLED.match(text) or UNMARKED.match(text)
        if match is None or not labels.is_label(match["label"]):
            return []
        found.append(_said(text, match, line.place))
    return found


def _texts(line: Line) -> list[str]:
    """What stands on lines of its own, or behind a label in the same line: "Version: 3 Author: A. Person"."""
    texts = [text for text in "".join(piece.text for piece in line.pieces).split("\n") if text.strip()]
    return [part for text in texts for part in _at_labels(text)]


def _at_labels(text: str) -> list[str]:
    starts = [start for colon in re.finditer(":", text) if (start := _label_before(text, colon.start())) > 0]
    places = [0, *starts, len(text)]
    return [text[start:end] for start, end in zip(places, places[1:], strict=False)]


def _label_before(text: str, colon: int) -> int:
    """Where the longest label begins that ends at a colon and with a capital; -1 if there is none."""
    begins = (found.start() for found in re.finditer(r"(?<!\S)[A-Z]", text[:colon]))
    return next((start for start in begins if labels.is_strong(text[start:colon])), -1)


def _said(text: str, match: re.Match, place: str) -> Said:
    return Said(labels.bare(match["label"]), match["value"].strip(), text[: match.start("value")], place)


def _grid(grid: Grid) -> list:
    """Facts of a table; what has no label (a heading across it) stays a line."""
    found: list = []
    for label, value in labels.pairs(grid.table.rows):
        if label.strip():
            found.append(
                Said(labels.bare(label), value.strip(), f"{label.strip()}{_space(label, value)}", grid.place)
            )
        else:
            found += _lines_of(grid, value)
    return found


def _space(label: str, value: str) -> str:
    """One cell "Version: 3" has what stands between; two cells are apart."""
    return " " if label.endswith(":") and value.startswith(" ") else "\n"


def _lines_of(grid: Grid, text: str) -> list[Line]:
    cells = (cell for row in grid.table.rows for cell in row if cell.text == text)
    cell = next(cells, Cell([]))
    return [line_of(part) for part in cell.parts if isinstance(part, Paragraph) and part.text.strip()]


def _in_running(part: Part) -> list[Said]:
    if isinstance(part, Table):
        if pairs := [pair for pair in labels.pairs(part.rows) if labels.is_strong(pair[0])]:
            return [Said(labels.bare(label), value.strip(), label, part.place) for label, value in pairs]
        cells = [one for row in part.rows for cell in row for one in cell.parts]
        return [said for one in cells for said in _in_running(one)]
    if not isinstance(part, Paragraph):
        return []
    found = []
    for text in (one for several in PARTED.split(part.text) for one in _at_labels(several)):
        match = IN_RUNNING.match(text.strip())
        if match is None or not labels.is_strong(match["label"]):
            match = VERSION.search(text)
        if match and labels.is_strong(match["label"]) and match["value"].strip():
            found.append(
                Said(labels.bare(match["label"]), match["value"].strip(), match["label"], part.place)
            )
    return found
