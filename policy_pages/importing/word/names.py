"""Names in the markup of Word, and the few questions that every part of it is asked."""

import re

OFFICE = "{http://schemas.openxmlformats.org/"
W = f"{OFFICE}wordprocessingml/2006/main}}"
R = f"{OFFICE}officeDocument/2006/relationships}}"
WP = f"{OFFICE}drawingml/2006/wordprocessingDrawing}}"
A = f"{OFFICE}drawingml/2006/main}}"
PIC = f"{OFFICE}drawingml/2006/picture}}"
DGM = f"{OFFICE}drawingml/2006/diagram}}"
C = f"{OFFICE}drawingml/2006/chart}}"
M = f"{OFFICE}officeDocument/2006/math}}"
MC = f"{OFFICE}markup-compatibility/2006}}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741  the prefix it has in every file

VAL = f"{W}val"
BOOKMARK = f"{W}bookmarkStart"
OFF = ("0", "false", "off")
MEASURE = re.compile(r"(-?\d+(?:\.\d+)?)(pt|in|cm|mm|pc|pi)?")
BLANK = re.compile(r"[\r\n]")  # in the markup of a line these are spaces
SHOWN_BY_FALLBACK = ("wpi", "aink", "am3d")  # ink and models: their picture stands in the other branch
TWENTIETHS = {"pt": 20, "in": 1440, "cm": 1440 / 2.54, "mm": 144 / 2.54, "pc": 240, "pi": 240}


def value(element, name: str, default: str = "") -> str:
    """The value of the child ``name`` of an element that may be None."""
    child = None if element is None else element.find(W + name)
    return default if child is None else child.get(VAL, default)


def is_on(element) -> bool:
    """A switch is on when it stands there and does not say otherwise."""
    return element is not None and element.get(VAL, "1").lower() not in OFF


def has(element, *names: str) -> bool:
    return element is not None and any(element.find(W + name) is not None for name in names)


def names_of(bookmarks) -> list[str]:
    return [name for one in bookmarks if (name := one.get(f"{W}name"))]


def twentieths(words: str) -> int:
    """A measure in twentieths of a point, with or without its unit; 0 for what is none."""
    match = MEASURE.fullmatch(words or "")
    return round(float(match[1]) * TWENTIETHS.get(match[2], 1)) if match else 0


def whole(words: str, default: int = 0) -> int:
    try:
        return int(words)
    except (TypeError, ValueError):
        return default


def chosen(alternatives):
    """The branch of an AlternateContent that counts: the first choice, else what older programs show."""
    branches = [branch for branch in alternatives if len(branch)]
    if branches and branches[0].get("Requires") in SHOWN_BY_FALLBACK:
        branches.reverse()
    return branches[0] if branches else alternatives[:0]


def spelled(text_element) -> str:
    """The letters of a text element: without its own word on it, spaces at its ends do not count."""
    text = BLANK.sub(" ", text_element.text or "")
    kept = text_element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
    return text if kept else text.strip()
