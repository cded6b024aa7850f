"""G1: no number, word or sign in an address makes the site fail: it is answered, or there is nothing there."""

import re

import pytest
from django.test import Client

from tests.portal.meeting import BACKEND
from tests.portal.test_script_is_text import OF_TRAINING, PEOPLE, walked, world  # noqa: F401  the fixture

pytestmark = pytest.mark.django_db
ASKED = (
    "against audience body code course days delivery export find for force kind left level look month next of "
    "often owner page person places q role shared sort subject topic type venue which whose year"
).split()
ODD = ("9" * 30, "-1", "²", "x\0y", "9999-12")
NUMBERS = ("9" * 4000, "9" * 18, "0")


def asked(path) -> list[tuple[str, dict]]:
    """The address with every question of the site answered oddly, and with odd numbers in it."""
    plain = path.partition("?")[0]
    questions = [(plain, dict.fromkeys(ASKED, odd)) for odd in ODD]
    others = {re.sub(r"(?<=/)\d+(?=[/.])", number, plain) for number in NUMBERS}
    return questions + [(other, {}) for other in sorted(others - {plain})]


@pytest.mark.parametrize("name", ["superuser", "officer"])
def test_odd_addresses_are_answered(world, name):  # noqa: F811
    client = Client(raise_request_exception=False)
    client.force_login((PEOPLE | OF_TRAINING)[name](world), backend=BACKEND)
    paths = sorted(
        {path for _name, path in walked(world, name) if not path.startswith(("/admin/", "/accounts/log"))}
    )

    asked_for = [(path, query) for start in paths for path, query in asked(start)]
    failed = [(path[:80], query) for path, query in asked_for if client.get(path, query).status_code >= 500]

    assert len(asked_for) > 500
    assert not failed, "\n".join(map(str, failed))
