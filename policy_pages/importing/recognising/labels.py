"""Labels of document control, as policies of trusts and partnerships name them, and where they stand."""

import re

from policy_pages.importing.source import Cell, words_of

#: Names of what only document control has. A name that other tables have too ("date", "name") is in WEAK.
STRONG = re.compile(
    r"""(
    (document|policy|procedure|guideline|current|this)?\s*version(\s*(number|no\.?|control))? |
    (document|policy|procedure)\s*(reference|ref\.?|number|no\.?|id|code|title|type|name|owner|author|status|lead|
        category|classification|control\ number|manager) |
    (unique\s*)?(reference|ref\.?)(\s*(number|no\.?|code))? |
    (date\s*(of\s*)?)?(ratified|ratification|approved|approval|issued|issue|published|publication)
        (\s*(by|date|on|body|committee|group))* |
    (ratifying|approving|responsible|lead|reviewing|monitoring|accountable|governance)\s*
        (committee|body|group|individual|director|executive|officer|person|department|team|lead)s?
        (\s*/\s*\w+)* |
    (name\ (and\ (job\ )?title\ )?of\ )?(the\ )?(originator|author|policy\ author|document\ author)s?
        ([\s/&]*(and|/)?\s*(originator|author|job\ title))? |
    name\ of\ (the\ )?(responsible|ratifying|approving|lead)?\s*
        (committee|body|individual|originator|author|executive|director|person)
        ([\s/]*(or\ )?(individual|author|committee|body))?  |
    title\ of\ (the\ )?(originator|author|lead|policy|document).* |
    (executive|lead|accountable|sponsoring|responsible)\s*(director|sponsor|lead|owner|officer|executive) |
    (policy\ |document\ )?(owner|sponsor|lead|contact|custodian)(\s*(name|details))? |
    (date\ of\ )?(next\ |planned\ |last\ |previous\ )?(review|revision|expiry)(\s*(date|due|due\ date|by|on|period|
        cycle|frequency|interval))? |
    (date\ (for|of)\ )?(next\ |last\ )?review(\ date)? | review\ due(\ (date|on|by))? |
    date\ (for|of)\ (next\ )?review |
    (date\ of\ )?(effective|implementation|commencement)(\s*(date|from))? | effective\ from | date\ effective |
    in\ force\ from | (date\ )?(last\ )?(amended|updated|reviewed)(\s*(by|on|date))? | date\ of\ (last\ )?amendment |
    (target|intended)\s*(audience|readership|group)s? | audience | distribution(\s*list)? | circulation |
    superse(d|s)e[sd]?(\s*(documents?|policy|by))? | replaces | replacing(\s*document)? |
    (consultation|consulted(\ with)?)(\s*(group|period|process|list))? |
    equality\ impact(\ assessment)?(\ (date|completed|done|level))* | (document\ )?status | classification |
    (electronic\ |intranet\ )?location(\ of\ document)? | file\ ?name | key\ ?words | division(\ /\ department)? |
    directorate | service\ (area|line) | (related|associated|linked)\ (documents?|policies) | retention(\ period)?
    )""",
    re.IGNORECASE | re.VERBOSE,
)
WEAK = re.compile(
    r"(title|author|name|job title|date|date of issue|department|type|category|scope|owner|lead|tel|e-?mail)",
    re.I,
)
HISTORY = re.compile(
    r"(summary of |description of |nature of |reason for |details of )?(the )?(key |main )?"
    r"(changes?|amendments?|revisions?|comments?|description|details|reason)s?( made)?( / comments?)?",
    re.I,
)
LONGEST_LABEL = 70


def bare(label: str) -> str:
    return " ".join(label.split()).strip(" :*–-")


def is_strong(label: str) -> bool:
    text = re.sub(r"\s*\(.*\)$", "", bare(label))
    return 0 < len(text) <= LONGEST_LABEL and STRONG.fullmatch(text) is not None


def is_label(label: str) -> bool:
    return is_strong(label) or WEAK.fullmatch(bare(label)) is not None


def is_control(rows: list[list[Cell]]) -> bool:
    """Label and value side by side, once or twice in a row; or one row of labels over one of values."""
    found = [bare(label) for label, _value in pairs(rows)]
    strong = sum(is_strong(label) for label in found)
    known = sum(is_label(label) for label in found)
    return strong >= 2 and known * 2 >= len(found) and not is_history(rows)


def is_history(rows: list[list[Cell]]) -> bool:
    """A table of versions with what each changed: it stays a table."""
    head = [bare(cell.text) for cell in rows[0]]
    return len(head) > 2 and (any(HISTORY.fullmatch(text) for text in head) or _is_head_of_many(rows, head))


def _is_head_of_many(rows, head) -> bool:
    return len(rows) > 2 and all(is_label(text) for text in head)


def pairs(rows: list[list[Cell]]) -> list[tuple[str, str]]:
    """Label and value as they stand, in reading order; [] if the rows are not made so."""
    if len(rows) == 2 and len(rows[0]) == len(rows[1]) > 2 and all(is_label(cell.text) for cell in rows[0]):
        return [(label.text, value.text) for label, value in zip(*rows, strict=True)]
    found: list[tuple[str, str]] = []
    for row in rows:
        if len(row) == 1:
            found += _alone(row[0])
        elif len(row) % 2 == 0:
            found += [(row[n].text, row[n + 1].text) for n in range(0, len(row), 2)]
        else:
            return []
    return [(label, value) for label, value in found if label.strip() or value.strip()]


def _alone(cell: Cell) -> list[tuple[str, str]]:
    label, colon, value = cell.text.partition(":")
    if colon and is_label(label):
        return [(f"{label}:", value)]
    return [("", cell.text)] if words_of(cell.text) else []
