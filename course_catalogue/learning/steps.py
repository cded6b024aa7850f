"""What goes from one step of booking to the next: signed, bound to one login and one session, never stored.

Nothing in it decides: the last step asks the service, which checks everything again. A changed, foreign or old
sheet is worth nothing, and the first step is shown again.
"""

import uuid
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from django.core import signing

from course_catalogue.charging import payers, terms

GOOD_FOR = timedelta(hours=12)


@dataclass
class Sheet:
    """``terms``: what was shown, by agency; ``key``: one act, however often it is pressed (B2, B12)."""

    session: int
    persons: list[int]
    needs: dict[str, str] = field(default_factory=dict)
    auto_accept: bool = False
    join_list: bool = False
    manager: int | None = None
    terms: dict[str, list] = field(default_factory=dict)
    agreed: bool = False
    checked: bool = False
    released: str = ""
    override: str = ""
    priority: int = 0
    priority_reason: str = ""
    key: str = field(default_factory=lambda: str(uuid.uuid4()))

    def sealed(self, user) -> str:
        return signing.dumps(asdict(self), salt=_salt(user), compress=True)


def opened(text: str, user, session) -> Sheet | None:
    """The sheet as it was sealed for this login and session; None for anything else."""
    try:
        found = Sheet(**signing.loads(text or "", salt=_salt(user), max_age=GOOD_FOR))
    except (signing.BadSignature, TypeError):
        return None
    return found if found.session == session.pk else None


def _salt(user) -> str:
    return f"training.book.{user.pk}"


def terms_of(session, persons, *, now: datetime) -> dict[int, terms.Terms]:
    """What each agency of these people is told, by its key."""
    return terms.terms_for_all(session, payers.agencies_of(persons), now=now)


def noted(found: dict[int, terms.Terms]) -> dict[str, list]:
    """What was shown, in a form that can be sealed and compared to the penny and the minute (B8)."""
    return {str(key): _noted(row) for key, row in found.items()}


def _noted(row: terms.Terms) -> list:
    steps = [[_iso(until), _money(amount)] for until, amount in row.steps]
    return [_money(row.fee), _money(row.late_charge), _iso(row.free_until), row.policy, steps]


def _money(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def _iso(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
