"""What somebody typed into the search, as terms that both databases understand and that can mean nothing else."""

import re
import unicodedata
from dataclasses import dataclass

from policy_pages.clause_tables import FOLDED

LONGEST, MOST_TERMS, LONGEST_WORD = 200, 12, 60
# Words that stand in nearly every sentence; left out unless nothing else was typed.
IDLE = frozenset(
    "a an and are as at be been but by can do does for from has have how i if in into is it its me my of on or our "
    "so that the their them then there they this to was we were what when where which who will with you your".split()
)


@dataclass(frozen=True)
class Wanted:
    """``terms``: each a word, or words that stand side by side (in quotes, or joined as in SG-042)."""

    terms: tuple[tuple[str, ...], ...] = ()

    def __bool__(self):
        return bool(self.terms)

    @property
    def words(self) -> list[str]:
        return [word for term in self.terms for word in term]


def read(text: str) -> Wanted:
    """Letters and digits of what was typed, whatever else is in it; never an operator of a database."""
    text = unicodedata.normalize("NFC", text[:LONGEST]).translate(FOLDED).lower()
    pieces = [(bool(quoted), re.findall(r"[^\W_]+", quoted or bare)) for quoted, bare in _PIECE.findall(text)]
    terms = [tuple(word[:LONGEST_WORD] for word in words) for _quoted, words in pieces if words]
    meant = [term for term in terms if len(term) > 1 or term[0] not in IDLE]
    return Wanted(tuple(dict.fromkeys(meant or terms))[:MOST_TERMS])


_PIECE = re.compile(r'"([^"]*)"|([^\s"]+)')


def for_postgresql(wanted: Wanted) -> tuple[str, str]:
    """Two queries for ``to_tsquery``: every term in number and heading; every term somewhere, one in the piece itself.

    The weights are those of ``clause_tables``: B number and heading, D words.
    """
    every = " & ".join(_side_by_side(term) for term in wanted.terms)
    own = " | ".join(_side_by_side(term, ":BD") for term in wanted.terms)
    return every, own if len(wanted.terms) == 1 else f"({every}) & ({own})"


def _side_by_side(term, weights="") -> str:
    return "(" + " <-> ".join(f"'{word}'{weights}" for word in term) + ")"


def for_sqlite(wanted: Wanted) -> tuple[str, str]:
    """The same two for FTS5."""
    phrases = ['"' + " ".join(term) + '"' for term in wanted.terms]
    every, own = " AND ".join(phrases), " OR ".join(phrases)
    return f"{{number heading}} : ({every})", f"({every}) AND ({{number heading words}} : ({own}))"
