"""What keeps a certificate back though somebody took part: questions that higher apps register.

A question is ``ask(session, people, today) -> {person: [words]}``, as in ``course_catalogue.checks``: keys of people
in, why each gets no certificate yet out. One that raises keeps all back, because what cannot be answered is not met.
Whoever ends such a reason calls ``certificates.issue_due``; a daily job catches up.
"""

import logging
from collections.abc import Callable, Collection
from datetime import date

from django.utils.translation import gettext as _

log = logging.getLogger("training")
Ask = Callable[..., dict[int, list[str]]]
HOLDS: dict[str, Ask] = {}


def register_hold(name: str, ask: Ask) -> None:
    """Register a question under a name that never changes; they are asked in the order of names."""
    if name in HOLDS and HOLDS[name] is not ask:
        raise ValueError(f"two holds of certificates are called {name}")
    HOLDS[name] = ask


def held(session, people: Collection[int], today: date) -> dict[int, list[str]]:
    """Why people get no certificate yet, in words; nobody is in it whose certificate nothing keeps back."""
    found: dict[int, list[str]] = {}
    for name in sorted(HOLDS) if people else []:
        for person, words in _ask(name, session, people, today).items():
            if words:
                found.setdefault(person, []).extend(words)
    return found


def _ask(name: str, session, people, today) -> dict[int, list[str]]:
    try:
        return HOLDS[name](session, people, today)
    except Exception:
        log.exception("hold %s of session %s", name, session.pk)
        return dict.fromkeys(people, [_("It cannot be seen now whether a certificate is due.")])
