"""Whether a certificate is genuine: code and surname together, the same answer for a wrong one of either."""

import unicodedata
from datetime import datetime

from course_catalogue.models import Certificate
from course_catalogue.register import tries
from course_catalogue.register.certificates import HALF, SIGNS

DOOR = "certificate"


def find(code: str, surname: str, *, who: str, now: datetime) -> Certificate | None:
    """The certificate with this code whose person has this surname, withdrawn ones too; None for anything else.

    ``who``: from where it is asked; every wrong pair counts at the brake (``is_shut``).
    """
    row = Certificate.objects.filter(code=_spelled(code)).select_related("revocation").first()
    if row is not None and _is_surname(surname, row.name):
        return row
    tries.count_wrong(DOOR, who, now)
    return None


def is_shut(who: str, now: datetime) -> bool:
    return tries.is_shut(DOOR, who, now)


def _spelled(code: str) -> str:
    """As it is printed: capitals, without blanks, the hyphen in its place."""
    signs = "".join(sign for sign in code.upper() if sign in SIGNS)
    return f"{signs[:HALF]}-{signs[HALF:]}"


def _is_surname(typed: str, name: str) -> bool:
    """The last word of the name or several; accents, capitals and hyphens do no harm."""
    words, parts = _plain(typed), _plain(name)
    return bool(words) and len(words) <= max(len(parts) - 1, 1) and parts[-len(words) :] == words


def _plain(text: str) -> list[str]:
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return "".join(sign if sign.isalnum() else " " for sign in kept).split()


def shown_name(row: Certificate) -> str:
    """ "P. Nair": what a stranger who knows the surname is told."""
    first, *rest = row.name.split() or [""]
    return " ".join([f"{first[:1]}.", *rest[-1:]]) if rest else row.name
