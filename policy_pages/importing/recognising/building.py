"""Items become blocks: a section, an appendix, a clause with all that belongs to it, a table, a figure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from uuid import uuid4

from django.utils.translation import gettext as _

from policy_pages.blocks import DEEPEST, NO_NUMBER
from policy_pages.importing.recognised import Block, Fact, WordList
from policy_pages.importing.recognising.captions import text_of
from policy_pages.importing.recognising.control import Said
from policy_pages.importing.recognising.leading import names_in
from policy_pages.importing.recognising.lines import Grid, Line
from policy_pages.importing.recognising.places import number_at
from policy_pages.importing.recognising.richtext import Written, inline, written
from policy_pages.importing.recognising.tabular import Made, Maker
from policy_pages.importing.source import Oddity, Paragraph, Part, Picture, Progress, quietly

STEP = 50  # items between two words of progress
LONGEST_HEADING, HEADING_WORDS, LONGEST_NUMBER = 200, 14, 20
END = (".", ";", ",")


@dataclass
class Built:
    blocks: list[Block] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    lists: list[WordList] = field(default_factory=list)
    pictures: dict[str, Picture] = field(default_factory=dict)
    oddities: list[Oddity] = field(default_factory=list)
    notes: str = ""
    anchors: dict[str, str] = field(default_factory=dict)  # id of the block by the name of a place in it


class Builder:
    """``captions`` are lines by the ``id`` of the table or picture to which each belongs."""

    def __init__(
        self,
        notes: dict[str, list[Paragraph]],
        told: list[Oddity] = (),
        captions: dict[int, Line] | None = None,
    ):
        self.built = Built()
        self.captions = captions or {}
        self.told = {oddity.where for oddity in told if "image" in oddity.code}
        self.notes = notes
        self.numbers: dict[str, int] = {}  # of the notes, in the order in which they are referred to
        self.notes_id = str(uuid4())
        self.open: list[Line] = []
        self.heading = ""  # nearest above, for lists
        self.number = ""  # of the last numbered block, for places

    def build(self, items: list, progress: Progress = quietly) -> Built:
        for index, item in enumerate(items):
            if index % STEP == 0:
                progress(index, len(items), _("Making clauses"))
            if isinstance(item, Line):
                self._line(item)
            elif isinstance(item, Said):
                self._said(item)
            elif isinstance(item, Grid):
                self._close()
                self._grid(item)
            else:
                self._close()
                self._figure(item)
        self._close()
        self._notes()
        progress(len(items), len(items), _("Making clauses"))
        return self.built

    def where(self, place: str) -> str:
        return f"{self.number}, {place}" if self.number else place

    def odd(self, code: str, place: str, message: str) -> None:
        self.built.oddities.append(Oddity(code, self.where(place), message))

    def _add(self, block: Block, holding: Iterable[Part] = ()) -> None:
        """``holding`` are the parts of the source that stand in the block."""
        self.number = number_at(block, self.number)
        self.built.blocks.append(block)
        for name in names_in(holding):
            self.built.anchors.setdefault(name, block.id)

    def _line(self, line: Line) -> None:
        if line.label:
            self._close()
            self._appendix(line)
        elif line.heading:
            self._close()
            self._section(line)
        else:
            if self._begins_clause(line):
                self._close()
            self.open.append(line)

    def _begins_clause(self, line: Line) -> bool:
        """A number, another row, or another paragraph in a text without numbers."""
        if not self.open or line.row != self.open[-1].row:
            return True
        if line.is_item:
            return False
        if line.number or line.row:
            return bool(line.number)
        return not (self.open[0].number and not self.open[0].is_item) and not line.paragraph.boxed

    def _section(self, line: Line) -> None:
        level = line.heading
        if level > DEEPEST:
            words = {"title": line.text, "level": level, "deepest": DEEPEST}
            message = _("“%(title)s” is of level %(level)d; the page shows it as level %(deepest)d.") % words
            self.odd("level_too_deep", line.place, message)
        title = " ".join(line.text.split())
        value = {"number": line.number or NO_NUMBER, "title": title, "level": str(min(level, DEEPEST))}
        block = Block("section", value, str(uuid4()), line.place, level, line.number, line.written)
        self._add(block, [line.paragraph])
        self.heading = title

    def _appendix(self, line: Line) -> None:
        title = " ".join(line.text.split())
        value = {"number": line.label, "title": title}
        block = Block("appendix", value, str(uuid4()), line.place, line.heading or 1, line.label)
        block.written, block.counted = line.written, line.counted
        self._add(block, [line.paragraph])
        if line.counted:
            words = {"label": line.label, "number": line.counted}
            message = _(
                "%(label)s is counted as %(number)s in the document; here it is called %(label)s alone."
            )
            self.odd("appendix_counted", line.place, message % words)
        self.heading = title or line.label

    def _close(self) -> None:
        if not self.open:
            return
        lines, self.open = self.open, []
        first = lines[0]
        number = first.number if not first.is_item and len(first.number) <= LONGEST_NUMBER else ""
        if number:
            lines = [replace(first, number="", shown=""), *lines[1:]]
        self.number = number or self.number
        heading = self._heading_of(lines, bool(number))
        body = lines[1:] if heading else lines
        found = written([line for line in body if line.pieces or line.number], self._marker)
        value = {"number": number or NO_NUMBER, "heading": heading, "text": found.html, "roles": []}
        start = first.written if number else ""
        block = Block("clause", value, str(uuid4()), first.place, 0, number, start, found.added, found.typed)
        self._add(block, [line.paragraph for line in lines])
        self.heading = heading or self.heading
        self._lists(body, self.heading)

    def _heading_of(self, lines: list[Line], numbered: bool) -> str:
        """The first line of a clause that stands in a row, if it is short and heads what follows."""
        first, text = lines[0], " ".join(lines[0].text.split())
        under = [line for line in lines[1:] if not line.beside]
        if not under or first.is_item or first.beside or not (first.row or numbered) or not text:
            return ""
        if (
            len(text) > LONGEST_HEADING
            or first.count > HEADING_WORDS
            or text.endswith(END)
            or text[0].islower()
        ):
            return ""
        stands_out = first.is_bold or first.is_capitals or first.heads_clause
        if text.endswith(":") and not (stands_out or first.gap_after):
            return ""
        return (
            text
            if stands_out or (first.row and not any(piece.href or piece.note for piece in first.pieces))
            else ""
        )

    def _lists(self, lines: list[Line], heading: str) -> None:
        """Every run of two items or more, with the sentence that leads to it or the heading it stands under."""
        run: list[Line] = []
        lead = ""
        for line in [*lines, None]:
            if line is not None and line.is_item:
                run.append(line)
                continue
            if len(run) > 1:
                self.built.lists.append(WordList(lead or heading, [item.text for item in run]))
            run = []
            lead = _lead_in(line.text) if line is not None else ""

    def _said(self, said: Said) -> None:
        self._close()
        before = len(self.built.blocks)
        self.built.facts.append(Fact(said.label, said.value, said.place, said.written, before))

    def _grid(self, grid: Grid) -> None:
        caption = self.captions.get(id(grid))
        table = replace(grid.table, caption=text_of(caption)) if caption else grid.table
        made = Maker(table, self._marker).make(grid.kind)
        block = Block(made.type, made.value, str(uuid4()), grid.place, added=made.written.added)
        block.implied = made.written.typed
        self._add(block, [*_paragraph_of(caption), table])
        self._points(made)
        self._tell(made, grid)
        for picture in made.pictures:
            self._figure(picture)

    def _points(self, made: Made) -> None:
        """The points of a checklist; where questions begin or end, another list does."""
        heading = made.value.get("caption") or self.heading
        runs: list[list[str]] = []
        for text in made.points:
            if runs and runs[-1][-1].endswith("?") == text.endswith("?"):
                runs[-1].append(text)
            else:
                runs.append([text])
        self.built.lists += [WordList(heading, run) for run in runs if len(run) > 1]
        self.built.lists += [WordList(name, items) for name, items in made.lists]

    def _tell(self, made: Made, grid: Grid) -> None:
        if made.merged:
            self.odd(
                "merged_cells", grid.place, _("Some cells were merged; each now stands in its first place.")
            )
        if made.nested:
            self.odd("nested_table", grid.place, _("A table in a cell became lines of that cell."))
        if made.type == "table" and not made.value["caption"]:
            self.odd("table_without_caption", grid.place, _("The table has no caption. Say what it holds."))

    def _figure(self, picture: Picture) -> None:
        if not picture.data and picture.place in self.told:
            return
        if not picture.data:
            words = picture.alt or _("nothing is said of what it showed")
            self.odd("missing_image", picture.place, _("An image is missing here: %s.") % words)
            return
        if not picture.alt.strip():
            self.odd("image_without_alt", picture.place, _("What the image shows is not stated."))
        key = sha256(picture.data).hexdigest()
        self.built.pictures[key] = picture
        caption = self.captions.get(id(picture))
        value = {"image": key, "alt": " ".join(picture.alt.split())[:300], "caption": text_of(caption)}
        self._add(Block("figure", value, str(uuid4()), picture.place), _paragraph_of(caption))

    def _marker(self, key: str) -> str:
        if key not in self.notes:
            return ""
        number = self.numbers.setdefault(key, len(self.numbers) + 1)
        return f'<sup><a href="#{self.notes_id}">{number}</a></sup>'

    def _notes(self) -> None:
        """All notes as a last section, counted in the order of their marks; those without a mark come last."""
        if not self.notes:
            return
        for key in self.notes:
            self._marker(key)
        found = Written()
        items = []
        for key in sorted(self.numbers, key=self.numbers.get):
            paragraphs = self.notes[key]
            items.append(
                "<br>".join(inline(one.pieces, found, lambda _key: "") for one in paragraphs if one.text)
            )
        html = "<ol>" + "".join(f"<li>{item}</li>" for item in items) + "</ol>"
        title = _("Notes")  # a heading of ours
        head = {"number": NO_NUMBER, "title": title, "level": "1"}
        value = {"number": NO_NUMBER, "heading": "", "text": html, "roles": []}
        said = [one for several in self.notes.values() for one in several]
        self._add(Block("section", head, str(uuid4()), _("notes"), 1, added=[title]), said)
        self._add(Block("clause", value, self.notes_id, _("notes")))
        self.built.notes = self.notes_id


def _paragraph_of(line: Line | None) -> list[Part]:
    return [line.paragraph] if line else []


def _lead_in(text: str) -> str:
    """The last sentence of a paragraph that ends with a colon."""
    text = " ".join(text.split())
    if not text.rstrip("- ").endswith(":"):
        return ""
    return re.split(r"(?<=[.!?])\s+(?=[A-Z])", text)[-1]
