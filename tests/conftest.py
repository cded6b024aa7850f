from datetime import date

import pytest

pytest_plugins = ["tests.legs", "tests.as_migrated"]
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
