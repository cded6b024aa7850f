"""A real browser on pages of the live server; every name but this machine's is unresolvable in it."""

import os
import shutil
from functools import partial

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.factories.accounts import PASSWORD
from tests.journeys import looking

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Long enough for two cores shared by two workers; a page that needs it is slow for people too.
TIMEOUT_MS = 20_000
expect.set_options(timeout=TIMEOUT_MS)


@pytest.fixture(scope="session", autouse=True)
def _database_beside_an_event_loop():
    """Playwright keeps a loop running in this thread; Django would refuse the database because of it."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def chromium():
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(f"no browser on this machine: one of {', '.join(NAMES)} is needed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def origin(live_server) -> str:
    return live_server.url


@pytest.fixture
def page(chromium, origin):
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    yield page
    context.close()


@pytest.fixture
def watch(page, origin) -> looking.Watch:
    """Ask for it before the first page is opened: it counts from then on."""
    return looking.Watch(page, origin)


@pytest.fixture
def look(watch):
    """``look(page)``: no fault at 1280 and 320 px (looking.py lists what is looked at)."""
    return lambda page: looking.look(page, watch)


@pytest.fixture
def sign_in(origin):
    """``sign_in(page, email)`` as a person made with the password of the tests, or ``password=...``."""
    return partial(_sign_in, origin)


def _sign_in(origin: str, page, email: str, password: str = PASSWORD) -> None:
    looking.sign_in(page, origin, email, password)
