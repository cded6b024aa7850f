"""What the page of a policy in force says of the reader's own reading: a line above the text, a form at its end."""

from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from policy_pages.readers import mine
from policy_pages.readers.asked import Asked

NOTHING = SafeString("")


@dataclass(frozen=True)
class Pieces:
    above: SafeString = NOTHING
    below: SafeString = NOTHING


def pieces(request, found, today, *, links: bool, path: str) -> Pieces:
    """Empty for whom this policy does not concern; one query for the others, shared with their desk."""
    row = mine.about_policy(request, today, found.policy_id)
    if row is None or row.text_id != found.pk:
        return Pieces()
    above = _line(row, today, links, path, get_language())
    below = (
        render_to_string("policy_pages/readers/confirm_here.html", {"row": row}) if row.to_read else NOTHING
    )
    return Pieces(above, below)


@lru_cache(maxsize=256)
def _line(row: Asked, today, links, path, _language) -> SafeString:
    """The same words for the same facts."""
    context = {
        "row": row,
        "late": row.late(today),
        "changes": f"{path}changes/{row.read}/{row.number}/"
        if links and row.read not in ("", row.number)
        else "",
        "wording": row.read.split(".")[0] == row.number.split(".")[0],
        "today": today,
    }
    return render_to_string("policy_pages/readers/line.html", context)
