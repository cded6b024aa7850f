"""The training calendar with 2,000 sessions and the feeds, beside Wagtail's own listing of plain pages in the same run.

python3 bench/dates.py [--database sqlite|postgresql] [--sessions 2000] [--seconds 2.5]

40 courses, the sessions over all days of the running programme year, three bookings each, one person with 30 and an
agency with a third of all. Two gunicorn workers serve. Prints rows for RESULTS.md and writes nothing; the scratch
database is made anew.
"""

import argparse
import os
import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPEATS, CLIENTS, APART = 3, 16, 2
LISTING = "plain list"


def main() -> int:
    words = _words()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "bench.settings", "BENCH_DATABASE": words.database}
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    from bench import run  # noqa: PLC0415  found after the path is set

    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")])}
    run.scratch(sys.executable, words.database, environment)
    import django  # noqa: PLC0415  after the scratch database is there

    django.setup()
    from bench import diary  # noqa: PLC0415  models need Django's set-up

    places = diary.prepare(words.sessions)
    counts = {place.label: diary.queries(place) for place in places}
    found = _served(run, places, environment, words.seconds)
    print(f"## {run.commit()}, {words.database}, calendar with {words.sessions} sessions\n")
    print("| what | ratio | figures: median (least to most) | target | |\n|---|---|---|---|---|")
    for place in places:
        print(f"| {' | '.join(_row(place, found, counts))} |")
    return 0


def _words():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--sessions", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=2.5)
    return parser.parse_args()


def _served(run, places, environment, seconds: float) -> dict[str, list[dict]]:
    """Figures of each round, by label: every address once a round."""
    targets = [run.load.Target(place.label, place.path, place.expect, place.cookie) for place in places]
    found: dict[str, list[dict]] = {}
    with run.serving(sys.executable, environment) as server:
        for target in targets:
            run.load.many(target, run.PORT, clients=CLIENTS, seconds=1)
        for _round in range(REPEATS):
            for target in targets:
                before = run.load.cpu_of(server.pid)
                done, took = run.load.many(target, run.PORT, clients=CLIENTS, seconds=seconds)
                cpu = (run.load.cpu_of(server.pid) - before) / done
                found.setdefault(target.label, []).append({"rate": done / took, "cpu": cpu})
    return found


def _row(place, found, counts) -> tuple:
    rounds, listing = found[place.label], found[LISTING]
    figures = (
        f"[{_figures(rounds, 'rate')} req/s, CPU {_figures(rounds, 'cpu')} ms, {counts[place.label]} queries]"
    )
    if place.label == LISTING:
        return place.label, "", figures, "", ""
    ratios = [ours["rate"] / theirs["rate"] for ours, theirs in zip(rounds, listing, strict=True)]
    target, met = ("", "")
    if place.is_list:
        target = f"{APART} times"
        met = "met" if statistics.median(ratios) >= APART else "**missed**"
    return f"{place.label} beside plain list", f"{statistics.median(ratios):.2f}", figures, target, met


def _figures(rounds, name: str) -> str:
    values = [one[name] for one in rounds]
    return f"{statistics.median(values):.0f} ({min(values):.0f} to {max(values):.0f})"


if __name__ == "__main__":
    sys.exit(main())
