"""One suite on several legs (SQLite, PostgreSQL, Wagtail 8): who runs where, and that nothing falls between.

A test marked for one database or one Wagtail is deselected elsewhere, never skipped: with CI=true a
skip or an expected failure fails the session. With LEG set, each leg writes what it collected and what
it ran to var/legs; with LAST_LEG set too, the session fails when a collected test ran on no leg.
"""

import os
from pathlib import Path

import pytest
import wagtail

LEGS = Path(__file__).resolve().parents[1] / "var/legs"
BELONGS = {
    "sqlite": lambda vendor, major: vendor == "sqlite3",
    "postgresql": lambda vendor, major: vendor == "postgresql",
    "wagtail74": lambda vendor, major: major == 7,
    "wagtail8": lambda vendor, major: major == 8,
}


def belongs_here(marks: set[str], vendor: str, major: int) -> bool:
    return all(BELONGS[mark](vendor, major) for mark in marks & set(BELONGS))


def never_ran(folder: Path) -> list[str]:
    """Ids that a leg collected and no leg ran to a pass."""
    collected = _lines(folder, "*.collected.txt")
    return sorted(collected - _lines(folder, "*.ran.txt"))


def _lines(folder: Path, pattern: str) -> set[str]:
    return {line for path in folder.glob(pattern) for line in path.read_text().splitlines() if line}


def pytest_configure(config):
    config.pluginmanager.register(Legs(config), "legs")


class Legs:
    def __init__(self, config):
        self.leg = os.environ.get("LEG", "")
        self.worker = getattr(config, "workerinput", {}).get("workerid", "")
        self.strict = os.environ.get("CI") == "true"
        self.ran: list[str] = []
        self.skipped: list[str] = []
        self.lost: list[str] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, config, items):
        from django.conf import settings  # noqa: PLC0415  settings are named only after the plugin is loaded

        vendor = settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[1]
        if self.leg and self.worker in ("", "gw0"):
            self._write("collected", [item.nodeid for item in items])
        keep, drop = [], []
        for item in items:
            marks = {mark.name for mark in item.iter_markers()}
            (keep if belongs_here(marks, vendor, wagtail.VERSION[0]) else drop).append(item)
        if drop:
            config.hook.pytest_deselected(items=drop)
            items[:] = keep

    def pytest_runtest_logreport(self, report):
        if report.skipped or hasattr(report, "wasxfail"):
            self.skipped.append(report.nodeid)
        elif report.when == "call" and report.passed:
            self.ran.append(report.nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session):
        if self.worker:
            return
        if self.leg:
            self._write("ran", self.ran)
        if self.leg and os.environ.get("LAST_LEG"):
            self.lost = never_ran(LEGS)
        if (self.strict and self.skipped) or self.lost:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter):
        if self.strict and self.skipped:
            terminalreporter.section("skipped, which CI does not allow")
            terminalreporter.write_line("\n".join(self.skipped))
        if self.lost:
            terminalreporter.section("tests that ran on no leg")
            terminalreporter.write_line("\n".join(self.lost))

    def _write(self, kind: str, ids: list[str]) -> None:
        LEGS.mkdir(parents=True, exist_ok=True)
        (LEGS / f"{self.leg}.{kind}.txt").write_text("".join(f"{nodeid}\n" for nodeid in sorted(ids)))
