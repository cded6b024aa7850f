"""Fields: a code that nobody sees, and its last result, which is what a reader sees."""

import re
from dataclasses import dataclass

from policy_pages.importing.word.names import W, is_on, value, whole

CONTENTS = ("TOC", "INDEX", "TOA", "TOF")
PAGES = ("PAGE", "NUMPAGES", "SECTIONPAGES")
#: Counted or drawn by Word each time and kept nowhere: the file does not hold what a reader sees.
UNKEPT = ("LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "EQ", "SYMBOL")
PART = re.compile(r'"((?:\\.|[^"\\])*)"|(\S+)')


@dataclass
class Field:
    code: str = ""
    in_result: bool = False
    has_result: bool = False

    @property
    def name(self) -> str:
        return (self.code.split() or [""])[0].upper()

    @property
    def href(self) -> str:
        """Where a HYPERLINK leads: its address, and after the switch ``\\l`` a place within it."""
        parts = [match[1] if match[2] is None else match[2] for match in PART.finditer(self.code)][1:]
        address, anchor, switch = "", "", ""
        for part in parts:
            if part.startswith("\\") and len(part) == 2:
                switch = part
            elif switch == "\\l":
                anchor, switch = part, ""
            elif switch in ("\\o", "\\t"):
                switch = ""
            else:
                address = address or part.replace("\\\\", "\\")
        return f"{address}#{anchor}" if anchor else address


class Fields:
    """The fields that are open at a place of the text below ``root``, the outermost first."""

    def __init__(self, root):
        self.open: list[Field] = []
        self._endless = _without_end(root)

    def meet(self, sign) -> Field | None:
        """A fldChar. Answers with the field whose result begins or ends here."""
        kind = sign.get(f"{W}fldCharType")
        if kind == "begin":
            if sign not in self._endless:
                self.open.append(Field())
        elif self.open and kind == "separate":
            self.open[-1].in_result = True
            return self.open[-1]
        elif self.open and kind == "end":
            return self.open.pop()
        return None

    def spell(self, code: str) -> None:
        if self.open and not self.open[-1].in_result:
            self.open[-1].code += code

    def leave(self, *names: str) -> None:
        self.open = [field for field in self.open if field.name not in names]

    @property
    def in_code(self) -> bool:
        return any(not field.in_result for field in self.open)

    def stand_in(self, *names: str) -> bool:
        return any(field.name in names for field in self.open)

    @property
    def href(self) -> str:
        return next((field.href for field in reversed(self.open) if field.name == "HYPERLINK"), "")


def _without_end(root) -> set:
    """Beginnings of fields that never end: what follows them is text like any other."""
    begun = []
    for sign in root.iter(f"{W}fldChar"):
        kind = sign.get(f"{W}fldCharType")
        if kind == "begin":
            begun.append(sign)
        elif kind == "end" and begun:
            begun.pop()
    return set(begun)


def form_field(sign) -> str:
    """What a form field shows that keeps no text of its own: a tick box, or the chosen line of a list."""
    data = sign.find(f"{W}ffData")
    if data is None:
        return ""
    box, choice = data.find(f"{W}checkBox"), data.find(f"{W}ddList")
    if box is not None:
        own = box.find(f"{W}checked")
        ticked = is_on(own if own is not None else box.find(f"{W}default"))
        return "☒" if ticked else "☐"
    if choice is None:
        return ""
    lines = [line.get(f"{W}val", "") for line in choice.findall(f"{W}listEntry")]
    chosen = whole(value(choice, "result") or value(choice, "default"))
    return lines[chosen] if 0 <= chosen < len(lines) else ""
