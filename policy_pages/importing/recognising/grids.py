"""Tables: which ones only lay out a page, and what the others hold."""

import re

from policy_pages.importing import numbering
from policy_pages.importing.recognising import labels
from policy_pages.importing.source import Cell, Paragraph, Part, Picture, Table, words_of

ROLE = re.compile(
    r"(job )?(roles?|posts?|titles?|designations?|positions?)(\(s\))?|who|role / post|job titles?", re.I
)
DUTIES = re.compile(
    r"(key |main )?(roles and )?(responsibilit(y|ies)|dut(y|ies)|accountabilit(y|ies))(\(s\))?.*|"
    r"what (they|you|we) (must |will |should )?do|(is |are )?responsible for",
    re.I,
)
TASKS = re.compile(r"(related |key |specific )?(tasks?|actions?|activities)(\(s\))?", re.I)
TERM = re.compile(
    r"(terms?|words?|phrases?|abbreviations?|acronyms?|expressions?)(\(s\))?|term used|term or .*", re.I
)
MEANING = re.compile(
    r"(definitions?|meanings?|explanations?|descriptions?|stands for|in full|full (term|name|title))(\(s\))?",
    re.I,
)
GLOSSARY = re.compile(r"\b(definitions?|glossary|abbreviations?|acronyms?|terms used)\b", re.I)
ANSWER = re.compile(
    r"[\W_]*(yes|no|n/?a|tick|x|y|positive|negative|neutral|none|met|not met|yes ?/ ?no)?[\W_]*", re.I
)
NUMBERS = re.compile(r"(no|num|number|ref|reference|para|paragraph|clause|section|item|#)\W*", re.I)
PEOPLE = re.compile(
    r"\b(responsib\w+|accountab\w+|lead|owner|who|whom|role|post|staff|person|people|by)\b", re.I
)
LONG_CELL, SHORT_HEAD = 40, 14

LAYOUT, CONTROL, ROLES, DEFINITIONS, CHECKLIST, DATA, EMPTY = (
    "layout",
    "control",
    "roles",
    "definitions",
    "checklist",
    "table",
    "empty",
)


def kind_of(table: Table, heading: str = "") -> str:
    """``heading`` is what the table stands under."""
    rows = [row for row in table.rows if any(not is_empty(cell) for cell in row)]
    if not rows:
        return EMPTY
    if labels.is_control(rows):
        return CONTROL
    if _is_roles(rows):
        return ROLES
    if _is_definitions(rows, heading):
        return DEFINITIONS
    if _is_layout(rows, table.has_borders):
        return LAYOUT
    return CHECKLIST if is_checklist(rows) else DATA


def trimmed(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Without rows and columns in which nothing stands."""
    rows = [row for row in rows if any(not is_empty(cell) for cell in row)]
    columns = max((len(row) for row in rows), default=0)
    if columns < 3 or any(len(row) != columns for row in rows):
        return rows
    used = [n for n in range(columns) if any(not is_empty(row[n]) for row in rows)]
    return [[row[n] for n in used] for row in rows]


def width(rows: list[list[Cell]]) -> int:
    return max((sum(cell.across for cell in row) for row in rows), default=0)


def words(cell: Cell) -> str:
    return " ".join(cell.text.split())


def has_only_words(cell: Cell) -> bool:
    return all(isinstance(part, Paragraph) for part in cell.parts)


def is_empty(cell: Cell) -> bool:
    return not any(_holds(part) for part in cell.parts)


def _holds(part: Part) -> bool:
    """Something of it is seen: words, a number, a picture, also in a table inside."""
    if isinstance(part, Table):
        return bool(part.caption) or any(not is_empty(cell) for row in part.rows for cell in row)
    return isinstance(part, Picture) or bool(part.text.strip() or part.number)


def _head(rows: list[list[Cell]]) -> list[str]:
    """The column headings, where a title of the whole table may stand above them."""
    first = next((row for row in rows if len(row) > 1), rows[0])
    return [words(cell).strip(" :") for cell in first]


def role_columns(rows: list[list[Cell]]) -> dict[str, int] | None:
    """Which column holds role, responsibilities and tasks; None if it is no roles table."""
    head = _head(rows)
    found = {}
    for name, pattern in (("role", ROLE), ("responsibilities", DUTIES), ("tasks", TASKS)):
        column = next(
            (n for n, text in enumerate(head) if n not in found.values() and pattern.fullmatch(text)), None
        )
        if column is not None:
            found[name] = column
    plain = all(cell.across == 1 for row in rows if len(row) > 1 for cell in row)
    whole = "role" in found and "responsibilities" in found and len(found) == len(head)
    return found if whole and plain and len(rows) > 1 else None


def _is_roles(rows: list[list[Cell]]) -> bool:
    return role_columns(rows) is not None and not any(_has_tables(row) for row in rows)


def _has_tables(row: list[Cell]) -> bool:
    return any(isinstance(part, Table | Picture) for cell in row for part in cell.parts)


def has_definition_head(rows: list[list[Cell]]) -> bool:
    head = _head(rows)
    return len(head) == 2 and bool(TERM.fullmatch(head[0]) and MEANING.fullmatch(head[1]))


def _is_definitions(rows: list[list[Cell]], heading: str) -> bool:
    pairs = all(len(row) == 2 and not _has_tables(row) for row in rows)
    short = all(len(words(row[0])) <= 120 and words(row[0]) for row in rows)
    if not pairs or not short or len(rows) < 2:
        return False
    return has_definition_head(rows) or bool(
        GLOSSARY.search(heading) and not numbering.is_alone(words(rows[0][0]))
    )


def _is_layout(rows: list[list[Cell]], has_borders: bool) -> bool:
    columns = width(rows)
    if columns == 1:
        return len(rows) < 3 or any(_is_rich(cell) for row in rows for cell in row)
    if is_numbered(trimmed(rows), has_borders):
        return True
    if any(cell.is_heading for row in rows for cell in row):
        return False
    if any(_holds_headings(cell) for row in rows for cell in row):
        return True
    if len(rows) == 1:
        return not has_borders or any(_is_rich(cell) for cell in rows[0])
    filled = sum(not is_empty(cell) for row in rows for cell in row)
    if not has_borders and filled <= len(rows):
        return True
    return not has_borders and not has_head(rows) and any(_is_rich(cell) for row in rows for cell in row)


def is_numbered(rows: list[list[Cell]], has_borders: bool = True) -> bool:
    """Number | text, also with who is responsible: the numbers are those of clauses that stand side by side."""
    if width(rows) == 3:
        return _is_numbered_with_people(rows)
    return _is_numbered_pairs(rows[1:] if names_numbers(rows) else rows, has_borders)


def names_numbers(rows: list[list[Cell]]) -> bool:
    """The first row is a head over clauses: "No | Statement | Responsible", and the next one has a number."""
    return (
        len(rows) > 1
        and len(rows[0]) == len(rows[1]) > 1
        and all(has_only_words(cell) for cell in rows[0])
        and NUMBERS.fullmatch(words(rows[0][0])) is not None
        and numbering.is_dotted(numbering.without_signs(shown_number(rows[1][0])))
    )


def _is_numbered_with_people(rows: list[list[Cell]]) -> bool:
    """1.1 | text | who: most rows have a dotted number, the text is the longer, and the last column no answer."""
    body = rows[1:] if names_numbers(rows) else rows
    if body is not rows and not PEOPLE.search(words(rows[0][-1])):
        return False
    whole = [row for row in body if len(row) == 3]
    numbers = [numbering.without_signs(shown_number(row[0])) for row in body if len(row) > 1]
    dotted = sum(numbering.is_dotted(one) for one in numbers)
    if not whole or dotted < 2 or dotted * 2 <= len(body) or _has_other_words(body):
        return False
    texts, others = [words(row[1]) for row in whole], [words(row[2]) for row in whole]
    named = [one for one in others if one]
    told = [one for one in named if not ANSWER.fullmatch(one) and len(one.split()) <= SHORT_HEAD]
    longer = len(" ".join(texts)) > len(" ".join(others))
    return bool(named) and len(told) == len(named) and longer and (body is not rows or _are_sentences(texts))


def _has_other_words(rows: list[list[Cell]]) -> bool:
    """Something that is no number stands in the first of several cells."""
    return any(len(row) > 1 and not is_empty(row[0]) and not shown_number(row[0]) for row in rows)


def _are_sentences(texts: list[str]) -> bool:
    return sum(text.endswith((".", ";", ":")) for text in texts) * 2 > len(texts)


def _is_numbered_pairs(rows: list[list[Cell]], has_borders: bool) -> bool:
    found = []
    for row in rows:
        if len(row) != 2 and not (len(row) == 1 and row[0].across > 1):
            return False
        found += [shown_number(row[0])] if len(row) == 2 and not is_empty(row[0]) else []
    if not found or not all(found):
        return False
    return any(numbering.is_dotted(numbering.without_signs(one)) for one in found) or not has_borders


def shown_number(cell: Cell) -> str:
    """The number that alone stands in a cell, counted or typed; "" if something else does."""
    text = words(cell)
    if numbering.is_alone(text):
        return text
    counted = [part.number for part in cell.parts if isinstance(part, Paragraph) and part.number]
    return counted[0] if counted and not text else ""


def _is_rich(cell: Cell) -> bool:
    """More than a cell of a data table holds."""
    blocks = [part for part in cell.parts if isinstance(part, Table | Picture) or part.text.strip()]
    return (
        len(words_of(cell.text)) >= LONG_CELL
        or len(blocks) > 3
        or any(not isinstance(p, Paragraph) for p in blocks)
    )


def _holds_headings(cell: Cell) -> bool:
    return any(isinstance(part, Paragraph) and part.level and part.text.strip() for part in cell.parts)


def has_head(rows: list[list[Cell]]) -> bool:
    """The first row names the columns."""
    first = rows[0]
    if len(rows) < 2 or len(first) < 2 or any(is_empty(cell) for cell in first[1:]):
        return False  # the corner above the first column may be blank
    if all(cell.is_heading or _is_bold(cell) for cell in first):
        return True
    if all(words(row[0]).endswith(":") for row in rows):
        return False
    capitals = sum(words(cell).isupper() for cell in first)
    return capitals * 2 >= len(first) or all(len(words(cell).split()) <= SHORT_HEAD for cell in first)


def _is_bold(cell: Cell) -> bool:
    return all(part.is_bold for part in cell.parts if isinstance(part, Paragraph) and part.text.strip())


def is_checklist(rows: list[list[Cell]]) -> bool:
    """A column of points, the others blank or with an answer of a word."""
    points = [row for row in rows if len(row) > 1]
    body = points[1:] if points and has_head(points) and not is_answered(points[0]) else points
    if len(body) < 3:
        return False
    return sum(is_answered(row) for row in body) >= len(body) * 0.8


def is_answered(row: list[Cell]) -> bool:
    texts = [words(cell) for cell in row]
    texts = texts[1:] if numbering.is_alone(texts[0]) and len(texts) > 2 else texts
    return (
        bool(texts[0])
        and not ANSWER.fullmatch(texts[0])
        and all(ANSWER.fullmatch(text) for text in texts[1:])
    )


def point(row: list[Cell]) -> str:
    """The point of a row of a checklist, as written."""
    text = row[0].text.strip()
    return row[1].text.strip() if len(row) > 2 and numbering.is_alone(text) else text
