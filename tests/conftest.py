from datetime import date

import pytest

from tests.append_only import (  # noqa: F401  how a flush goes
    append_only_round_the_flush,
    is_flushed,
    rows_are_deleted_in_the_flush,
)

pytest_plugins = ["tests.legs"]
TODAY = date(2026, 11, 23)


@pytest.fixture
def today() -> date:
    """The day of every test that needs one: a Monday, literal, never the clock's."""
    return TODAY


@pytest.fixture
def kept_as_served(settings):
    """What every page asks for everybody is kept, as in a process that serves: menu, names, footer."""
    from kernel.content import kept  # noqa: PLC0415  settings are named only after this file is loaded

    settings.KEPT_SECONDS = 60
    kept.forget()
    yield
    kept.forget()


@pytest.fixture
def undated(monkeypatch):
    """Pages without the minute at which they were printed, for tests that two pages are the same to the letter."""
    monkeypatch.setattr("portal.frame._printed", lambda request: "")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """What flushes the database runs last: a flush takes away the rows that migrations made."""
    items.sort(key=is_flushed)
