"""Bookings per second through the service, beside the floor of one locked insert of the ORM in the same run.

python3 bench/booking.py [--database sqlite|postgresql] [--seconds 5] [--repeats 3] [--rounds 20] [--clients 50]

One connection asks for places of one session and of many; the floor locks a session's row, counts and writes. Then 16
connections book in one session and spread over 16, and 50 people ask for 10 places, round by round. Prints rows for
RESULTS.md and writes nothing. Every client is a process with a connection of its own. The scratch database is made
anew; BENCH_POSTGRESQL names another server than the usual one on this machine.
"""

import argparse
import os
import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONNECTIONS, MOST_QUERIES, PART, APART = 16, 25, 6, 2
SLOWEST = {"postgresql": 1.0, "sqlite": 5.0}


def main() -> int:
    words = _words()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "bench.settings", "BENCH_DATABASE": words.database}
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    from bench import run  # noqa: PLC0415  found after the path is set

    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")])}
    run.scratch(sys.executable, words.database, environment)
    import django  # noqa: PLC0415  after the scratch database is there

    django.setup()
    from bench import bookings  # noqa: PLC0415  models need Django's set-up

    bookings.prepare()
    rows = [
        *_service(bookings, words),
        _spread(bookings, words),
        *_rush(bookings, words),
        *_web(bookings, words, environment, run),
    ]
    print(f"## {run.commit()}, {words.database}, booking\n")
    print("| what | ratio | figures: median (least to most) | target | |\n|---|---|---|---|---|")
    print("\n".join(f"| {' | '.join(row)} |" for row in rows))
    return 0


def _words():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--clients", type=int, default=50)
    return parser.parse_args()


def _service(bookings, words) -> list[tuple]:
    """The floor first and last: a drift over 10 % says that the machine was busy."""
    floors, ours = [], []
    for _turn in range(words.repeats):
        floors.append(bookings.rate(bookings.floor, words.seconds))
        ours.append(bookings.rate(bookings.ask, words.seconds))
        floors.append(bookings.rate(bookings.floor, words.seconds))
    ratios = [one / statistics.mean(floors[2 * n : 2 * n + 2]) for n, one in enumerate(ours)]
    drift = abs(floors[0] - floors[-1]) / floors[0]
    queries = bookings.queries()
    return [
        ("floor: one locked insert", "", f"[{_figures(floors)} a second]", "", ""),
        ("floor, first and last", f"{drift:.0%} apart", "", "10 %", _met(drift <= 0.1)),
        (
            "booking through the service beside the floor",
            _figures(ratios, 2),
            f"[{_figures(ours)} a second]",
            f"1/{PART}",
            _met(statistics.median(ratios) >= 1 / PART),
        ),
        (
            "queries of one booking",
            "",
            f"[{queries}]",
            f"at most {MOST_QUERIES}",
            _met(queries <= MOST_QUERIES),
        ),
    ]


def _spread(bookings, words) -> tuple:
    one, many = [], []
    for _turn in range(words.repeats):
        one.append(bookings.together(CONNECTIONS, words.seconds, sessions=1))
        many.append(bookings.together(CONNECTIONS, words.seconds, sessions=CONNECTIONS))
    ratios = [theirs / ours for ours, theirs in zip(one, many, strict=True)]
    figures = f"[{_figures(many)} a second spread, {_figures(one)} on one]"
    target, met = f"{APART} times", _met(statistics.median(ratios) >= APART)
    if words.database == "sqlite":
        target, met = "", "one writer at a time"
    return (f"{CONNECTIONS} connections spread beside one session", _figures(ratios, 2), figures, target, met)


def _rush(bookings, words) -> list[tuple]:
    sold, slowest = [], []
    for _round in range(words.rounds):
        places, waits = bookings.rush(words.clients, 10)
        sold.append(places)
        slowest.append(max(waits))
    exact, most = sold.count(10), SLOWEST[words.database]
    what = f"{words.clients} people for 10 places"
    return [
        (what, "", f"[exactly 10 in {exact} of {words.rounds}]", "every round", _met(exact == words.rounds)),
        (
            f"{what}, the slowest answer",
            "",
            f"[{_figures(slowest, 2)} s]",
            f"under {most:g} s",
            _met(max(slowest) < most),
        ),
    ]


def _web(bookings, words, environment, run) -> list[tuple]:
    """The last press of booking, sent to two workers that serve: 50 people for 10 places, then for as many as come."""
    with run.serving(sys.executable, environment):
        run.load.together(bookings.pressed(4, None)[1], run.PORT)
        exact, slowest, rates = 0, [], []
        for _round in range(words.rounds):
            session, requests = bookings.pressed(words.clients, 10)
            answers = _answered(run.load.together(requests, run.PORT))
            exact += bookings.taken(session) == 10
            slowest.append(max(answers))
        for _turn in range(words.repeats):
            session, requests = bookings.pressed(words.clients, None)
            answers = _answered(run.load.together(requests, run.PORT))
            rates.append(bookings.taken(session) / max(answers))
    what = f"{words.clients} people for 10 places through the web"
    return [
        (what, "", f"[exactly 10 in {exact} of {words.rounds}]", "every round", _met(exact == words.rounds)),
        (f"{what}, the slowest answer", "", f"[{_figures(slowest, 2)} s]", "", ""),
        ("booking through the web, two workers", "", f"[{_figures(rates)} a second]", "", ""),
    ]


def _answered(found) -> list[float]:
    """The seconds of each; an answer that is neither "booked" nor the page that says why not is an error."""
    for answer, _took in found:
        if not answer.startswith((b"HTTP/1.1 302", b"HTTP/1.1 200")):
            raise RuntimeError(f"unexpected answer {answer[:200]!r}")
    return [took for _answer, took in found]


def _figures(values, digits: int = 0) -> str:
    middle, least, most = statistics.median(values), min(values), max(values)
    return f"{middle:.{digits}f} ({least:.{digits}f} to {most:.{digits}f})"


def _met(met: bool) -> str:
    return "met" if met else "**missed**"


if __name__ == "__main__":
    sys.exit(main())
