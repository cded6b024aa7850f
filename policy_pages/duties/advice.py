"""What an author is told about the duties of a draft. Advice: nothing of it stops a submission."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policy_pages.enums import Force

MOST = 10


def of(content: dict) -> list[str]:
    """Clauses that say "must" and name no job role. Readers have them as duties of everyone."""
    found = [
        block
        for block in content["blocks"]
        if block["type"] == "clause" and block["force"] == Force.MUST and not block["roles"]
    ]
    words = [
        _("%(number)s says must and names no job role: it is for everyone.")
        % {"number": block["number"] or _("A clause without a number")}
        for block in found[:MOST]
    ]
    more = len(found) - MOST
    if more > 0:
        words.append(ngettext("And %(n)d more clause.", "And %(n)d more clauses.", more) % {"n": more})
    return words
