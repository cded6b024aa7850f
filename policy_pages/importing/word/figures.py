"""A count in the figures that Word writes it in."""

from collections.abc import Callable

from policy_pages.importing import counters

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip


def figure(count: int, format: str) -> str:
    """``count`` as Word shows it in this format; digits where the format is unknown."""
    if format.isdigit():  # a format of the user's own is known by its first figure
        return str(count).zfill(len(format))
    return FORMATS.get(format, str)(count)


def roman(count: int) -> str:
    return counters.roman(count) if 0 < count < 32_768 else str(count)


def letter(count: int) -> str:
    """a to z, then aa to zz, aaa: the letter is repeated."""
    return counters.doubled_letters(count) if 0 < count <= 780 else str(count)


def ordinal(count: int) -> str:
    ending = "th" if count % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


def in_words(count: int) -> str:
    if not 0 <= count < 100:
        return str(count)
    if count < 20:
        return ONES[count]
    tens = TENS[count // 10 - 2]
    return f"{tens}-{ONES[count % 10]}" if count % 10 else tens


def ordinal_words(count: int) -> str:
    before, dash, last = in_words(count).rpartition("-")
    if last.isdigit():
        return ordinal(count)
    ending = ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return f"{before}{dash}{ending}"


FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda _count: "",
    "decimalZero": lambda count: f"{count:02}",
    "upperRoman": lambda count: roman(count).upper(),
    "lowerRoman": roman,
    "upperLetter": lambda count: letter(count).upper(),
    "lowerLetter": letter,
    "ordinal": ordinal,
    "cardinalText": lambda count: in_words(count).capitalize(),
    "ordinalText": lambda count: ordinal_words(count).capitalize(),
    "numberInDash": lambda count: f"- {count} -",
    "decimalEnclosedParen": lambda count: f"({count})",
    "decimalEnclosedFullstop": lambda count: f"{count}.",
    "hex": lambda count: f"{count:X}",
}
