"""docs/booking.md: all 58 behaviours, each held, changed on purpose or not applicable, with tests that exist."""

import re

import pytest

from tests.repository.test_repository import ROOT, broken_promises

ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]*) ?\|$", re.M)
TABLE = (ROOT / "docs/booking.md").read_text(encoding="utf-8")


def faults(text: str) -> list[str]:
    """What is wrong with the table: numbers that are missing, words without reason, rows without test."""
    rows = [(int(number), here.strip(), tests.strip()) for number, _what, here, tests in ROW.findall(text)]
    found = [f"{number} is missing" for number in sorted(set(range(1, 59)) - {row[0] for row in rows})]
    found += [f"{number} twice" for number in {n for n, *_rest in rows if [r[0] for r in rows].count(n) > 1}]
    for number, here, tests in rows:
        if not re.match(r"held|changed: \w|not applicable: \w", here):
            found.append(f"{number} says neither held, changed and why, nor not applicable and why")
        if not tests and not here.startswith("not applicable"):
            found.append(f"{number} has no test")
    return found


def test_all_58_behaviours_are_answered():
    assert faults(TABLE) == []


def test_every_test_that_is_named_exists():
    assert broken_promises(TABLE, ROOT) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("| 7 | ", "| 70 | ", "7 is missing"),
        ("not applicable: there is no basket", "not applicable", "7 says neither"),
        (
            "| 3 | A booked place is taken; when all are, it is full | held |",
            "| 3 | x | maybe |",
            "3 says neither",
        ),
    ],
)
def test_a_hole_in_the_table_is_caught(old, new, fault):
    assert old in TABLE
    assert any(found.startswith(fault) for found in faults(TABLE.replace(old, new, 1)))
