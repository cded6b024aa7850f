"""Styles of an OpenDocument text: what a name means for letters, paragraphs and cells, with what it inherits."""

import re
from dataclasses import dataclass, replace

from policy_pages.importing.line import Look
from policy_pages.importing.odt.names import get, long, short, whole

LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(pt|in|cm|mm|px|pc)")
TWENTIETHS = {"pt": 20, "in": 1440, "cm": 567, "mm": 56.7, "px": 15, "pc": 240}
HEADING = re.compile(r"Heading_20_(\d{1,2})", re.IGNORECASE)
PROPERTIES = ("style:text-properties", "style:paragraph-properties", "style:table-cell-properties")
LONGEST_LINE = 20  # styles that inherit one from another; a ring is no inheritance
BORDERS = ("fo:border", "fo:border-top", "fo:border-bottom", "fo:border-left", "fo:border-right")
BOLD = {"bold", "600", "700", "800", "900"}


@dataclass(frozen=True)
class Shape:
    """Of a paragraph."""

    level: int = 0
    is_title: bool = False
    centred: bool = False
    new_page: bool = False
    indent: int = 0
    size: float = 0


class Styles:
    """``roots`` are the documents whose styles hold here, the nearest first."""

    def __init__(self, roots):
        self.roots = roots
        self._styles: dict[tuple[str, str], object] = {}
        self._merged: dict[tuple[str, str], dict[str, str]] = {}
        for root in roots:
            for style in root.iter(long("style:style")):
                self._styles.setdefault((get(style, "style:family"), get(style, "style:name")), style)

    def line(self, family: str, name: str) -> list:
        """The style and those it inherits from, itself first."""
        found: list = []
        style = self._styles.get((family, name))
        while style is not None and len(found) < LONGEST_LINE:
            found.append(style)
            style = self._styles.get((family, get(style, "style:parent-style-name")))
        return found

    def of(self, family: str, name: str) -> dict[str, str]:
        """All properties of a style, by their short names."""
        key = family, name
        if key not in self._merged:
            self._merged[key] = {}
            for style in reversed(self.line(family, name)):
                self._merged[key] |= _properties(style)
        return self._merged[key]

    def look(self, family: str, name: str, look: Look) -> Look:
        """The look of letters under a style, where those around them have ``look``."""
        stated = self.of(family, name)
        weight, slant = stated.get("fo:font-weight"), stated.get("fo:font-style")
        return replace(
            look,
            bold=look.bold if weight is None else weight in BOLD,
            italic=look.italic if slant is None else slant in ("italic", "oblique"),
            raised=_raised(stated.get("style:text-position"), look.raised),
        )

    def hides(self, family: str, name: str) -> bool:
        return self.of(family, name).get("text:display") == "none"

    def shape(self, name: str) -> Shape:
        stated = self.of("paragraph", name)
        line = self.line("paragraph", name)
        names = [get(style, "style:name") for style in line]
        return Shape(
            level=_level(names),
            is_title="Title" in names or name == "Title",
            centred=stated.get("fo:text-align") == "center",
            new_page=stated.get("fo:break-before") == "page"
            or bool(line and get(line[0], "style:master-page-name")),
            indent=max(0, twentieths(stated.get("fo:margin-left", ""))),
            size=twentieths(stated.get("fo:font-size", "")) / 20,
        )

    def list_style_of(self, name: str) -> str | None:
        """The list style that a paragraph style names: empty for "no numbers", None where it is silent."""
        for style in self.line("paragraph", name):
            if style.get(long("style:list-style-name")) is not None:
                return get(style, "style:list-style-name")
        return None

    def has_border(self, cell: str) -> bool:
        stated = self.of("table-cell", cell)
        return any(stated.get(name, "none").split()[:1] not in ([], ["none"], ["hidden"]) for name in BORDERS)


def twentieths(length: str) -> int:
    found = LENGTH.match(length)
    return round(float(found[1]) * TWENTIETHS[found[2]]) if found else 0


def _properties(style) -> dict[str, str]:
    found = {}
    for child in style:
        if short(child) in PROPERTIES:
            found |= {_short_name(name): value for name, value in child.attrib.items()}
    return found


def _short_name(name: str) -> str:
    for prefix in ("fo", "style", "text"):
        start = long(f"{prefix}:")
        if name.startswith(start):
            return f"{prefix}:{name.removeprefix(start)}"
    return name


def _raised(position: str | None, before: str) -> str:
    """ "super 58%", "33% 58%" and the like; nothing raised is "0% 100%"."""
    if not position:
        return before
    where = position.split()[0]
    if where in ("super", "sub"):
        return "sup" if where == "super" else "sub"
    if where.startswith("-"):
        return "sub"
    return "" if where.startswith("0") else "sup"


def _level(names: list[str]) -> int:
    found = next((found for name in names if (found := HEADING.fullmatch(name))), None)
    return whole(found[1]) if found else 0
