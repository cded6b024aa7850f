"""Races of bookings at full numbers (B1, B5): exactly the places are sold, and nobody is shown an error.

python3 bench/races.py [--rounds 20] [--processes 60]     SQLite, or what DATABASE_URL names

20 people for 5 places, 200 for 1, 50 pairs of people who want each other's date, and the control: with the lock off,
more than the places are sold. Exits with 1 on a fault, or when the control sells no more than there are. The suite
has the same with smaller numbers (``tests/course_catalogue/booking/test_races.py``).

Needs the packages of ``requirements/test.txt``: run it with the Python of ``.venv``. The database is made anew
beside the one that is named, and removed at the end.
"""

import argparse
import logging
import os
import shutil
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
os.environ["PYTEST_XDIST_WORKER"] = f"races-{os.getpid()}"  # a folder and a head file of its own

import django  # noqa: E402  after the settings are named
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

PAIRS, FEW = 50, 3


def main() -> int:
    words = _words()
    name = settings.DATABASES["default"]["NAME"]
    settings.DATABASES["default"]["TEST"]["NAME"] = (
        f"test_{name}_races" if connection.vendor == "postgresql" else str(settings.VAR / "races.sqlite3")
    )
    logging.disable()
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        return _report(words, _trials(words))
    finally:
        connection.creation.destroy_test_db(str(name), verbosity=0)
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        settings.AUDIT_HEAD_FILE.unlink(missing_ok=True)


def _words():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--processes", type=int, default=60)
    return parser.parse_args()


def _trials(words):
    """(what, rounds, answers, faults, seconds) of each; the control's fault is that it finds nothing."""
    few = min(FEW, words.rounds)
    yield _trial("20 people, 5 places", words.rounds, lambda: _places(20, 5, words))
    yield _trial("200 people, 1 place", few, lambda: _places(200, 1, words))
    yield _trial(f"{PAIRS} opposite pairs", few, lambda: _pairs(words))
    yield _trial("control: 20 people, 5 places, no lock", few, lambda: _oversold(words))


def _trial(what: str, rounds: int, once):
    begin, answers, faults = time.perf_counter(), Counter(), []
    for _number in range(rounds):
        said, wrong = once()
        answers.update(said)
        faults += wrong
    found = what, rounds, dict(answers), faults, time.perf_counter() - begin
    print(f"| {what} | {rounds} | {found[2]} | {len(faults)} | {found[4]:.0f} s |", flush=True)
    return found


def _asked(people: int, places: int, words, **more) -> tuple[list[str], int]:
    from course_catalogue.enums import TAKES_A_PLACE  # noqa: PLC0415  models need Django's set-up
    from tests.booking_races import race  # noqa: PLC0415
    from tests.factories.courses import make_session  # noqa: PLC0415
    from tests.factories.organisation import make_person  # noqa: PLC0415

    session = make_session(capacity=places)
    acts = [("ask", {"session": session.pk, "person": make_person().pk}) for _number in range(people)]
    said = race(*acts, processes=words.processes, **more)
    return said, session.bookings.filter(state__in=TAKES_A_PLACE).count()


def _places(people: int, places: int, words) -> tuple[list[str], list[str]]:
    said, sold = _asked(people, places, words)
    wanted = ["done"] * places + ["full"] * (people - places)
    right = (said, sold) == (wanted, places)
    return said, [] if right else [f"{sold} of {places} places sold, {dict(Counter(said))}"]


def _oversold(words) -> tuple[list[str], list[str]]:
    said, sold = _asked(20, 5, words, lock=False)
    return said, [] if sold > 5 else [f"the control sold {sold} of 5 places: the trial would notice nothing"]


def _pairs(words) -> tuple[list[str], list[str]]:
    from course_catalogue.models import Booking  # noqa: PLC0415  models need Django's set-up
    from tests.booking_races import race  # noqa: PLC0415
    from tests.factories import booking as b  # noqa: PLC0415
    from tests.factories.courses import make_session  # noqa: PLC0415
    from tests.factories.organisation import make_person  # noqa: PLC0415

    first = make_session(capacity=2 * PAIRS)
    second = make_session(course=first.course, capacity=2 * PAIRS, starts=first.first_at + timedelta(days=7))
    acts = []
    for _number in range(PAIRS):
        for here, there in ((first, second), (second, first)):
            row = b.book(here, make_person(), actor=None)
            acts.append(("move", {"booking": row.pk, "session": there.pk}))
    said = race(*acts, processes=words.processes)
    rows = Booking.objects.filter(session__in=[first, second])
    sums = [rows.filter(session=one, state="booked").count() for one in (first, second)]
    moved = rows.filter(state="cancelled", cancelled_by="moved").count()
    right = (said, sums, moved) == (["done"] * 2 * PAIRS, [PAIRS, PAIRS], 2 * PAIRS)
    return said, [] if right else [f"{sums} booked, {moved} moved, {dict(Counter(said))}"]


def _report(words, found) -> int:
    found = list(found)
    faults = [fault for *_rest, wrong, _took in found for fault in wrong]
    for fault in faults:
        print(f"fault: {fault}")
    print(f"{connection.vendor}, {words.processes} processes at once: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    django.setup()
    sys.exit(main())
