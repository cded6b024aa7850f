"""How binding two texts are, beside each other: which duty words came, went or were turned round."""

import re
from collections import Counter
from typing import NamedTuple

from policy_pages.changes.kinds import Kind
from policy_pages.enums import Force

RANK = {Force.MUST: 3, Force.SHOULD: 2, Force.MAY: 1, Force.NONE: 0}
# A month is no permission: 5 May, May 2026.
PHRASE = re.compile(r"\b(must|should|(?<!\d )may(?! \d))(\s+not\b|\s+never\b|n['’]t\b)?(?!\w)", re.IGNORECASE)


class Phrase(NamedTuple):
    force: str
    turned: bool = False

    def __str__(self):
        return f"{self.force} not" if self.turned else self.force


class Shift(NamedTuple):
    """``was`` and ``now``: the words that bind, such as "must" or "must not"; empty where there is none.

    ``within``: the strongest word stayed, and this is another beside it.
    """

    kind: Kind
    was: str
    now: str
    within: bool = False


def shift(old: str, new: str) -> Shift | None:
    """What became of the duties of a text that stands in both versions; None when they are the same.

    The strongest word decides; where it stayed, the words that came and went do: a second "must" in a clause
    that had a "should" there binds more than before.
    """
    was, now = phrases(old), phrases(new)
    strongest = _strongest(was), _strongest(now)
    if strongest[0].force != strongest[1].force:
        return _shift(*strongest)
    gone, come = was - now, now - was
    for phrase in gone:
        other = Phrase(phrase.force, not phrase.turned)
        if other in come:
            return Shift(Kind.REVERSED, str(phrase), str(other))
    found = _shift(_strongest(gone), _strongest(come))
    return found._replace(within=True) if found else None


def strongest(words: str) -> str:
    """The word that binds most, or an empty string."""
    return str(_strongest(phrases(words)))


def phrases(words: str) -> Counter:
    found = PHRASE.findall(words)
    return Counter(Phrase(force.lower(), bool(turned)) for force, turned in found)


def _strongest(found) -> Phrase:
    return max(found, key=lambda phrase: (RANK[phrase.force], phrase.turned), default=Phrase(""))


def _shift(was: Phrase, now: Phrase) -> Shift | None:
    """Equal words that came or went, one "must" more beside another, bind more or less too."""
    if RANK[was.force] == RANK[now.force]:
        return None
    kind = Kind.STRONGER if RANK[now.force] > RANK[was.force] else Kind.WEAKER
    return Shift(kind, str(was), str(now))
