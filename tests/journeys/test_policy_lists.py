"""Where policies are found: library, search, desk and home, empty and full, for a visitor and for staff."""

import pytest

from tests.factories.organisation import make_person
from tests.factories.policies import (
    author_of,
    issue,
    make_home,
    make_library,
    make_policy,
    members_of,
    submit,
)
from tests.journeys.policies import FIRST, LONG_TITLE, SECOND, make_full_policy

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def library(transactional_db):
    make_home()
    return make_library()


def test_nothing_there_yet(page, origin, look, sign_in, library):
    reader = make_person(user=True, name="Priya Nair").user
    for address in ("/", "/policies/", "/search/?q=leave", "/accounts/login/"):
        page.goto(origin + address)
        look(page)
    sign_in(page, reader.email)
    for address in ("/", "/policies/", "/desk/"):
        page.goto(origin + address)
        look(page)


def test_one_policy(page, origin, look, sign_in, library):
    issue(make_full_policy(audience="public"), today=FIRST)
    for address in ("/", "/policies/", "/search/?q=sg042", "/search/?q=nothing"):
        page.goto(origin + address)
        look(page)


def test_many_policies(page, origin, look, sign_in, library):
    reader = make_person(user=True, name="Priya Nair").user
    template = make_policy()
    issue(template, today=SECOND)
    for number in range(24):
        title = LONG_TITLE if number == 3 else f"Infection prevention {number}"
        issue(make_policy(title=title, review_months=6 if number % 2 else 60), today=SECOND)
    sign_in(page, reader.email)
    for address in ("/policies/", "/policies/?page=2", "/search/?q=infection"):
        page.goto(origin + address)
        look(page)


def test_a_full_desk(page, origin, look, sign_in, library):
    policy = make_full_policy()
    submission = submit(policy, today=FIRST)
    (approver,) = members_of(submission.approving_body)
    make_policy(author=approver, title=LONG_TITLE, slug="hir")
    sign_in(page, approver.email)
    for address in ("/", "/desk/"):
        page.goto(origin + address)
        look(page)
    page.context.clear_cookies()
    sign_in(page, author_of(policy).email)
    page.goto(origin + "/desk/")
    look(page)
