#!/usr/bin/env python3
"""The bench: python3 bench/run.py [--database sqlite|postgresql] [--quick]

Makes a scratch database, counts queries, times the issue of a version, then serves the pages with two gunicorn
workers and asks for them beside stock Wagtail's in the same run; at last the lists are timed at 10,000 policies.
The findings go to bench/RESULTS.md.
BENCH_POSTGRESQL names another server than the usual one on this machine.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from bench import load, report  # noqa: E402  found from wherever it is called

VAR = ROOT / "var/bench"
PORT = 8765
CLIENTS, WORKERS, REPEATS = 16, 2, 3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--quick", action="store_true", help="one second a measure; prints, writes nothing")
    parser.add_argument("--show-queries", action="store_true", help="print every query that is counted")
    words = parser.parse_args()
    python = ROOT / ".venv/bin/python"
    python = python if python.exists() else Path(sys.executable)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "BENCH_DATABASE": words.database,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    scratch(python, words.database, environment)
    show = ["--show-queries"] if words.show_queries else []
    subprocess.run([python, "-m", "bench.prepare", *show], cwd=ROOT, env=environment, check=True)
    found = json.loads((VAR / "found.json").read_text())
    found["rounds"] = serve_and_ask(python, environment, found, seconds=1.0 if words.quick else 2.5)
    subprocess.run([python, "-m", "bench.growth"], cwd=ROOT, env=environment, check=True)
    found["growth"] |= json.loads((VAR / "grown.json").read_text())
    text = report.write(found, database=words.database, commit=commit())
    print(text)
    if not words.quick:
        report.append(ROOT / "bench/RESULTS.md", text)
    return 0


def scratch(python, database: str, environment) -> None:
    """An empty database of the bench's own."""
    VAR.mkdir(parents=True, exist_ok=True)
    for old in VAR.glob("bench.sqlite3*"):
        old.unlink()
    if database == "postgresql":
        subprocess.run([python, "-m", "bench.scratch"], cwd=ROOT, env=environment, check=True)


def serve_and_ask(python, environment, found, *, seconds: float) -> list[dict]:
    with serving(python, environment) as server:
        targets = targets_of(found)
        for target in targets:
            load.many(target, PORT, clients=CLIENTS, seconds=min(seconds, 1.5))
        return [one_round(targets, seconds, server.pid) for _ in range(REPEATS)]


@contextmanager
def serving(python, environment):
    """The site under two gunicorn workers at PORT, asked until it answers; the process of the server."""
    gunicorn = [python, "-m", "gunicorn", "portal.wsgi:application", "--workers", str(WORKERS)]
    words = ["--bind", f"127.0.0.1:{PORT}", "--log-level", "warning"]
    server = subprocess.Popen([*gunicorn, *words], cwd=ROOT, env=environment)
    try:
        wait_until_served()
        yield server
    finally:
        server.terminate()
        server.wait(timeout=20)


def one_round(targets, seconds: float, server: int) -> dict:
    """Every target once, the floors first and again last: a list of figures by label."""
    found: dict = {}
    for target in [*targets, *targets[:2]]:
        before = load.cpu_of(server)
        requests, took = load.many(target, PORT, clients=CLIENTS, seconds=seconds)
        figures = {
            "rate": requests / took,
            "cpu": (load.cpu_of(server) - before) / requests,
            "ms": load.one(target, PORT, seconds=seconds / 2),
        }
        found.setdefault(target.label, []).append(figures)
    return found


def targets_of(found) -> list[load.Target]:
    paths, cookie = found["paths"], found["cookie"]
    mark = "until somebody takes over"
    return [
        load.Target("constant", paths["constant"], "constant"),
        load.Target("plain", paths["plain"], mark),
        load.Target("plain signed in", paths["plain"], mark, cookie),
        load.Target("plain list", paths["plain list"], "Plain 0020"),
        load.Target("policy", paths["policy"], mark, cookie),
        load.Target("public", paths["public"], mark),
        load.Target("library", paths["library"], "Copy 0020", cookie),
        load.Target("register", paths["register"], "Copy 0040", found["owner's cookie"]),
    ]


def wait_until_served() -> None:
    target = load.Target("constant", "/bench/constant/", "constant")
    for _ in range(100):
        try:
            load.check(target, load.ask(PORT, target.request(f"127.0.0.1:{PORT}")))
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not start")


def commit() -> str:
    words = ["git", "describe", "--always", "--dirty"]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True).stdout.strip() or "unknown"


if __name__ == "__main__":
    sys.exit(main())
