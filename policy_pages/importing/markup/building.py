"""The parts of a page, in the order in which a person meets them."""

import re
from contextlib import contextmanager
from dataclasses import replace

from django.utils.translation import gettext as _

from policy_pages.importing import contents
from policy_pages.importing.line import Line, Look, in_a_line, shortened
from policy_pages.importing.markup import images, tables
from policy_pages.importing.markup.leaving import BLOCKS, EMBEDDED, LISTS, Leaving, is_own_mark
from policy_pages.importing.markup.lists import Item, Lists, word_item
from policy_pages.importing.markup.sheets import Ground, Sheet
from policy_pages.importing.markup.words import letters
from policy_pages.importing.source import Kind, LeftOut, Oddity, Paragraph, Part, Progress

HIDDEN_SPACES = re.compile(r"[\x00-\x20\x7f]")
SCRIPTS = ("javascript:", "vbscript:", "data:")
LATER_INDENT = 720  # of later paragraphs of an item, each level, in twentieths of a point
EVERY = 200  # paragraphs between two tellings of how far we are
CODES = {Kind.DELETED: "tracked_deletion", Kind.COMMENTS: "comment", Kind.HIDDEN: "hidden_text"}


class Builder:
    def __init__(self, sheet: Sheet, leaving: Leaving, progress: Progress):
        self.sheet, self.leaving, self.notes, self.progress = sheet, leaving, leaving.notes, progress
        self.lists = Lists(sheet)
        self.parts: list[Part] = []
        self.notes_read: dict[str, list[Paragraph]] = {}
        self.left_out: list[LeftOut] = []
        self.oddities: list[Oddity] = []
        self._line, self._ground = Line(), Ground()
        self._item: Item | None = None
        self._place = ""  # of the cell or note that is open
        self._tables = self._paragraphs = self._blocks = 0
        self._pictures: list[Part] = []
        self._new_page = False
        self._anchors: list[str] = []  # names that wait for their paragraph

    def build(self, root) -> None:
        self._blocks = sum(1 for element in root.iter() if element.tag in BLOCKS)
        self.visit(root, Look())
        self.flush()
        last = next((part for part in reversed(self.parts) if isinstance(part, Paragraph)), None)
        if last is not None:
            last.anchors += self._anchors

    # --- elements ----------------------------------------------------------------------------------------

    def visit(self, element, look: Look) -> None:
        tag = element.tag
        if tag in EMBEDDED:
            self._report("embedded_object", _("A film, a sound or a frame from elsewhere is not taken over."))
        elif element in self.notes.references:
            self._line.refer(self.notes.references[element], look)
        elif self.leaving.is_dropped(element) or self.leaves_out(element):
            return
        elif element in self.notes.holders:
            self._note(element, self.notes.holders[element])
        elif tag == "br":
            self._break(element, look)
        elif tag == "img":
            self._picture(element)
        elif tag == "table":
            self.flush()
            self._name(element)
            tables.read(element, self, look)
            self.flush()
        elif tag in BLOCKS:
            self._block(element, look)
        else:
            self._name(element)
            self.inside(element, self._look(element, look))

    def _name(self, element) -> None:
        """Links may lead to what has a name: the paragraph that is open or comes next."""
        names = (element.get("id"), element.get("name") if element.tag == "a" else None)
        self._anchors += [name for name in names if name]

    def inside(self, element, look: Look) -> None:
        self.words(element.text, look)
        for child in element:
            self.visit(child, look)
            self.words(child.tail, look)

    def words(self, words: str | None, look: Look) -> None:
        if words:
            self._line.add(words, look)

    def next_table(self) -> int:
        self._tables += 1
        return self._tables

    def _look(self, element, look: Look) -> Look:
        look = self.sheet.look(element, look)
        if element.tag == "a" and element.get("href"):
            look = replace(look, href=self._address(element.get("href").strip()))
        if element.tag == "ins":
            words = in_a_line(letters(element, self.leaving))
            message = _("Put in by a tracked change, and kept: %s")
            self._report("tracked_insertion", message % shortened(words)) if words else None
        return look

    def _block(self, element, look: Look) -> None:
        self.flush()
        self._name(element)
        ground, item = self._ground, self._item
        self._new_page = self._new_page or self.sheet.breaks_page(element)
        self._ground = self.sheet.ground(element, ground)
        if element.tag in LISTS:
            self.lists.begin(element)
        elif element.tag == "li":
            self._item = self.lists.item(element)
        elif "mso-list" in self.sheet.of(element):
            self._item = self._word_item(element)
        self.inside(element, self.sheet.look(element, look))
        self.flush()
        if element.tag == "li":
            self._end_item(element)
        if element.tag in LISTS:
            self.lists.end()
        self._ground, self._item = ground, item

    def _end_item(self, element) -> None:
        """An item without words shows its number all the same."""
        if self._item and self._item.number and not self._item.is_begun and element.find(".//li") is None:
            self._give(Line())

    def _word_item(self, element) -> Item | None:
        mark = next((span for span in element.iter("span") if is_own_mark(span, self.sheet)), None)
        words = in_a_line("".join(mark.itertext())) if mark is not None else ""
        around = [mark, *mark.iterancestors("span")] if mark is not None else []
        font = " ".join(str(self.sheet.of(span)) for span in around)
        return word_item(self.sheet.of(element), words, font)

    def _break(self, element, look: Look) -> None:
        if self.sheet.breaks_page(element):
            self.flush()
            self._new_page = True
        elif self._line.has_words and not self._line.ends_with_break:
            self._line.end_line(look)
        else:
            self.flush()
            self._give_blank()

    # --- notes, pictures, links, what is left out --------------------------------------------------------

    def _note(self, element, key: str) -> None:
        number = len(self.notes_read) + 1
        self._name(element)
        with self.apart(_("footnote %d") % number) as parts:
            self.inside(element, self.sheet.look(element, Look()))
            self.flush()
        self.notes_read[key] = [part for part in parts if isinstance(part, Paragraph)]
        self.parts += [part for part in parts if not isinstance(part, Paragraph)]

    def _picture(self, element) -> None:
        picture, oddities = images.read(element, self.place())
        if picture:
            self._pictures.append(picture)
            self.oddities += oddities
        if not self._line.has_words:
            self._give_pictures()

    def _address(self, href: str) -> str:
        if not HIDDEN_SPACES.sub("", href).lower().startswith(SCRIPTS):
            return href
        self._report("script_link", _("A link here runs a script. Its words are kept, the script is not."))
        return ""

    def leaves_out(self, element) -> bool:
        """Whether ``element`` is left out of the body; then what it says is kept apart and reported."""
        kind = self.leaving.kind(element)
        if not kind and self.leaving.is_contents(element):
            self._leave_contents(element)
            return True
        words = in_a_line(letters(element, self.leaving, left_out=True)) if kind else ""
        if words:
            self.left_out.append(LeftOut(kind, words, self.place()))
            self._report(CODES[kind], _message(kind) % shortened(words))
        return bool(kind)

    def _leave_contents(self, element) -> None:
        self.flush()
        for named in element.iter("*"):
            self._name(named)
        words = in_a_line(letters(element, self.leaving))
        self.left_out.append(contents.leave(words, self.parts, self.place()))

    def _report(self, code: str, message: str) -> None:
        self.oddities.append(Oddity(code, self.place(), message))

    # --- paragraphs --------------------------------------------------------------------------------------

    @contextmanager
    def apart(self, place: str):
        """Gather what follows in a list of its own: the parts of a cell or a note."""
        kept = self.parts, self._line, self._ground, self._item, self.lists.open, self._place
        self.parts, self._line, self._ground, self._item = [], Line(), Ground(), None
        self.lists.open, self._place = [], place
        try:
            yield self.parts
        finally:
            self.parts, self._line, self._ground, self._item, self.lists.open, self._place = kept

    def place(self) -> str:
        """Where the words that come next stand."""
        return self._place or _("paragraph %d") % (self._paragraphs + 1)

    def flush(self) -> None:
        """End the paragraph that is open, if it has words."""
        line, self._line = self._line, Line()
        if line.has_words:
            self._give(line)
        elif line.runs:
            self._give_blank()
        self._give_pictures()

    def _give_pictures(self) -> None:
        self.parts += self._pictures
        self._pictures = []

    def _give_blank(self) -> None:
        """An empty line tells a heading from its text where nothing else does; in a cell it tells nothing."""
        if not self._place:
            self.parts.append(Paragraph([], self.place()))

    def _give(self, line: Line) -> None:
        ground = self._ground
        paragraph = Paragraph(line.pieces(), self.place(), size=line.size, new_page=self._new_page)
        paragraph.level, paragraph.is_title = ground.level, ground.is_title
        paragraph.centred, paragraph.indent = ground.centred, ground.indent
        if self._item:
            self._give_item(paragraph, self._item)
        self._new_page = False
        paragraph.anchors, self._anchors = self._anchors, []
        self.parts.append(paragraph)
        if not self._place:
            self._paragraphs += 1
            if self._paragraphs % EVERY == 0:
                self.progress(min(self._paragraphs, self._blocks), self._blocks, _("Reading paragraphs"))

    def _give_item(self, paragraph: Paragraph, item: Item) -> None:
        if item.is_begun:
            paragraph.indent += LATER_INDENT * (item.depth + 1)
            return
        item.is_begun = True
        paragraph.number, paragraph.ordered = item.number, item.ordered
        paragraph.depth = None if paragraph.level else item.depth


def _message(kind: str) -> str:
    return {
        Kind.DELETED: _("Taken out by a tracked change, and left out: %s"),
        Kind.COMMENTS: _("A comment, left out: %s"),
        Kind.HIDDEN: _("Hidden from readers, and left out: %s"),
    }[kind]
