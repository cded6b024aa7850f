"""References to what is not in the document: "see section 5.2", "Appendix B"."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from policy_pages.importing import numbering
from policy_pages.importing.recognised import Recognised
from policy_pages.importing.recognising.oddities.passages import passages, sentence_around
from policy_pages.importing.source import Oddity

LABEL = r"(?:\d{1,2}[a-zA-Z]?|[A-Z]{1,2}\d?|[IVX]{1,5})"
APPENDIX = re.compile(
    rf"\b(?P<word>appendix|appendices|annexe?|annexes)\s+(?P<labels>{LABEL}(?:(?:\s*,\s*|\s+and\s+|\s*&\s*|\s+or\s+){LABEL})*)(?!\w)",
    re.IGNORECASE,
)
#: A number with a dot after one of these words is a place in this text; a number alone may be that of a law.
SECTION = re.compile(
    r"\b(?:(?:see|in|at|outlined in|described in|set out in|refer to|under|to|of|and)\s+)?"
    r"(?P<word>sections?|paragraphs?|clauses?|para\.?|part)\s+(?P<number>[A-Z]?\.?\d{1,3}(?:\.\d{1,3})+)(?![\w%]|\.\d)"
    r"|\b(?:see|outlined in|described in|set out in|refer to|detailed in|as per)\s+"
    r"(?P<alone>\d{1,3}(?:\.\d{1,3})+)(?![\w%]|\.\d)",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(
    r"\s*,?\s*(of|to|in|from)\s+(the\s+)?(?!this\b|these\b)[“‘']?[A-Z]\w+|\s*\)?\s*of the\b.*\bAct\b"
)


def oddities(recognised: Recognised) -> list[Oddity]:
    return [*_appendices(recognised), *_sections(recognised)]


def _appendices(recognised: Recognised) -> Iterator[Oddity]:
    """One for each appendix that is named and not there (S2-36)."""
    there = {_name(block.number) for block in recognised.blocks if block.type == "appendix"}
    told: set[str] = set()
    for place, text in passages(recognised):
        for found in APPENDIX.finditer(text):
            if ELSEWHERE.match(text, found.end()):
                continue
            for label in re.findall(rf"(?<!\w){LABEL}(?!\w)", found["labels"]):
                if label.upper() in there | told or not _is_label(label):
                    continue
                told.add(label.upper())
                words = {"label": label, "sentence": sentence_around(text, found.start())}
                message = _("Appendix %(label)s is referred to and not present: “%(sentence)s”") % words
                yield Oddity("missing_appendix", place, message)


def _is_label(label: str) -> bool:
    return label.isdigit() or label.isupper() or label[:1].isdigit()


def _name(label: str) -> str:
    return label.split()[-1].upper() if label.split() else ""


def _sections(recognised: Recognised) -> Iterator[Oddity]:
    numbers = [number for block in recognised.blocks for number in (block.number, block.counted)]
    there = {numbering.parts(number) for number in numbers if number}
    if not any(len(parts) > 1 for parts in there):
        there |= _typed_in_text(recognised)
    for place, text in passages(recognised):
        for found in SECTION.finditer(text):
            number = found["number"] or found["alone"]
            if numbering.parts(number) in there or ELSEWHERE.match(text, found.end()):
                continue
            words = {"number": number, "sentence": sentence_around(text, found.start())}
            message = _("%(number)s is referred to and not present: “%(sentence)s”") % words
            yield Oddity("dangling_reference", place, message)


def _typed_in_text(recognised: Recognised) -> set[tuple]:
    found = (numbering.typed(line) for _place, text in passages(recognised) for line in text.split("\n"))
    return {numbering.parts(one.number) for one in found if one}
