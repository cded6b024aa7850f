"""Numbers at the beginning of a line: found when typed, and read so that 18.1 is known to belong to 18.0."""

import re
from dataclasses import dataclass

DOTTED = r"(?:[A-Z]{1,3}\.?)?\d{1,3}(?:\.\d{1,3})+[a-z]?(?:\([a-z\d]{1,4}\))*|[A-Z]\.\d{1,3}(?:\.\d{1,3})*"
INNER = r"\d{1,3}(?:\([a-z\d]{1,4}\))+|\d{1,2}[a-z](?=[.)\t])"
SIMPLE = r"\d{1,3}(?=[.)])"
LETTER = (
    r"\((?:[a-z]{1,4}|\d{1,2}|[IVX]{1,5})\)|[a-z](?=\))|[ivx]{1,5}(?=[.)])|[A-Z](?=[.)])|[IVXLC]{1,6}(?=[.)])"
)
WORDED = r"(?:section|article|part|chapter|clause|rule)\s+(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Z])"
SIGNS = r"[.):]*"
TYPED = re.compile(rf"\s*(?P<number>{DOTTED}|{INNER}|{SIMPLE}|{LETTER}){SIGNS}(?P<space>\s+|$|(?=[A-Z“‘]))")
TYPED_WORD = re.compile(rf"\s*(?P<number>(?i:{WORDED}))(?P<sign>\s*[:.–—-])?(?P<space>\s+|$)")
BARE = re.compile(r"\s*(?P<number>\d{1,2}|[A-Z](?=\t)|[IVX]{1,5}(?=\t))(?P<space>\s+)(?=[A-Z“‘])")
#: What follows a measure, a time or a sum, not a number of a clause.
MEASURE = re.compile(
    r"(mg|mcg|g|kg|ml|mL|l|litres?|cm|mm|m|km|metres?|%|am|pm|AM|PM|per cent|percent|million|billion|"
    r"minutes?|hours?|days?|weeks?|months?|years?|units?|times|points?)\b|[-–/]\s?\d"
)
SENTENCE_END = (".", ";", ",")
LONGEST = 20
ALONE = re.compile(rf"(?:{DOTTED}|{INNER}|{SIMPLE}|\d{{1,3}}|{LETTER}|(?i:{WORDED})){SIGNS}")


@dataclass(frozen=True)
class Typed:
    """A number that stands in the words of a line: ``written`` is the line's start with the space behind it."""

    number: str
    written: str


def typed(text: str) -> Typed | None:
    """The number that ``text`` begins with, if it is one for certain."""
    found = TYPED.match(text)
    if found and not MEASURE.match(text[found.end() :]) and len(found["number"]) <= LONGEST:
        return Typed(without_signs(found[0].strip()), found[0])
    found = TYPED_WORD.match(text)
    if found and (found["sign"] or _names_a_part(text[found.end() :])):
        return Typed(without_signs(found["number"].strip()), found[0])
    return None


def bare(text: str) -> Typed | None:
    """A number without any sign, "1 Introduction": only where the line is a heading anyway."""
    found = BARE.match(text)
    return Typed(found["number"], found[0]) if found else None


def is_alone(text: str) -> bool:
    """Nothing but a number stands in ``text``."""
    return ALONE.fullmatch(text.strip()) is not None


def without_signs(shown: str) -> str:
    """ "1." is 1 and "a)" is a, but "(a)" and "4.2(a)" keep the brackets that belong together."""
    number = shown.strip().rstrip(".:")
    return number if number.count("(") == number.count(")") else number.strip("()")


def parts(number: str) -> tuple[str, ...]:
    """What tells where a number belongs: 19.0 is ("19",), 18.1 is ("18", "1"), B.1 is ("B", "1")."""
    found = re.findall(r"\d+|[A-Za-z]+", number)
    if len(found) > 1 and found[0].lower() in ("section", "article", "part", "chapter", "clause", "rule"):
        found = found[1:]
    while len(found) > 1 and found[-1] == "0":
        found.pop()
    return tuple(found)


def is_dotted(number: str) -> bool:
    """A number with its place inside: 1.1, 1.0, B.1, 4(a); not 1, (a) or iv."""
    return re.fullmatch(rf"{DOTTED}|\d{{1,3}}(?:\([a-z\d]{{1,4}}\))+", number) is not None


def is_digits(number: str) -> bool:
    return number.isdigit()


def is_worded(number: str) -> bool:
    return re.fullmatch(WORDED, number, re.IGNORECASE) is not None


def _names_a_part(rest: str) -> bool:
    """ "Section 3 Duties of staff" is a heading, "Section 3 of the Act applies." is not."""
    words = rest.strip()
    return not words or (words[0].isupper() and len(words.split()) < 12 and not words.endswith(SENTENCE_END))
