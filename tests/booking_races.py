"""Many people act on bookings at one moment: a process each, made by fork, so that none waits for Python to start."""

import json

from tests.processes import start_python

RACE = """
import json, sys, time, uuid
from datetime import datetime
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, connections, transaction
from django.utils import timezone
from course_catalogue.booking import answering, asking, ending, locking, swapping
from course_catalogue.models import Booking, CourseSession
from course_catalogue.register import checking_in
from kernel.organisation.models import StaffProfile

NOW = timezone.make_aware(datetime(2026, 11, 23, 10, 0))
EARLY = timezone.make_aware(datetime(2027, 1, 6, 9, 15))


def check_in(booking):
    row = Booking.objects.get(pk=booking)
    day = row.session.days.get()
    letters = checking_in.letters(day, EARLY)
    return checking_in.check_in(day, letters, actor=row.person.user, now=EARLY)


ACTS = {
    "ask": lambda session, person, key=None, **more: asking.ask(
        CourseSession.objects.get(pk=session), [StaffProfile(pk=person)], actor=None, now=NOW,
        key=key and uuid.UUID(key), **more),
    "cancel": lambda booking: ending.cancel(Booking.objects.get(pk=booking), actor=None, now=NOW),
    "check in": check_in,
    "cancel early": lambda booking: ending.cancel(Booking.objects.get(pk=booking), actor=None, now=EARLY),
    "move": lambda booking, session: swapping.move(
        Booking.objects.get(pk=booking), CourseSession.objects.get(pk=session), actor=None, now=NOW),
}


def without_lock():
    "The control: nobody waits for anybody, and everybody has counted before anybody writes."
    plain = lambda keys: list(
        CourseSession.objects.filter(pk__in=set(keys)).select_related("course", "host").order_by("pk"))
    locking.lock_sessions = plain
    if connection.vendor == "sqlite":
        transaction.Atomic.__enter__ = lambda self: None
        transaction.Atomic.__exit__ = lambda self, *error: None
    place = asking.place
    asking.place = lambda *args, **more: (time.sleep(1.5), place(*args, **more))[1]


def act(name, values):
    try:
        found = ACTS[name](**values)
        words = "again" if getattr(found, "again", False) else "waits" if getattr(found, "waiting", 0) else "done"
    except PermissionDenied:
        words = "denied"
    except ValidationError as refusal:
        words = getattr(refusal, "code", "") or refusal.error_list[0].code
    except Exception as error:
        words = type(error).__name__ + ": " + str(error)[:200]
    return json.dumps(words) + chr(10)


if os.environ["LOCK"] == "off":
    without_lock()
acts = json.loads(os.environ["ACTS"])
connections.close_all()
many = min(len(acts), int(os.environ["PROCESSES"]))
start, children = time.time() + 0.5 + 0.02 * many, []
for number in range(many):
    child = os.fork()
    if not child:
        connection.ensure_connection()
        time.sleep(max(0, start - time.time()))
        for name, values in acts[number::many]:
            os.write(1, act(name, values).encode())
        os._exit(0)
    children.append(child)
for child in children:
    os.waitpid(child, 0)
"""


def race(*acts, lock=True, processes=100) -> list[str]:
    """What each was told, sorted: done, again, waits, or the code of the refusal. ``acts``: name and values.

    ``processes``: at most so many at once; where there are more acts, each process does one after the other.
    """
    words = {"ACTS": json.dumps(acts), "LOCK": "on" if lock else "off", "PROCESSES": str(processes)}
    process = start_python(RACE, **words)
    out, err = process.communicate(timeout=300)
    if process.returncode or len(out.splitlines()) != len(acts):
        raise RuntimeError(f"exit {process.returncode}: {err[-1000:]}")
    return sorted(json.loads(line) for line in out.splitlines())
