"""What somebody must hold before they may book a course: questions that higher apps register.

A question is ``ask(course, people, today) -> {person: [words]}``: keys of people in, what each still lacks out, in
words for that person; a person who lacks nothing may be left out. Asked inside the lock of the session; one that raises
refuses everybody, because what cannot be answered is not met.
"""

import logging
from collections.abc import Callable, Collection
from datetime import date

from django.utils.translation import gettext as _

log = logging.getLogger("training")
Ask = Callable[..., dict[int, list[str]]]
CHECKS: dict[str, Ask] = {}


def register(name: str, ask: Ask) -> None:
    """Register a question under a name that never changes; they are asked in the order of names."""
    if name in CHECKS and CHECKS[name] is not ask:
        raise ValueError(f"two checks of a person are called {name}")
    CHECKS[name] = ask


def lacking(course, people: Collection[int], today: date) -> dict[int, list[str]]:
    """What each of the people lacks for the course, in words; nobody is in it who lacks nothing."""
    found: dict[int, list[str]] = {}
    for name in sorted(CHECKS):
        for person, words in _ask(name, course, people, today).items():
            if words:
                found.setdefault(person, []).extend(words)
    return found


def _ask(name: str, course, people, today) -> dict[int, list[str]]:
    try:
        return CHECKS[name](course, people, today)
    except Exception:
        log.exception("check %s of course %s", name, course.pk)
        words = _("It cannot be seen now whether this may be booked. Try again, or ask the training team.")
        return dict.fromkeys(people, [words])
