"""Lines become paragraphs: wrapped ones joined, bullets and underlined headings seen, links read."""

import re

from django.utils.translation import gettext as _

from policy_pages.importing.numbering import is_dotted, typed
from policy_pages.importing.plain.words import LINK
from policy_pages.importing.source import Paragraph, Piece

BULLET = re.compile(r"(?P<indent>\s*)(?P<sign>[·•‣▪◦●○■–*-]|o(?=[ \t]))(?P<space>\s+|(?<=[·•])(?=\S))")
SECOND_SIGNS = "o◦○▪■"
UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,}|\*{3,})\s*")
RULE = {"=": 1, "*": 1, "-": 2, "~": 2}
WIDEST, LEAST_LINES = 100, 5
SHORT = 30


class Numbering:
    """Counts paragraphs, so that a person finds them."""

    def __init__(self):
        self.count = 0

    def next(self) -> str:
        self.count += 1
        return _("paragraph %d") % self.count


def paragraphs_of(lines: list[str], numbering: Numbering) -> list[Paragraph]:
    found: list[Paragraph] = []
    lines = joined(lines)
    bullets: list[tuple[int, str]] = []
    for index, line in enumerate(lines):
        if not line.strip():
            if found and found[-1].text:
                found.append(Paragraph([], found[-1].place))
            continue
        if UNDERLINE.fullmatch(line) and index and lines[index - 1].strip() and found:
            found[-1].level = RULE[line.strip()[0]]
            continue
        found.append(_paragraph(line, numbering, bullets))
    return found


def inline(text: str) -> list[Piece]:
    """The words with their links: "[words](address)"."""
    pieces, place = [], 0
    for link in LINK.finditer(text):
        if link.start() > place:
            pieces.append(Piece(text[place : link.start()]))
        address = link[0][len(link[1]) + 3 : -1]
        pieces.append(Piece(link[1], href=address or "#"))
        place = link.end()
    return pieces + [Piece(text[place:])] if place < len(text) else pieces


def _paragraph(line: str, numbering: Numbering, bullets: list[tuple[int, str]]) -> Paragraph:
    bullet = BULLET.match(line)
    if bullet is None or _holds_more_bullets(line, bullet):
        if not line.startswith((" ", "\t")):
            bullets.clear()
        return Paragraph(inline(line.strip()), numbering.next(), indent=len(line) - len(line.lstrip()))
    words = line[bullet.end() :].strip()
    number = typed(words)
    if number and is_dotted(number.number):
        bullets.clear()
        return Paragraph(inline(words), numbering.next())
    depth = _depth(len(bullet["indent"].expandtabs(4)), bullet["sign"], bullets)
    return Paragraph(inline(words), numbering.next(), depth=depth)


def _holds_more_bullets(line: str, bullet: re.Match) -> bool:
    return bullet["sign"] in "•·" and line.count(f" {bullet['sign']}", bullet.end()) > 0


def _depth(indent: int, sign: str, bullets: list[tuple[int, str]]) -> int:
    """One deeper than the bullet that stands at least two signs further left, or has a sign of the first order."""
    while bullets and not _is_beneath(indent, sign, *bullets[-1]):
        bullets.pop()
    bullets.append((indent, sign))
    return len(bullets) - 1


def _is_beneath(indent: int, sign: str, above: int, sign_above: str) -> bool:
    second, second_above = sign in SECOND_SIGNS, sign_above in SECOND_SIGNS
    return indent >= above + 2 or (indent >= above and second and not second_above)


def joined(lines: list[str]) -> list[str]:
    """Lines that were one: broken at the width of a page, or in the middle of a sentence by another conversion."""
    width = _width(lines)
    found: list[str] = []
    blank, last = 0, ""
    for line in lines:
        if not line.strip():
            blank += 1
            continue
        if last and _goes_on(found[-1], last, line, 0 if blank else width):
            found[-1] = f"{found[-1].rstrip()} {line.strip()}"
        else:
            found += [""] * min(blank, 1) + [line]
        blank, last = 0, line.rstrip()
    return found + [""] * min(blank, 1)


def _width(lines: list[str]) -> int:
    """The width at which the lines were broken; 0 if every line is a paragraph."""
    lengths = [len(line.rstrip()) for line in lines if line.strip()]
    widest = max(lengths, default=0)
    full = sum(length > widest * 0.8 for length in lengths)
    return widest if 50 <= widest <= WIDEST and full >= LEAST_LINES else 0


def _goes_on(before: str, last: str, line: str, width: int) -> bool:
    """``line`` goes on with ``before``, whose last line in the file is ``last``."""
    words = line.strip()
    if UNDERLINE.fullmatch(line) or UNDERLINE.fullmatch(before) or BULLET.match(line) or typed(words):
        return False
    if width:
        return len(last) + 1 + len(words.split()[0]) > width - 3
    ends_open = last[-1:].isalpha() or last.endswith((",", "-"))
    return ends_open and words[0].islower() and len(last.strip()) >= SHORT
