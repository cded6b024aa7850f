"""The parts of an OpenDocument text, in the order in which a person meets them."""

from contextlib import contextmanager
from dataclasses import replace

from django.utils.translation import gettext as _

from policy_pages.importing import contents
from policy_pages.importing.line import Line, Look, in_a_line, shortened
from policy_pages.importing.odt import frames, tables
from policy_pages.importing.odt.changes import Changes
from policy_pages.importing.odt.leaving import APART, CONTENTS, Leaving
from policy_pages.importing.odt.listing import Listing
from policy_pages.importing.odt.names import get, short, whole
from policy_pages.importing.odt.styles import Styles
from policy_pages.importing.odt.words import letters, spaces
from policy_pages.importing.source import Kind, LeftOut, Oddity, Paragraph, Part, Progress

EVERY = 200  # paragraphs between two tellings of how far we are
SCRIPTS = ("javascript:", "vbscript:", "data:", "macro:", "vnd.sun.star.script:")
CODES = {Kind.COMMENTS: "comment", Kind.HIDDEN: "hidden_text"}
TEXTS = ("text:p", "text:h")
LISTS = ("text:list", "text:numbered-paragraph")
BOOKMARKS = ("text:bookmark", "text:bookmark-start", "text:reference-mark", "text:reference-mark-start")
CHANGES = ("text:change", "text:change-start", "text:change-end")


class Builder:
    def __init__(self, package, styles: Styles, numbering, progress: Progress):
        self.package, self.styles, self.progress = package, styles, progress
        self.leaving = Leaving(styles)
        self.listing = Listing(numbering)
        self.changes = Changes(self)
        self.parts: list[Part] = []
        self.notes: dict[str, list[Paragraph]] = {}
        self.left_out: list[LeftOut] = []
        self.oddities: list[Oddity] = []
        self._line: Line | None = None
        self._later: list = []  # what hangs on the line that is open
        self._place, self._boxed = "", False
        self._tables = self._paragraphs = self._texts = self._boxes = 0
        self._anchors: list[str] = []  # of bookmarks that wait for their paragraph

    def build(self, body) -> None:
        self._texts = sum(1 for element in body.iter() if short(element) in TEXTS)
        self.changes.begin(body)
        self.flow(body)
        self.changes.end()

    # --- what holds paragraphs ---------------------------------------------------------------------------

    def flow(self, parent) -> None:
        for element in parent:
            self._one(element, short(element))

    def _one(self, element, name: str) -> None:
        if self.leaving.is_dropped(element) or self.leaves_out(element):
            return
        if name in TEXTS:
            self._text(element, name)
        elif name in LISTS:
            with self.listing.inside(element) as items:
                self._items(items)
        elif name == "table:table":
            self._tables += 1
            tables.read(element, self, self._tables)
        elif name in CONTENTS:
            self._leave_contents(element)
        elif name in APART:
            frames.read(element, self)
        elif name in CHANGES:
            self.changes.meet(element, name)
        else:
            self.flow(element)

    def _items(self, items) -> None:
        for item in items:
            if short(item) in TEXTS:
                self._one(item, short(item))
            elif not self.leaving.is_dropped(item):
                with self.listing.item(item):
                    self.flow(item)

    def _leave_contents(self, element) -> None:
        words = in_a_line(letters(element, self.leaving))
        self.left_out.append(contents.leave(words, self.parts, self.place()))

    def leaves_out(self, element) -> bool:
        """Whether ``element`` is left out of the body; then what it says is kept apart and reported."""
        kind = self.leaving.kind(element)
        if kind:
            self.leave(kind, in_a_line(letters(element, self.leaving, left_out=True)))
        return bool(kind)

    def leave(self, kind: str, words: str) -> None:
        if words:
            self.left_out.append(LeftOut(kind, words, self.place()))
            self.report(CODES[kind], _message(kind) % shortened(words))

    def report(self, code: str, message: str) -> None:
        self.oddities.append(Oddity(code, self.place(), message))

    # --- paragraphs --------------------------------------------------------------------------------------

    def _text(self, element, name: str) -> None:
        style = get(element, "text:style-name")
        shape = self.styles.shape(style)
        line, later = self._line, self._later
        self._line, self._later = Line(), []
        self._inside(element, self.styles.look("paragraph", style, Look()))
        done, hanging = self._line, self._later
        self._line, self._later = line, later
        paragraph = Paragraph(done.pieces(), self.place(), size=shape.size, boxed=self._boxed)
        paragraph.level = whole(get(element, "text:outline-level")) if name == "text:h" else shape.level
        paragraph.is_title, paragraph.centred = shape.is_title, shape.centred
        paragraph.new_page, paragraph.indent = shape.new_page, shape.indent
        self.listing.mark(paragraph, element, self.styles.list_style_of(style))
        self.changes.hear(" ")
        if paragraph.pieces or paragraph.number:
            self._give(paragraph)
        elif not self._place:
            self.parts.append(paragraph)
        for apart in hanging:
            self.parts.append(apart) if isinstance(apart, Part) else frames.read(apart, self)

    def _give(self, paragraph: Paragraph) -> None:
        self.parts.append(paragraph)
        paragraph.anchors, self._anchors = self._anchors, []
        if not self._place:
            self._paragraphs += 1
            if self._paragraphs % EVERY == 0:
                self.progress(min(self._paragraphs, self._texts), self._texts, _("Reading paragraphs"))

    def _inside(self, element, look: Look) -> None:
        self.words(element.text, look)
        for child in element:
            self._inline(child, short(child), look)
            self.words(child.tail, look)

    def words(self, words: str | None, look: Look) -> None:
        if words and self._line is not None:
            self._line.add(words, look)
            self.changes.hear(words)

    def _inline(self, element, name: str, look: Look) -> None:
        if name in BOOKMARKS:
            self._anchors.append(get(element, "text:name"))
        elif name == "text:note":
            self._note(element, look)
        elif name in APART:
            self._later.append(element)
        elif name in CHANGES:
            self.changes.meet(element, name)
        elif self.leaving.is_dropped(element) or self.leaves_out(element):
            return
        elif name == "text:s":
            self._line.add(spaces(element), replace(look, as_typed=True))
            self.changes.hear(" ")
        elif name == "text:tab":
            self._line.add("\t", replace(look, as_typed=True))
            self.changes.hear(" ")
        elif name == "text:line-break":
            self._line.end_line(look)
            self.changes.hear(" ")
        else:
            self._inside(element, self._look(element, name, look))

    def _look(self, element, name: str, look: Look) -> Look:
        if name == "text:span":
            return self.styles.look("text", get(element, "text:style-name"), look)
        if name == "text:a":
            return replace(look, href=self._address(get(element, "xlink:href").strip()))
        return look

    def _address(self, href: str) -> str:
        if not "".join(href.split()).lower().startswith(SCRIPTS):
            return href
        self.report("script_link", _("A link here runs a script. Its words are kept, the script is not."))
        return ""

    def _note(self, element, look: Look) -> None:
        number = len(self.notes) + 1
        key = get(element, "text:id")
        key = key if key and key not in self.notes else f"note {number}"
        self.notes[key] = []
        self._line.refer(key, look)
        body = next((child for child in element if short(child) == "text:note-body"), None)
        waiting, self._anchors = self._anchors, []
        with self.apart(_("footnote %d") % number) as parts:
            self.flow(body if body is not None else [])
        self._anchors = waiting
        self.notes[key] = [part for part in parts if isinstance(part, Paragraph)]
        self._later += [part for part in parts if not isinstance(part, Paragraph)]

    # --- places ------------------------------------------------------------------------------------------

    @contextmanager
    def apart(self, place: str, boxed: bool = False):
        """Gather what follows in a list of its own: the parts of a cell, a note or a box."""
        kept = self.parts, self._line, self._later, self._place, self._boxed
        self.parts, self._line, self._later = [], None, []
        self._place, self._boxed = place, boxed or self._boxed
        try:
            with self.listing.apart():
                yield self.parts
        finally:
            self.parts, self._line, self._later, self._place, self._boxed = kept

    def next_box(self) -> str:
        self._boxes += 1
        return _("text box %d") % self._boxes

    def place(self) -> str:
        """Where the words that come next stand."""
        return self._place or _("paragraph %d") % (self._paragraphs + 1)


def _message(kind: str) -> str:
    if kind == Kind.COMMENTS:
        return _("A comment, left out: %s")
    return _("Hidden from readers, and left out: %s")
