"""Counts the words of a document straight from its markup, on another way than it is read.

Nothing here knows of tables, controls or columns: whatever holds letters is counted, whatever stands around it.
So words that a reader passes over are missed. Shared with the reader is only how letters are spelled.
"""

from policy_pages.importing.source import words_of
from policy_pages.importing.word.fields import Fields, form_field
from policy_pages.importing.word.formulas import in_line
from policy_pages.importing.word.names import DGM, MC, A, M, R, V, W, has, spelled
from policy_pages.importing.word.package import Package
from policy_pages.importing.word.styles import Look, Styles
from policy_pages.importing.word.symbols import sign

GONE = {f"{W}del", f"{W}moveFrom"}
BLANKS = {f"{W}{name}" for name in ("tab", "ptab", "br", "cr")}
APART = {f"{W}tc", f"{W}tbl", f"{W}sectPr"}
PASSED = {f"{W}pPr", f"{W}rPr", f"{W}sdtPr", f"{W}tblPr", f"{W}trPr", f"{W}tcPr", f"{W}fldData"}
NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}


def words_of_document(package: Package, styles: Styles) -> list[str]:
    """Every word of the body with its boxes and of the notes that it refers to."""
    counter = Counter(package, styles, package.document)
    words = words_of(counter.text(package.tree(package.document)))
    for kind, numbers in counter.noted.items():
        name = package.related(package.document, f"{kind}s")
        tree = package.tree(name)
        rows = [] if tree is None else tree.findall(W + kind)
        for row in rows:
            if row.get(f"{W}id") in numbers:
                words += words_of(Counter(package, styles, name).text(row))
    return words


class Counter:
    def __init__(self, package: Package, styles: Styles, name: str):
        self.noted: dict[str, set] = {"footnote": set(), "endnote": set()}
        self._package = package
        self._links = package.links(name)
        self._styles = styles
        self._fields = Fields()
        self._style = ""
        self._look = Look()
        self._gone = 0
        self._aside: list[str] = []

    def text(self, element) -> str:
        """All that is seen below ``element``; boxes come last, so that they part no word."""
        text = self._spell(element)
        return "\n".join([text, *self._aside])

    def _inside(self, element) -> str:
        return "".join(self._spell(child) for child in element if child.tag not in PASSED)

    def _spell(self, element) -> str:
        tag = element.tag
        if tag == f"{W}t":
            return self._seen(spelled(element))
        if tag == f"{W}r":
            return self._run(element)
        if tag == f"{W}p":
            return self._paragraph(element)
        if tag in BLANKS:
            return self._seen("\n")
        if tag in GONE or (tag == f"{W}tr" and has(element.find(f"{W}trPr"), "del")):
            return self._taken_away(element)
        if tag in APART:
            return f"\n{self._inside(element)}\n"
        return self._rarer(element)

    def _rarer(self, element) -> str:
        tag = element.tag
        if tag == f"{W}fldChar":
            return self._field(element)
        if tag == f"{W}instrText":
            self._fields.spell(element.text or "")
            return ""
        if tag in (f"{W}noBreakHyphen", f"{W}sym"):
            return self._seen(sign(element) if tag == f"{W}sym" else "-")
        if tag in (f"{M}oMath", f"{M}oMathPara"):
            return self._seen(in_line(element))
        if tag in NOTES:
            return self._note(element)
        if tag == f"{MC}AlternateContent":
            return self._alternatives(element)
        return self._drawn(element)

    def _drawn(self, element) -> str:
        tag = element.tag
        if tag == f"{W}txbxContent":
            return self._box(element)
        if tag == f"{A}p":
            self._put_aside("".join(piece.text or "" for piece in element.iter(f"{A}t")))
            return ""
        if tag == f"{V}textpath":
            self._put_aside(element.get("string", ""))
        if tag == f"{DGM}relIds":
            self._diagram(element)
        if tag == f"{W}ruby":
            return self._ruby(element)
        return self._inside(element)

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
        self._fields.meet(element)
        return text

    def _note(self, element) -> str:
        if not (self._gone or self._look.hidden or self._fields.in_code):
            self.noted[NOTES[element.tag]].add(element.get(f"{W}id"))
        return ""

    def _alternatives(self, element) -> str:
        for branch in element:
            if len(branch):
                return self._inside(branch)
        return ""

    def _box(self, element) -> str:
        """A box is read with a look and a style of its own, and the paragraph around it goes on as before."""
        before = self._look, self._style
        self._look = Look(hidden=self._look.hidden)
        text = self._inside(element)
        self._look, self._style = before
        self._put_aside(text)
        return ""

    def _diagram(self, element) -> None:
        link = self._links.get(element.get(f"{R}dm", ""))
        tree = self._package.tree(link.target) if link and not link.is_outside else None
        for line in () if tree is None else tree.iter(f"{A}p"):
            self._put_aside("".join(piece.text or "" for piece in line.iter(f"{A}t")))

    def _ruby(self, element) -> str:
        base, above = (
            "".join(self._spell(row) for row in element.findall(W + name)) for name in ("rubyBase", "rt")
        )
        return f"{base} ({above}) "
