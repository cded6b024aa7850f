"""What may have been meant when nothing was found: words that stand in titles and headings this person may read."""

from difflib import get_close_matches

from policy_pages import reading
from policy_pages.clause_tables import FOLDED
from policy_pages.models.clause_entry import ClauseEntry
from policy_pages.passages import WORD

MOST_HEADINGS, ALIKE, SHORTEST = 5000, 0.75, 4


def meant(reader, wanted, today) -> str:
    """The typed words, those that stand nowhere put right; empty when there is nothing to put right."""
    known = _vocabulary(reader, today)
    typed = [word for word in wanted.words]
    right = [word if word in known else _nearest(word, known) for word in typed]
    return " ".join(right) if right != typed and all(right) else ""


def _vocabulary(reader, today) -> set[str]:
    versions = reading.readable(reader, today).order_by()
    headings = ClauseEntry.objects.filter(version__in=versions.values("pk")).exclude(heading="")
    headings = headings.order_by().values_list("heading", flat=True).distinct()[:MOST_HEADINGS]
    texts = [*versions.values_list("title", flat=True), *headings]
    return {word.lower() for text in texts for word in WORD.findall(text.translate(FOLDED))}


def _nearest(word: str, known: set[str]) -> str:
    if len(word) < SHORTEST:
        return word
    likely = [other for other in known if other[0] == word[0] and abs(len(other) - len(word)) <= 5]
    return (get_close_matches(word, likely, n=1, cutoff=ALIKE) or [""])[0]
