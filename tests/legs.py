"""One suite on several legs (SQLite, PostgreSQL, Wagtail 8): who runs where, and that nothing falls between.

A test marked for one database or one Wagtail is deselected elsewhere, never skipped: with CI=true a
skip or an expected failure fails the session. With LEG set, each leg writes what it collected and what
it ran to var/legs; with LAST_LEG set too, the session fails when a collected test ran on no leg.

With LEG set, what cannot differ between legs runs on the first one alone: a test that asks for no database is not run
again on PostgreSQL, nor is a browser's journey, whose pages the suite asks for there by itself. The long walks through
all addresses (how text is escaped, who is told of a text, that looking changes nothing) and the presses of every form
run on the first leg alone; what each address answers to whom is asked on all. On Wagtail 8, which has the same Django,
runs what stands on Wagtail: pages, drafts, workflows, its admin and every address.
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
DATABASE = {"db", "transactional_db", "live_server"}
ON_ONE_LEG = (
    "tests/portal/test_odd_addresses.py",
    "tests/portal/test_presses.py",
    "tests/portal/test_restricted_texts.py",
    "tests/portal/test_script_is_text.py",
    "tests/portal/test_addresses.py::test_looking_changes_nothing",
    "tests/portal/test_addresses.py::test_an_address_more_open_than_its_rule_is_caught",
    "tests/portal/test_demo.py::test_it_makes_sense_on_any_day",
)
DRAFTS = "tests/portal/test_drafts_stay_inside.py"
ON_WAGTAIL = (
    "tests/kernel/accounts/test_admin",
    "tests/kernel/content/",
    "tests/kernel/lifecycle/",
    "tests/kernel/organisation/test_admin",
    "tests/kernel/organisation/test_chooser",
    "tests/policy_pages/imports/",
    "tests/policy_pages/test_",
    "tests/course_catalogue/catalogue/",
    "tests/portal/",
)
TRIALS_OF_LOCKS = ("/test_race.py", "/test_races.py", "/test_killed.py", "/test_matter_races.py")
INTO_THE_ADMIN = (
    "tests/journeys/test_people_chooser.py",
    "tests/journeys/test_policy_drafting.py",
    "tests/journeys/test_policy_import.py",
    "tests/journeys/test_policy_way.py",
    "tests/journeys/test_training_catalogue.py",
)


def runs_again(leg: str, nodeid: str, marks: set[str], fixtures: set[str]) -> bool:
    """Whether a test of the first leg has something to find on this one too."""
    if leg not in ("postgresql", "wagtail8") or leg in marks:
        return True
    if nodeid.startswith(ON_ONE_LEG):
        return False
    if leg == "postgresql":
        needs_database = "django_db" in marks or bool(DATABASE & fixtures)
        return needs_database and "journey" not in marks and not nodeid.startswith(DRAFTS)
    if "journey" in marks:
        return nodeid.startswith(INTO_THE_ADMIN)
    return nodeid.startswith(ON_WAGTAIL) and not nodeid.partition("::")[0].endswith(TRIALS_OF_LOCKS)


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
            here = belongs_here(marks, vendor, wagtail.VERSION[0])
            here = here and runs_again(self.leg, item.nodeid, marks, set(item.fixturenames))
            (keep if here else drop).append(item)
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
