from datetime import date

import pytest

from tests.append_only import append_only_round_the_flush, is_flushed  # noqa: F401  lifts the triggers round a flush

pytest_plugins = ["tests.legs"]
TODAY = date(2026, 11, 23)


@pytest.fixture
def today() -> date:
    """The day of every test that needs one: a Monday, literal, never the clock's."""
    return TODAY


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """What flushes the database runs last: a flush takes away the rows that migrations made."""
    items.sort(key=is_flushed)
