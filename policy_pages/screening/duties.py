"""The duties of a frozen text: what a screening was made of. A new number or a comma elsewhere is no other duty."""

from collections import Counter

from policy_pages.freezing import text_of


def duties_of(content) -> list[dict]:
    """Clauses that bind, and what roles are responsible for; number and words of each."""
    found = []
    for block in content["blocks"]:
        if block["type"] == "clause" and block["force"]:
            found.append({"number": block["number"], "text": block["text"]})
        if block["type"] == "roles_table":
            found += [{"number": row["role"], "text": _row(row)} for row in block["rows"]]
    return found


def changed(before: list[dict], now: list[dict]) -> list[dict]:
    """The duties of ``now`` that ``before`` had not, then those that went; an amended one stands once."""
    came, went = _less(now, before), _less(before, now)
    kept = {duty["number"] for duty in came if duty["number"]}
    return came + [duty for duty in went if duty["number"] not in kept]


def _less(these, those) -> list[dict]:
    """Those of ``these`` whose words do not stand as often in ``those``."""
    left = Counter(duty["text"] for duty in those)
    found = []
    for duty in these:
        if left[duty["text"]]:
            left[duty["text"]] -= 1
        else:
            found.append(duty)
    return found


def _row(row) -> str:
    return " ".join([row["role"], text_of(row["responsibilities"]), text_of(row["tasks"])]).strip()
