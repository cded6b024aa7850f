"""What stands inside one paragraph, run by run."""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from policy_pages.importing.source import Piece
from policy_pages.importing.word.fields import CONTENTS, PAGES, UNKEPT, Field, form_field
from policy_pages.importing.word.formulas import in_line
from policy_pages.importing.word.names import BOOKMARK, MC, M, R, W, chosen, names_of, spelled
from policy_pages.importing.word.stories import Story, refuse_foreign
from policy_pages.importing.word.styles import Look
from policy_pages.importing.word.symbols import UNKNOWN, plain, sign

HELD = {f"{W}{name}" for name in ("smartTag", "customXml", "dir", "bdo", "sdtContent", "rt", "rubyBase")}
ADDED, TAKEN = {f"{W}ins", f"{W}moveTo"}, {f"{W}del", f"{W}moveFrom"}
FORMULAS = {f"{M}oMath", f"{M}oMathPara"}
DRAWN = {f"{W}drawing", f"{W}pict", f"{W}object"}
LETTERS = {f"{W}t": spelled, f"{W}delText": spelled, f"{W}sym": sign}
SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}


@dataclass
class Line:
    """A paragraph's words by what becomes of them, and the drawings that hang on it."""

    runs: list[tuple[Piece, list[str]]] = field(default_factory=list)  # a look, and the letters that have it
    contents: list[str] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    drawings: list = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    size: float | None = None  # of the first letters
    new_page: bool = False
    page_ends: bool = False

    def add(self, look: Piece, text: str) -> None:
        if self.runs and self.runs[-1][0] == look and not look.note:
            self.runs[-1][1].append(text)
        else:
            self.runs.append((look, [text]))

    @property
    def pieces(self) -> list[Piece]:
        return [replace(look, text="".join(letters)) for look, letters in self.runs]

    def end_page(self) -> None:
        if self.contents:
            self.contents.append("\n")
        if self.size is not None:  # letters stand before it
            self.page_ends = True
        else:
            self.new_page = True


@dataclass(frozen=True)
class State:
    """What holds for all runs inside an element."""

    href: str = ""
    inserted: bool = False
    deleted: bool = False


class LineReader:
    def __init__(self, story: Story, style: str, place: str):
        self.story = story
        self.style = style
        self.place = place
        self.line = Line()
        self._look = Look()

    def read(self, element, state: State = State()) -> Line:
        for child in element:
            self._take(child, state)
        return self.line

    def _take(self, child, state) -> None:
        tag = child.tag
        if tag == f"{W}r":
            self._look = self.story.styles.look(child.find(f"{W}rPr"), self.style)
            self._run(child, state)
            self._look = Look()
        elif tag in HELD:
            self.read(child, state)
        elif tag == f"{W}hyperlink":
            self.read(child, replace(state, href=self._address(child)))
        elif tag in ADDED:
            self.read(child, replace(state, inserted=True))
        elif tag in TAKEN:
            self.read(child, replace(state, deleted=True))
        else:
            self._take_rarer(child, state)

    def _take_rarer(self, child, state) -> None:
        if child.tag == f"{W}sdt":
            self.read(child.findall(f"{W}sdtContent"), state)
        elif child.tag == f"{W}fldSimple":
            self._simple_field(child, state)
        elif child.tag in FORMULAS:
            self._put(in_line(child), state)
        elif child.tag == f"{MC}AlternateContent":
            self.read(chosen(child), state)
        elif child.tag == f"{W}commentRangeStart":
            self.story.record.comment_at(child.get(f"{W}id"), self.place)
        elif child.tag == BOOKMARK:
            self.line.anchors += names_of([child])
        else:
            refuse_foreign(child, self.place)

    def _simple_field(self, element, state) -> None:
        opened = Field(element.get(f"{W}instr", ""), in_result=True)
        self._part_contents(opened, state)
        self.story.fields.open.append(opened)
        self.read(element, state)
        self.story.fields.open.pop()
        self._part_contents(opened, state)

    def _part_contents(self, field_: Field | None, state) -> None:
        """A contents list that begins or ends within a line is no part of the words beside it."""
        if field_ is None or field_.name not in CONTENTS or state.deleted or self._look.hidden:
            return
        if self.line.contents:
            self.line.contents.append("\n")
        if self.line.runs:
            self.line.add(Piece(""), "\n")

    def _address(self, element) -> str:
        anchor = element.get(f"{W}anchor", "")
        link = self.story.links.get(element.get(f"{R}id", ""))
        target = link.target if link else ""
        return f"{target}#{anchor}" if anchor else target or "#"

    def _run(self, run, state) -> None:
        for child in run:
            tag = child.tag
            if tag in LETTERS:
                self._letters(child, state)
            elif tag in SIGNS:
                self._put(SIGNS[tag], state)
            elif tag == f"{W}br":
                self._break(child, state)
            elif tag == f"{W}fldChar":
                self._field(child, state)
            elif tag == f"{W}instrText":
                self.story.fields.spell(child.text or "")
            elif tag in DRAWN:
                self._drawing(child, state)
            elif tag in NOTES:
                self._note(NOTES[tag], child, state)
            else:
                self._rarer(child, state)

    def _rarer(self, child, state) -> None:
        if child.tag == f"{MC}AlternateContent":
            self._run(chosen(child), state)
        elif child.tag == f"{W}ruby":
            self._ruby(child, state)
        elif child.tag == f"{W}commentReference":
            self.story.record.comment_at(child.get(f"{W}id"), self.place)

    def _letters(self, child, state) -> None:
        letters = plain(LETTERS[child.tag](child), "" if child.tag == f"{W}sym" else self._look.font)
        if UNKNOWN in letters and not state.deleted:
            message = _("A sign of the font %(font)s cannot be read. Look it up and type it.")
            font = child.get(f"{W}font", self._look.font or "?")
            self.story.record.odd("unknown_sign", self.place, message % {"font": font})
        is_gone = child.tag == f"{W}delText"
        self._put(letters, replace(state, deleted=True) if is_gone else state)

    def _ruby(self, ruby, state) -> None:
        """Small letters above others come after them, in brackets."""
        look = self._look
        self.read(ruby.findall(f"{W}rubyBase"), state)
        self._look = look
        self._put(" (", state)
        self.read(ruby.findall(f"{W}rt"), state)
        self._look = look
        self._put(") ", state)

    def _break(self, child, state) -> None:
        if child.get(f"{W}type") != "page":
            self._put("\n", state)
        elif not (state.deleted or self._look.hidden or self.story.fields.in_code):
            self.line.end_page()

    def _field(self, child, state) -> None:
        met, kind = self.story.fields.meet(child), child.get(f"{W}fldCharType")
        self._part_contents(met, state)
        if kind == "begin":
            self._form_field(child, state)
        if kind == "end" and met and met.name in UNKEPT and not met.has_result and not state.deleted:
            message = _("A field (%(name)s) shows something that the file does not hold. Type it as text.")
            self.story.record.odd("field_without_text", self.place, message % {"name": met.name})

    def _form_field(self, child, state) -> None:
        shown = form_field(child)
        if not shown:
            return
        opened = self.story.fields.open.pop()
        self._put(shown, state)
        self.story.fields.open.append(opened)

    def _drawing(self, child, state) -> None:
        if self.story.fields.in_code:
            return
        if state.deleted:
            self.line.deleted.append(_words_of(child) or _("[picture]"))
        elif self._look.hidden:
            self.line.hidden.append(_words_of(child))
        else:
            self.line.drawings.append(child)

    def _note(self, kind, child, state) -> None:
        if state.deleted or self._look.hidden or self.story.fields.in_code:
            return
        key = self.story.papers.note_of(kind, child.get(f"{W}id"), self.place)
        if key and not self.story.in_contents:
            self.line.add(Piece("", note=key), "")

    def _put(self, text, state) -> None:
        fields, line = self.story.fields, self.line
        if not text or fields.in_code:
            return
        for field_ in fields.open:
            field_.has_result = True
        if state.deleted:
            line.deleted.append(text)
        elif self._look.hidden:
            line.hidden.append(text)
        elif self.story.in_contents:
            line.contents.append(self._shown(text))
        elif not (self.story.is_running and fields.stand_in(*PAGES)):
            self._add(self._shown(text), state)

    def _shown(self, text) -> str:
        return text.upper() if self._look.capitals else text

    def _add(self, text, state) -> None:
        look, line = self._look, self.line
        if line.page_ends:  # the page ended in the middle of a paragraph
            line.page_ends, text = False, f"\n{text}"
        if state.inserted:
            line.inserted.append(text)
        if text.strip() and line.size is None:
            line.size = look.size
        href = state.href or self.story.fields.href
        line.add(Piece("", look.bold or self.story.bold_cell, look.italic, look.raised, href), text)


def _words_of(drawing) -> str:
    return "\n".join("".join(map(spelled, line.iter(f"{W}t"))) for line in drawing.iter(f"{W}p"))
