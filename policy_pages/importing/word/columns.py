"""What stands below each other: in the body, in a cell, in a box, in a note."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from policy_pages.importing.source import Paragraph, Part, Piece
from policy_pages.importing.word.drawings import DrawingReader
from policy_pages.importing.word.lines import Line, LineReader
from policy_pages.importing.word.names import BOOKMARK, MC, W, chosen, is_on, names_of, twentieths, value
from policy_pages.importing.word.numbering import Shown
from policy_pages.importing.word.stories import Story, refuse_foreign
from policy_pages.importing.word.styles import Look
from policy_pages.importing.word.tables import TableReader

CONTENTS_HEADINGS = {
    "contents",
    "table of contents",
    "list of contents",
    "contents page",
    "index",
    "list of tables",
    "list of figures",
}
HELD = {f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"}
ENDS_PAGE = ("nextPage", "oddPage", "evenPage")


class Column:
    """Reads one container. ``place`` is fixed in a cell or a note; in the body each paragraph has its own."""

    def __init__(self, story: Story, place: str = ""):
        self.story = story
        self.parts: list[Part] = []
        self._place = place
        self._joined: list[Piece] = []  # of a paragraph that runs on into the next one
        self._new_page = False
        self._anchors: list[str] = []  # of bookmarks that begin before the next paragraph

    def read(self, container, tell: Callable[[int], None] = lambda done: None) -> list[Part]:
        for done, element in enumerate(self._flat(container)):
            tell(done)
            if element.tag == f"{W}tbl":
                self._table(element)
            elif element.tag == f"{W}p":
                self._paragraph(element)
            elif element.tag == BOOKMARK:
                self._anchors += names_of([element])
            elif element.tag == f"{W}commentRangeStart":
                self.story.record.comment_at(element.get(f"{W}id"), self.place)
            else:
                refuse_foreign(element, self.place)
        self._end_joined()
        self._hold_anchors(self.parts[::-1])
        return self.parts

    @property
    def place(self) -> str:
        return self._place or self.story.place

    def _step(self) -> None:
        if not self._place:
            self.story.step()

    def _inside(self, container, place: str) -> list[Part]:
        """The parts of a cell or a box within this column."""
        self.story.deeper(1)
        parts = Column(self.story, place).read(container)
        self.story.deeper(-1)
        return parts

    def _flat(self, container) -> Iterator:
        """Children, those of controls and other wrappers in their place."""
        for element in container:
            if element.tag == f"{W}sdt":
                yield from self._control(element)
            elif element.tag in HELD:
                yield from self._flat(element)
            elif element.tag == f"{MC}AlternateContent":
                yield from self._flat(chosen(element))
            else:
                yield element

    def _control(self, control) -> Iterator:
        with self.story.within(contents=_is_contents(control)):
            for content in control.findall(f"{W}sdtContent"):
                yield from self._flat(content)

    def _table(self, element) -> None:
        self._end_joined()
        table = TableReader(self.story, self._inside).read(element)
        self._anchors += names_of([*element.iterfind(BOOKMARK), *element.iterfind(f"{W}tr/{BOOKMARK}")])
        if table is not None:
            self.story.record.end_contents()
            self.parts.append(table)
            self._hold_anchors(one for row in table.rows for cell in row for one in cell.parts)
            self._new_page = False

    def _paragraph(self, element) -> None:
        properties = element.find(f"{W}pPr")
        style, place = self.story.styles.of(properties), self.place
        is_contents = self.story.styles.is_contents(style)
        if not is_contents and self.story.record.in_contents and self.story.styles.level(properties, style):
            self.story.leave_contents()
        with self.story.within(contents=is_contents):
            line = LineReader(self.story, style, place).read(element)
        runs_on = _runs_on(properties) or self._is_drop_cap(properties, style)
        self._report(line, place, runs_on)
        self._anchors += line.anchors
        self._keep(line, properties, style, place, runs_on)
        self._draw(line, place)
        self._new_page = self._new_page or line.page_ends or _ends_page(properties)

    def _keep(self, line, properties, style, place, runs_on) -> None:
        """A paragraph whose own end is taken away is none yet: it runs on into the next."""
        self._new_page = self._new_page or line.new_page
        between = [Piece("\n")] if self._joined and line.new_page else []
        pieces = [*self._joined, *between, *line.pieces]
        if runs_on:
            self._joined = [*pieces, Piece("\n")] if line.page_ends else pieces
            return
        self._joined = []
        mark = self._mark(properties, style)
        if not pieces and mark.hidden:
            return
        shown = None
        if pieces or not line.contents:
            shown = self.story.numbering.shown(properties, style)
        if shown and (mark.capitals if shown.is_capitals is None else shown.is_capitals):
            shown = replace(shown, number=shown.number.upper())
        paragraph = self._made(line, pieces, shown, properties, style, place)
        if _is_there(paragraph):
            self.story.record.end_contents()
            self._step()
            self.parts.append(paragraph)
            self._hold_anchors([paragraph])
            self._new_page = False
            self.story.record.broken_references(paragraph.text, place)
        elif line.contents or line.drawings:
            self._step()

    def _hold_anchors(self, parts: Iterable[Part]) -> None:
        """The first paragraph of ``parts`` takes the names that wait; without one they wait on."""
        first = next((part for part in parts if isinstance(part, Paragraph)), None)
        if first is not None:
            first.anchors += self._anchors
            self._anchors = []

    def _made(self, line: Line, pieces, shown: Shown | None, properties, style, place) -> Paragraph:
        styles = self.story.styles
        level, is_title = styles.level(properties, style), styles.is_title(style)
        break_before = is_on(styles.first("pageBreakBefore", properties, style))
        frame = styles.first("framePr", properties, style)
        return Paragraph(
            pieces,
            place,
            number=shown.number if shown else "",
            depth=None if not shown or level or is_title else _depth(shown, styles.list_depth(style)),
            ordered=bool(shown and shown.ordered and shown.number),
            level=level,
            is_title=is_title,
            size=line.size or 0,
            centred=_is_centred(styles.first("jc", properties, style)),
            new_page=self._new_page or break_before,
            indent=self._indent(properties, style, shown),
            boxed=frame is not None and frame.get(f"{W}dropCap", "none") == "none",
        )

    def _indent(self, properties, style, shown) -> int:
        own = None if properties is None else properties.find(f"{W}ind")
        if own is None and shown is not None:
            own = shown.indent
        found = own if own is not None else self.story.styles.first("ind", properties, style)
        return 0 if found is None else twentieths(found.get(f"{W}left") or found.get(f"{W}start") or "0")

    def _is_drop_cap(self, properties, style) -> bool:
        frame = self.story.styles.first("framePr", properties, style)
        return frame is not None and frame.get(f"{W}dropCap", "none") != "none"

    def _mark(self, properties, style) -> Look:
        """The look of a paragraph's end, which its number has too."""
        mark = None if properties is None else properties.find(f"{W}rPr")
        return self.story.styles.look(mark, style)

    def _end_joined(self) -> None:
        if self._joined:
            self.story.record.end_contents()
            self.parts.append(Paragraph(self._joined, self.place))
            self._step()
            self._joined = []

    def _report(self, line: Line, place, runs_on) -> None:
        record = self.story.record
        for words, note in (
            (line.deleted, record.deleted),
            (line.inserted, record.inserted),
            (line.hidden, record.hidden),
        ):
            if "".join(words).strip():
                note("".join(words), place)
        if "".join(line.contents).strip():
            self._contents("".join(line.contents), place, runs_on)

    def _contents(self, words, place, runs_on) -> None:
        """The heading above a contents list goes with it."""
        last = self.parts[-1] if self.parts else None
        if not self.story.record.in_contents and isinstance(last, Paragraph) and _heads_contents(last):
            self.story.record.contents(last.text, last.place)
            self.parts.pop()
        self.story.record.contents(words, place, runs_on=runs_on)

    def _draw(self, line: Line, place) -> None:
        for drawing in line.drawings:
            for part in DrawingReader(self.story, self._inside, place).read(drawing):
                self.parts.append(part)


def _is_contents(control) -> bool:
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and "table of contents" in gallery.get(f"{W}val", "").lower()


def _heads_contents(paragraph: Paragraph) -> bool:
    return paragraph.text.strip(" \t\n:.").casefold() in CONTENTS_HEADINGS


def _is_there(paragraph: Paragraph) -> bool:
    """Somebody sees it: a word, a sign, a note, or a number alone."""
    return bool(paragraph.number) or any(piece.text.strip() or piece.note for piece in paragraph.pieces)


def _depth(shown: Shown, promised: int) -> int | None:
    """Lists of one level each are as deep as the name of their style says. No number and no bullet: no list."""
    if shown.ordered and not shown.number:
        return None
    return shown.depth or promised


def _runs_on(properties) -> bool:
    mark = None if properties is None else properties.find(f"{W}rPr")
    if mark is None:
        return False
    return mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None


def _is_centred(row) -> bool:
    return row is not None and row.get(f"{W}val") == "center"


def _ends_page(properties) -> bool:
    """A section that ends here, and does not let the next one begin on the same page."""
    section = None if properties is None else properties.find(f"{W}sectPr")
    return section is not None and value(section, "type", "nextPage") in ENDS_PAGE
