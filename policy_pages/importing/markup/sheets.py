"""How things look: the style sheet inside a page, the styles on its elements, and what they hide."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from policy_pages.importing.line import Look

BRACE = re.compile(r"[{}]")
REMARK = re.compile(r"/\*.*?(\*/|\Z)", re.DOTALL)
ON_SCREEN = re.compile(r"@media\s+(only\s+)?(all|screen)\s*(and\b.*)?", re.IGNORECASE | re.DOTALL)
SIMPLE = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?:\.(?P<name>[\w-]+))?", re.IGNORECASE)
LENGTH = re.compile(r"(-?[\d.]+)\s*(pt|px|in|cm|mm|em|rem|pc)", re.IGNORECASE)
POINTS = {"pt": 1, "px": 0.75, "in": 72, "cm": 28.35, "mm": 2.835, "em": 12, "rem": 12, "pc": 12}
BOLD_TAGS = {"b", "strong"}
RAISED = {"super": "sup", "sub": "sub"}
ITALIC_TAGS = {"i", "em", "cite", "var", "dfn"}
QUOTE_INDENT = 720  # twentieths of a point: what browsers give a quotation, half an inch
INDENTED = {"blockquote", "dd"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
TITLE_NAMES = {"msotitle", "title"}
LONGEST_SHEET = 2_000_000


@dataclass(frozen=True)
class Ground:
    """Of the block that words stand in."""

    level: int = 0
    is_title: bool = False
    centred: bool = False
    indent: int = 0


class Sheet:
    def __init__(self, root):
        text = "\n".join("".join(style.itertext()) for style in root.iter("style"))
        self.text = REMARK.sub("", text[:LONGEST_SHEET].replace("<!--", "").replace("-->", ""))
        self._rules: dict[tuple[str, str], dict[str, str]] = {}
        self._seen: dict[tuple[str, str, str], dict[str, str]] = {}
        for selectors, declared in rules(self.text):
            for selector in selectors.split(","):
                found = SIMPLE.fullmatch(selector.strip())
                if found and found.group():
                    key = ((found["tag"] or "").lower(), found["name"] or "")
                    self._rules.setdefault(key, {}).update(declarations(declared))

    def of(self, element) -> dict[str, str]:
        """What is declared for ``element`` itself, the nearest declaration last."""
        key = element.tag, element.get("class") or "", element.get("style") or ""
        if key not in self._seen:
            self._seen[key] = self._declared(*key)
        return self._seen[key]

    def _declared(self, tag, names, style) -> dict[str, str]:
        found = dict(self._rules.get((tag, ""), {}))
        for name in names.split():
            found |= self._rules.get(("", name), {})
            found |= self._rules.get((tag, name), {})
        return found | declarations(style)

    def hides(self, element) -> bool:
        if element.get("hidden") is not None:
            return True
        style = self.of(element)
        return (
            style.get("display") == "none"
            or style.get("visibility") == "hidden"
            or style.get("mso-hide") == "all"
        )

    def look(self, element, look: Look) -> Look:
        """The look of the letters in ``element`` when those around it have ``look``."""
        style = self.of(element)
        return replace(
            look,
            bold=_bold(element.tag, style, look.bold),
            italic=_italic(element.tag, style, look.italic),
            raised=_raised(element.tag, style, look.raised),
            size=round(points(style["font-size"]), 1) or look.size if "font-size" in style else look.size,
            as_typed=_as_typed(element.tag, style, look.as_typed),
        )

    def ground(self, element, ground: Ground) -> Ground:
        style = self.of(element)
        names = {name.lower() for name in (element.get("class") or "").split()}
        aligned = style.get("text-align") or (element.get("align") or "").lower()
        margin = style.get("margin-left", "")
        inset = QUOTE_INDENT if element.tag in INDENTED else max(0, round(points(margin) * 20))
        return replace(
            ground,
            level=_level(element) or ground.level,
            is_title=ground.is_title or (element.tag == "p" and bool(names & TITLE_NAMES)),
            centred=aligned == "center" if aligned else ground.centred or element.tag == "center",
            indent=ground.indent + inset,
        )

    def breaks_page(self, element) -> bool:
        style = self.of(element)
        return style.get("page-break-before") == "always" or style.get("break-before") == "page"


def rules(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of a sheet, without those for other media than a screen."""
    around: list[str] = []
    start = 0
    for brace in BRACE.finditer(text):
        words, start = text[start : brace.start()].strip(), brace.end()
        if brace.group() == "{":
            around.append(words.rpartition(";")[2].strip())
        elif around:
            selectors = around.pop()
            if all(ON_SCREEN.fullmatch(outer) for outer in around):
                yield selectors, words


def declarations(text: str) -> dict[str, str]:
    pairs = (declared.partition(":") for declared in text.split(";"))
    found = {name.strip().lower(): value.strip().lower() for name, _colon, value in pairs if value}
    return {name: value.removesuffix("!important").strip() for name, value in found.items()}


def points(text: str) -> float:
    found = LENGTH.search(text)
    try:
        return float(found[1]) * POINTS[found[2].lower()] if found else 0
    except ValueError:
        return 0


def _level(element) -> int:
    stated = element.get("aria-level") or ""
    if element.get("role") == "heading" and stated.isdecimal():
        return min(int(stated), 9)
    return HEADINGS.get(element.tag, 0)


def _bold(tag, style, before) -> bool:
    weight = style.get("font-weight", "")
    if weight.isdecimal():
        return int(weight) >= 600
    if weight in ("bold", "bolder"):
        return True
    return tag in BOLD_TAGS or before if weight != "normal" else False


def _italic(tag, style, before) -> bool:
    slant = style.get("font-style", "")
    if slant:
        return slant.startswith(("italic", "oblique"))
    return tag in ITALIC_TAGS or before


def _raised(tag, style, before) -> str:
    stated = RAISED.get(style.get("vertical-align", ""), "")
    return stated or (tag if tag in RAISED.values() else before)


def _as_typed(tag, style, before) -> bool:
    space = style.get("white-space", "")
    if space:
        return space in ("pre", "pre-wrap", "pre-line", "break-spaces")
    return tag in ("pre", "textarea", "listing") or before
