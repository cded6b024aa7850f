"""Counts the words of a document straight from its markup, on another way than it is read.

Nothing here knows of tables, controls or columns: whatever holds letters is counted, whatever stands around it.
So words that a reader passes over are missed. Shared with the reader is only how letters are spelled.
"""

from policy_pages.importing.source import words_of
from policy_pages.importing.word.fields import CONTENTS, Field, Fields, form_field
from policy_pages.importing.word.formulas import in_line
from policy_pages.importing.word.names import DGM, MC, A, M, R, V, W, has, spelled
from policy_pages.importing.word.package import Package
from policy_pages.importing.word.styles import Look, Styles
from policy_pages.importing.word.symbols import plain, sign

PASSED = {f"{W}pPr", f"{W}rPr", f"{W}sdtPr", f"{W}tblPr", f"{W}trPr", f"{W}tcPr", f"{W}fldData"}
NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}


def words_of_document(package: Package, styles: Styles) -> list[str]:
    """Every word of the body with its boxes and of the notes that it refers to."""
    counter = Counter(package, styles, package.document, package.tree(package.document))
    words, waiting, met = words_of(counter.text()), list(counter.noted), set()
    notes = {kind: _notes(package, kind) for kind in NOTES.values()}
    while waiting:
        kind, number = waiting.pop()
        if (kind, number) not in met and number in notes[kind]:
            name = package.related(package.document, f"{kind}s")
            counter = Counter(package, styles, name, notes[kind][number])
            words += words_of(counter.text())
            waiting += counter.noted
        met.add((kind, number))
    return words


def _notes(package: Package, kind: str) -> dict:
    tree = package.tree(package.related(package.document, f"{kind}s"))
    return {} if tree is None else {note.get(f"{W}id"): note for note in tree.findall(W + kind)}


class Counter:
    """Spells what is seen below ``root``, of the part ``name``."""

    def __init__(self, package: Package, styles: Styles, name: str, root):
        self.noted: list[tuple[str, str]] = []  # (kind, id) of the notes that are referred to
        self._package = package
        self._links = package.links(name)
        self._styles = styles
        self._root = root
        self._fields = Fields(root)
        self._style = ""
        self._look = Look()
        self._gone = 0
        self._aside: list[str] = []

    def text(self) -> str:
        """Boxes come last, so that they part no word."""
        text = self._inside(self._root)
        return "\n".join([text, *self._aside])

    def _inside(self, element) -> str:
        """What nobody knows is looked into."""
        text = ""
        for child in element:
            if child.tag not in PASSED:
                text += SPELLED.get(child.tag, Counter._inside)(self, child)
        return text

    def _letters(self, element) -> str:
        return self._seen(plain(spelled(element), self._look.font))

    def _sign(self, element) -> str:
        return self._seen(sign(element))

    def _blank(self, element) -> str:
        return self._seen("\n")

    def _hyphen(self, element) -> str:
        return self._seen("-")

    def _formula(self, element) -> str:
        return self._seen(in_line(element))

    def _apart(self, element) -> str:
        return f"\n{self._inside(element)}\n"

    def _row(self, element) -> str:
        is_taken = has(element.find(f"{W}trPr"), "del")
        return self._taken_away(element) if is_taken else self._inside(element)

    def _code(self, element) -> str:
        self._fields.spell(element.text or "")
        return ""

    def _drawn_line(self, element) -> str:
        self._put_aside("".join(piece.text or "" for piece in element.iter(f"{A}t")))
        return ""

    def _word_art(self, element) -> str:
        self._put_aside(element.get("string", ""))
        return ""

    def _seen(self, text) -> str:
        if self._gone or self._look.hidden or self._fields.in_code:
            return ""
        return text.upper() if self._look.capitals else text

    def _put_aside(self, text) -> None:
        if not (self._gone or self._look.hidden or self._fields.in_code):
            self._aside.append(text)

    def _run(self, run) -> str:
        self._look = self._styles.look(run.find(f"{W}rPr"), self._style)
        text = self._inside(run)
        self._look = Look()
        return text

    def _paragraph(self, element) -> str:
        """With an end, unless it runs on into the next: its mark is taken away, or it is one big first letter."""
        properties = element.find(f"{W}pPr")
        self._style = self._styles.of(properties)
        frame = self._styles.first("framePr", properties, self._style)
        text = self._inside(element)
        mark = None if properties is None else properties.find(f"{W}rPr")
        is_cap = frame is not None and frame.get(f"{W}dropCap", "none") != "none"
        return text if is_cap or has(mark, "del", "moveFrom") else f"{text}\n"

    def _taken_away(self, element) -> str:
        self._gone += 1
        self._inside(element)
        self._gone -= 1
        return ""

    def _field(self, element) -> str:
        shown = form_field(element) if element.get(f"{W}fldCharType") == "begin" else ""
        text = self._seen(shown)
        met = self._fields.meet(element)
        return text + self._seen("\n") if met and met.name in CONTENTS else text

    def _simple_field(self, element) -> str:
        is_contents = Field(element.get(f"{W}instr", "")).name in CONTENTS
        apart = self._seen("\n") if is_contents else ""
        return apart + self._inside(element) + apart

    def _note(self, element) -> str:
        if not (self._gone or self._look.hidden or self._fields.in_code):
            self.noted.append((NOTES[element.tag], element.get(f"{W}id")))
        return ""

    def _alternatives(self, element) -> str:
        for branch in element:
            if len(branch):
                return self._inside(branch)
        return ""

    def _box(self, element) -> str:
        """A box is read with a look and a style of its own, and the paragraph around it goes on as before."""
        look, style = self._look, self._style
        self._look = Look()
        text = self._taken_away(element) if look.hidden else self._inside(element)
        self._look, self._style = look, style
        self._put_aside(text)
        return ""

    def _diagram(self, element) -> str:
        link = self._links.get(element.get(f"{R}dm", ""))
        tree = self._package.tree(link.target) if link and not link.is_outside else None
        for line in () if tree is None else tree.iter(f"{A}p"):
            self._drawn_line(line)
        return ""

    def _ruby(self, element) -> str:
        base, above = (self._inside(element.findall(W + name)) for name in ("rubyBase", "rt"))
        return f"{base} ({above}) "


SPELLED = {
    **dict.fromkeys((f"{W}tab", f"{W}ptab", f"{W}br", f"{W}cr"), Counter._blank),
    **dict.fromkeys((f"{W}del", f"{W}moveFrom"), Counter._taken_away),
    **dict.fromkeys((f"{W}tbl", f"{W}tc"), Counter._apart),
    **dict.fromkeys((f"{M}oMath", f"{M}oMathPara"), Counter._formula),
    **dict.fromkeys(NOTES, Counter._note),
    f"{W}t": Counter._letters,
    f"{W}sym": Counter._sign,
    f"{W}noBreakHyphen": Counter._hyphen,
    f"{W}r": Counter._run,
    f"{W}p": Counter._paragraph,
    f"{W}tr": Counter._row,
    f"{W}fldChar": Counter._field,
    f"{W}fldSimple": Counter._simple_field,
    f"{W}instrText": Counter._code,
    f"{W}ruby": Counter._ruby,
    f"{W}txbxContent": Counter._box,
    f"{MC}AlternateContent": Counter._alternatives,
    f"{A}p": Counter._drawn_line,
    f"{V}textpath": Counter._word_art,
    f"{DGM}relIds": Counter._diagram,
}
