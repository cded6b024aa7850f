"""Signs that are letters of a font for symbols, as letters that every font has."""

from policy_pages.importing.word.names import W

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
BULLETS = {0xB7: "•", 0xA7: "▪", 0x6C: "●", 0x6E: "■", 0x71: "❑", 0x75: "◆", 0x76: "❖"}
SYMBOL = dict(zip(map(ord, "abcdefghijklmnopqrstuwxyz"), "αβχδεφγηιϕκλμνοπθρστυωξψζ", strict=True)) | {
    0x41: "Α", 0x42: "Β", 0x43: "Χ", 0x44: "Δ", 0x46: "Φ", 0x47: "Γ", 0x4C: "Λ", 0x50: "Π", 0x51: "Θ", 0x53: "Σ",
    0x57: "Ω", 0x58: "Ξ", 0x59: "Ψ", 0x2D: "−", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→",
    0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈",
    0xBC: "…", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD6: "√", 0xE2: "®", 0xE3: "©", 0xE4: "™", 0xE5: "∑",
}  # fmt: skip
WINGDINGS = BULLETS | {
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


def sign(element) -> str:
    """The sign of a w:sym as a letter; UNKNOWN where only its font knows it."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return UNKNOWN
    return letter(code, element.get(f"{W}font", "").lower())


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
