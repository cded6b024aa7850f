"""Kill trials (H1): SIGKILL at a random moment of an act, many times; then nothing may be half done.

python3 bench/kill.py [--rounds 30] [--acts submit,sign] [--seed 1]     SQLite, or what DATABASE_URL names
python3 bench/kill.py --acts control                                    shows that a torn act is noticed

Needs the packages of ``requirements/test.txt``: run it with the Python of ``.venv``. The database is made anew
beside the one that is named, and removed at the end.
"""

import argparse
import logging
import os
import random
import shutil
import signal
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
os.environ["PYTEST_XDIST_WORKER"] = f"kill-{os.getpid()}"  # a folder and a head file of its own

import django  # noqa: E402  after the settings are named
from django.conf import settings  # noqa: E402
from django.db import connection, connections  # noqa: E402

NOTHING, DONE, HALF, LOST = "nothing happened", "all happened", "HALF DONE", "CONFIRMED BUT NOT STORED"
TRIES = 3  # unkilled runs of an act, which say how long it takes


def main() -> int:
    words = _words()
    name = settings.DATABASES["default"]["NAME"]
    settings.DATABASES["default"]["TEST"]["NAME"] = (
        f"test_{name}_kill" if connection.vendor == "postgresql" else str(settings.VAR / "kill.sqlite3")
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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--acts", default="")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _trials(words) -> dict:
    from bench.killing import acts  # noqa: PLC0415  models need Django's set-up

    chance = random.Random(words.seed)
    chosen = words.acts.split(",") if words.acts else list(acts.ACTS)
    acts.prepare()
    found = {}
    for name in chosen:
        found[name] = trial({**acts.ACTS, **acts.CONTROL}[name], words.rounds, chance)
        print(f"{name}: {dict(found[name])}", flush=True)
    found["afterwards"] = acts.whole()
    return found


def trial(act, rounds: int, chance) -> Counter:
    """``act`` is a class of ``acts``: one object a round, with ``run``, ``state`` and ``finish``."""
    usual = statistics.median(_unkilled(act()) for _turn in range(TRIES))
    results: Counter = Counter()
    longest = usual
    for _number in range(rounds):
        one = act()
        confirmed = _killed(one, chance.uniform(0, longest))
        longest *= 0.8 if confirmed else 1.2  # so that kills fall on both sides of the end, however busy
        state = one.state()
        results[LOST if confirmed and state != DONE else state] += 1
        results["killed" if not confirmed else "ended before the kill"] += 1
        one.finish()
        if one.state() != DONE:
            results["NOT DONE BY PRESSING AGAIN"] += 1
    results["usual ms"] = round(usual * 1000)
    return results


def _unkilled(one) -> float:
    begin = time.perf_counter()
    child, confirmed = _start(one)
    os.waitpid(child, 0)
    took = time.perf_counter() - begin
    one.learn()
    if not _said_done(confirmed) or one.state() != DONE:
        raise RuntimeError(f"{type(one).__name__} does not work even when nobody kills it")
    return took


def _killed(one, after: float) -> bool:
    child, confirmed = _start(one)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return _said_done(confirmed)


def _start(one) -> tuple[int, int]:
    """A process of its own with connections of its own, which does the act and then says so through a pipe."""
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        one.run()
        os.write(writing, b"done")
    except BaseException as error:  # noqa: BLE001  the parent reads of it
        print(f"{type(one).__name__}: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
    finally:
        os._exit(0)


def _said_done(pipe: int) -> bool:
    with os.fdopen(pipe, "rb") as stream:
        return stream.read() == b"done"


def _report(words, found) -> int:
    for fault in found["afterwards"]:
        print(f"afterwards: {fault}")
    bad = {HALF, LOST, "NOT DONE BY PRESSING AGAIN"}
    faults = sum(count for result in found.values() if result for key, count in result.items() if key in bad)
    print(f"{connection.vendor}, {words.rounds} rounds an act, seed {words.seed}: {faults} faults")
    return 1 if faults or found["afterwards"] else 0


if __name__ == "__main__":
    django.setup()
    sys.exit(main())
