"""An address as a QR code that a template draws: a path, no markup."""

from dataclasses import dataclass

import segno

BORDER = 4


@dataclass(frozen=True)
class Qr:
    """``size``: modules a side with the quiet border; ``path``: SVG path data of the dark ones."""

    size: int
    path: str


def drawn(address: str) -> Qr:
    matrix = segno.make(address, error="m", micro=False).matrix
    runs = [
        f"M{place + BORDER} {line + BORDER}h1v1h-1z"
        for line, row in enumerate(matrix)
        for place, dark in enumerate(row)
        if dark
    ]
    return Qr(len(matrix) + 2 * BORDER, "".join(runs))
