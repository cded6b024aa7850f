"""What an author has to look at. Each module looks for one sort of oddity; none changes the text."""

from policy_pages.importing.recognised import Recognised
from policy_pages.importing.recognising.oddities import (
    abbreviations,
    control,
    levels,
    links,
    misnumbered,
    names,
    references,
)
from policy_pages.importing.source import Oddity

SORTS = (misnumbered, levels, references, links, names, abbreviations, control)


def oddities_of(recognised: Recognised) -> list[Oddity]:
    return [oddity for sort in SORTS for oddity in sort.oddities(recognised)]
