from datetime import date

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.legs", "tests.as_migrated"]
TODAY = date(2026, 11, 23)
# No trial is a timed test: a slow machine draws its examples slowly.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


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
