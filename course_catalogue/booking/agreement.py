"""The terms of a place: worked out by the server, shown, agreed and kept with the booking as they were shown."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from course_catalogue.booking.states import refused
from course_catalogue.charging.notice import is_late
from course_catalogue.charging.terms import Terms


def mark(terms: Iterable[Terms]) -> str:
    """A short mark of the terms on the screen: the form sends it back, so that a change is noticed (B8)."""
    rows = sorted(json.dumps(_told(one)) for one in terms)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def must_agree(terms: Terms, *, now: datetime) -> bool:
    """A price, or free cancelling that is over already: the agency says yes first."""
    return bool(terms.fee) or bool(terms.late_charge) and is_late(terms.free_until, now)


def check(terms: Iterable[Terms], *, now: datetime, agreed: bool, shown: str) -> None:
    """Raise ``terms_changed`` when other terms were shown, ``terms`` when they need a yes and have none."""
    rows = list(terms)
    if shown and shown != mark(rows):
        raise refused(_("Cost or notice changed while you read. Look at them again."), "terms_changed")
    if not agreed and any(must_agree(one, now=now) for one in rows):
        words = _(
            "This place has a charge, or cancelling is not free any more. Agree to that before you book."
        )
        raise refused(words, "terms")


def values(terms: Terms, *, now: datetime, agreed: bool) -> dict:
    """The terms as fields of a booking."""
    return {**terms.as_fields(), "agreed_at": now if agreed else None}


def _told(terms: Terms) -> list:
    """What a screen tells of the terms, in one way of writing."""
    money = [None if one is None else f"{one:.2f}" for one in (terms.fee, terms.late_charge)]
    steps = [[until.isoformat(), f"{amount:.2f}"] for until, amount in _utc_steps(terms)]
    until = terms.free_until and terms.free_until.astimezone(UTC).isoformat()
    return [*money, until, terms.policy, steps]


def _utc_steps(terms: Terms):
    return [(until.astimezone(UTC), amount) for until, amount in terms.steps]
