"""A receipt for people: what stands where on the page, in words; and where a file that is read has got to."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policy_pages.enums import ImportState
from policy_pages.importing.source import Kind, words_of

KINDS = {
    Kind.CONTENTS: gettext_lazy("The list of contents, which is made anew"),
    Kind.MARKS: gettext_lazy("Marks that a conversion left"),
    Kind.RUNNING: gettext_lazy("Headers and footers"),
    Kind.COMMENTS: gettext_lazy("Comments"),
    Kind.DELETED: gettext_lazy("Text deleted by tracked changes"),
    Kind.HIDDEN: gettext_lazy("Hidden text"),
}
SAME, CHANGED, NEW, GONE = "same", "changed", "new", "gone"
ROW_KINDS = {
    SAME: gettext_lazy("The same"),
    CHANGED: gettext_lazy("Changed"),
    NEW: gettext_lazy("New"),
    GONE: gettext_lazy("Gone"),
}


def told(row) -> dict:
    """The receipt of an import as a template shows it."""
    receipt = row.receipt
    return {
        "receipt": receipt,
        "sections": sections_in(receipt),
        "clauses": sum(block["type"] == "clause" for block in row.blocks),
        "control": [
            (label, value or _("not stated")) for label, value in receipt["document_control"].items()
        ],
        "left_out": [_left_out(kind, words) for kind, words in receipt["left_out"].items()],
        "numbers": list(receipt["numbering_map"].items()),
        "eye": to_look_at(row),
    }


def sections_in(receipt: dict) -> int:
    """Sections of the highest level, as a list of contents counts them."""
    return sum(part["kind"] == "section" and part["level"] == 1 for part in receipt["sections"])


def to_look_at(row) -> int:
    """How many things of a receipt want a person's eye."""
    receipt = row.receipt
    blank = sum(not value for value in receipt["document_control"].values())
    return len(receipt["warnings"]) + len(receipt["lost"]) + bool(receipt["placeholders"]) + blank


def match_rows(row) -> list[dict]:
    """The rows of the match that say something: all but blocks that stayed as they were, with their number."""
    shown = []
    for line in row.match.get("rows", []):
        moved = line["kind"] == SAME and line["was_number"] != line["number"]
        if line["kind"] != SAME or moved:
            kind = _("Renumbered") if moved else str(ROW_KINDS[line["kind"]])
            shown.append({**line, "label": kind, "formatting": _only_the_look(line)})
    return shown


def progress_words(row) -> str:
    if row.state == ImportState.WAITING:
        return _("Waiting to be read.")
    if not row.of:
        return row.doing or _("Opening the file.")
    words = _("Opened. Parts %(done)d of %(of)d. %(doing)s")
    return words % {"done": row.done, "of": row.of, "doing": row.doing}


def _left_out(kind: str, words: str) -> tuple[str, int, str]:
    return str(KINDS.get(kind, kind)), len(words_of(words)), words


def _only_the_look(line) -> bool:
    return line["kind"] == CHANGED and line["words"] == line["was"]
