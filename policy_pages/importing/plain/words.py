"""What is counted, and what is put right before anything is read: page lines, words that a conversion glued."""

import re

from django.utils.translation import gettext as _

from policy_pages.importing.source import Kind, LeftOut, Oddity, words_of

LINK = re.compile(r"\[([^\[\]\n]+)\]\([^()\s]*\)")
LETTER_BULLET = re.compile(r"^[ \t]*o[ \t]+(?=\S)", re.MULTILINE)
PAGE_LINE = re.compile(
    r"\s*(?:[-–—]\s*)?(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?(?:\s*[-–—])?\s*", re.IGNORECASE
)
LABELLED = re.compile(r"^[ \t]*(?:appendix|annexe?)\s+\w{1,4}\b.*$", re.IGNORECASE | re.MULTILINE)
GLUED_LABEL = re.compile(r"(?<=[a-z])(?=(?:APPENDIX|ANNEX) [A-Z\d]{1,3}[ \t]*$)", re.MULTILINE)
GLUE = re.compile(r"(?<=[a-z)])(?=[A-Z][a-z])")


def plain_words(text: str) -> list[str]:
    """Every word of the file: a link counts by its words, an "o" that is a bullet counts as no word."""
    return words_of(LETTER_BULLET.sub("", LINK.sub(r"\1", text)))


def without_page_lines(text: str) -> tuple[str, list[LeftOut]]:
    """``text`` without the page numbers beside its form feeds."""
    left_out, pages = [], text.split("\f")
    for number, page in enumerate(pages[:-1], start=1):
        lines = page.rstrip().split("\n")
        if len(pages) > 1 and PAGE_LINE.fullmatch(lines[-1]):
            left_out.append(LeftOut(Kind.RUNNING, lines[-1].strip(), _("page %d") % number))
            pages[number - 1] = "\n".join(lines[:-1])
    return "\n".join(pages), left_out


def unglued(text: str) -> tuple[str, list[Oddity]]:
    """Two lines that a conversion made one: "ToolAPPENDIX 1", or a heading whose end is a line of its own elsewhere."""
    oddities: list[Oddity] = []
    alone = {line.strip() for line in text.split("\n")}

    def part(match: re.Match) -> str:
        line = match[0]
        for glue in GLUE.finditer(line):
            if line[glue.start() :].strip() in alone:
                oddities.append(_glued(line, glue.start()))
                return line[: glue.start()] + "\n" + line[glue.start() :]
        return line

    text = LABELLED.sub(part, text)
    for glue in reversed(list(GLUED_LABEL.finditer(text))):
        line = text[text.rfind("\n", 0, glue.start()) + 1 : text.find("\n", glue.start())]
        oddities.append(_glued(line, line.find("APPENDIX") if "APPENDIX" in line else line.find("ANNEX")))
        text = text[: glue.start()] + "\t" + text[glue.start() :]
    return text, oddities


def _glued(line: str, place: int) -> Oddity:
    words = {"line": line.strip(), "first": line[:place].split()[-1], "second": line[place:].split()[0]}
    message = (
        _("“%(first)s” and “%(second)s” stood as one word in “%(line)s”; they were read as two.") % words
    )
    return Oddity("glued_words", line.strip()[:60], message)
