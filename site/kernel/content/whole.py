"""Whole numbers that an address or a form carries as text: keys, pages, years."""

MOST_DIGITS = 18  # every number of so many fits into a key of both databases


def whole(text: str | None) -> int:
    """The number that ``text`` writes in plain figures alone; 0 for everything else, and for more than 18 figures."""
    given = text or ""
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= MOST_DIGITS else 0
