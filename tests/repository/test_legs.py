"""Which tests of the suite run on which leg."""

from pathlib import Path

import pytest

from tests import legs

PURE = "tests/policy_pages/importing/test_counting.py::test_x"
MIXED = "tests/kernel/content/test_dates.py::test_x"
EDITOR = "tests/journeys/test_policy_drafting.py::test_x"
PRESS = "tests/portal/test_presses.py::test_x"
PAGES = "tests/policy_pages/test_reading.py::test_x"
ENGINE = "tests/course_catalogue/booking/test_asking.py::test_x"
RACE = "tests/course_catalogue/booking/test_races.py::test_x"
JOURNEY = "tests/journeys/test_frame.py::test_x"
WALK, DAILY = (
    "tests/portal/test_addresses.py::test_looking_changes_nothing",
    "tests/portal/test_addresses.py::test_x",
)


@pytest.mark.parametrize(
    ("leg", "nodeid", "marks", "fixtures", "again"),
    [
        ("sqlite", PURE, set(), set(), True),
        ("sqlite", JOURNEY, {"journey", "django_db"}, {"live_server"}, True),
        ("postgresql", PURE, set(), set(), False),
        ("postgresql", MIXED, set(), {"today"}, False),
        ("postgresql", MIXED, {"django_db"}, set(), True),
        ("postgresql", MIXED, set(), {"db"}, True),
        ("postgresql", JOURNEY, {"journey", "django_db"}, {"live_server"}, False),
        ("wagtail8", PURE, set(), set(), False),
        ("wagtail8", PURE, {"wagtail8"}, set(), True),
        ("wagtail8", MIXED, set(), set(), True),
        ("wagtail8", PAGES, {"django_db"}, set(), True),
        ("postgresql", PRESS, {"django_db"}, set(), False),
        ("postgresql", PRESS, {"django_db", "postgresql"}, set(), True),
        ("wagtail8", PRESS, {"django_db"}, set(), False),
        ("wagtail8", ENGINE, {"django_db"}, set(), False),
        ("wagtail8", RACE, {"django_db"}, set(), False),
        ("postgresql", RACE, {"django_db"}, set(), True),
        ("wagtail8", JOURNEY, {"journey", "django_db"}, {"live_server"}, False),
        ("wagtail8", EDITOR, {"journey", "django_db"}, {"live_server"}, True),
        ("sqlite", WALK, {"django_db"}, set(), True),
        ("postgresql", WALK, {"django_db"}, set(), False),
        ("wagtail8", WALK, {"django_db"}, set(), False),
        ("postgresql", DAILY, {"django_db"}, set(), True),
        ("", PURE, set(), set(), True),
    ],
)
def test_what_cannot_differ_runs_once(leg, nodeid, marks, fixtures, again):
    assert legs.runs_again(leg, nodeid, marks, fixtures) is again


def test_what_ran_on_no_leg_is_found(tmp_path: Path):
    (tmp_path / "sqlite.collected.txt").write_text("a\nb\nc\n")
    (tmp_path / "sqlite.ran.txt").write_text("a\n")
    (tmp_path / "wagtail8.ran.txt").write_text("c\n")

    assert legs.never_ran(tmp_path) == ["b"]


def test_journeys_that_are_named_exist():
    root = Path(__file__).resolve().parents[2]

    assert [name for name in legs.INTO_THE_ADMIN if not (root / name).exists()] == []
