"""Signs that are letters of a font for symbols, as letters that every font has."""

import re

from policy_pages.importing.word.names import W

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
BULLETS = {0xB7: "•", 0xA7: "▪", 0x6C: "●", 0x6E: "■", 0x71: "❑", 0x75: "◆", 0x76: "❖"}
SYMBOL = {
    **dict(zip(map(ord, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(map(ord, "abcdefghijklmnopqrstuvwxyz"), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    0x2D: "−", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±",
    0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xD2: "®", 0xD3: "©",
    0xD4: "™", 0xD6: "√", 0xE2: "®", 0xE3: "©", 0xE4: "™", 0xE5: "∑",
}  # fmt: skip
SYMBOL |= {ord(letter): letter for letter in "0123456789 !#%&()+,./:;<=>?[]_{|}"}
WINGDINGS = {0x20: " "} | BULLETS | {
    0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x46: "☞", 0x4A: "☺", 0x4C: "☹", 0x6F: "☐", 0x72: "☐", 0x78: "☒", 0xA8: "☐",
    0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑",
}  # fmt: skip
WINGDINGS_2 = {
    0x4F: "✗",
    0x50: "✓",
    0x51: "☒",
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
    0xA3: "☐",
    0x2A: "☐",
    0x97: "●",
}
WINGDINGS_3 = {0x66: "←", 0x67: "→", 0x68: "↑", 0x69: "↓", 0x7D: "▶", 0x84: "▶"}
WEBDINGS = {0x61: "✓", 0x63: "☐", 0x72: "✗", 0xC9: "☎"}
FONTS = {
    "symbol": SYMBOL,
    "wingdings": WINGDINGS,
    "wingdings 2": WINGDINGS_2,
    "wingdings 3": WINGDINGS_3,
    "webdings": WEBDINGS,
}
PRIVATE = range(0xF000, 0xF100)
PRIVATE_LETTER = re.compile("[\uf000-\uf0ff]")


def sign(element) -> str:
    """The sign of a w:sym as a letter; UNKNOWN where only its font knows it."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return UNKNOWN
    return letter(code, element.get(f"{W}font", "").lower())


def plain(text: str, font: str) -> str:
    """Letters typed in a font for symbols as what they look like; those of other fonts as they are."""
    if font in FONTS:
        return "".join(letter(ord(one), font) for one in text)
    return PRIVATE_LETTER.sub(lambda match: letter(ord(match[0]), "symbol"), text)


def letter(code: int, font: str) -> str:
    place = code - PRIVATE.start if code in PRIVATE else code
    known = FONTS.get(font)
    if known is None:
        return (
            chr(code)
            if 0x20 <= code <= 0x10FFFF and code not in PRIVATE and chr(code).isprintable()
            else UNKNOWN
        )
    return known.get(place, UNKNOWN)
