"""How a count is shown: "1", "a", "A", "i" and "I" mean the same in web pages and in OpenDocument texts."""

ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
MOST_ROMAN = 4_999
MOST_LETTERED = 26 * 100


def shown(count: int, style: str, doubled: bool = False) -> str:
    """``count`` in one of the styles; what a style cannot show is shown in figures.

    After z comes aa and then ab, or bb where letters are ``doubled``.
    """
    if style in ("a", "A") and 0 < count <= MOST_LETTERED:
        return _cased(doubled_letters(count) if doubled else _letters(count), style)
    if style in ("i", "I") and 0 < count <= MOST_ROMAN:
        return _cased(roman(count), style)
    return str(count)


def _cased(words: str, style: str) -> str:
    return words.upper() if style.isupper() else words


def _letters(count: int) -> str:
    """a to z, then aa, ab and so on."""
    found = ""
    while count:
        count, place = divmod(count - 1, 26)
        found = chr(ord("a") + place) + found
    return found


def doubled_letters(count: int) -> str:
    times, place = divmod(count - 1, 26)
    return chr(ord("a") + place) * (times + 1)


def roman(count: int) -> str:
    found = ""
    for worth, signs in ROMAN:
        times, count = divmod(count, worth)
        found += signs * times
    return found
