from datetime import date

import pytest

from tests.factories import policies as make

pytestmark = pytest.mark.django_db
FIRST = date(2024, 1, 8)


def test_each_reader_sees_and_counts_only_their_own(people_by_name, sign_in):
    for audience in ("public", "partners", "staff"):
        make.issue(make.make_policy(title=f"Zebra {audience}", audience=audience), today=FIRST)
    make.make_policy(title="Zebra draft")

    seen = {}
    for name, user in people_by_name.items():
        text = sign_in(user).get("/policies/").content.decode()
        seen[name] = [a for a in ("public", "partners", "staff", "draft") if f"Zebra {a}" in text]

    assert seen == {
        "visitor": ["public"],
        "outsider": ["public"],
        "partner": ["public", "partners"],
        "staff": ["public", "partners", "staff"],
    }


@pytest.mark.parametrize("page", ["0", "-1", "abc", "999999", ""])
def test_odd_page_numbers_are_answered(people_by_name, sign_in, page):
    make.issue(make.make_policy(title="Zebra", audience="public"), today=FIRST)

    answer = sign_in(None).get("/policies/", {"page": page})

    assert (answer.status_code, b"Zebra" in answer.content) == (200, True)


def test_a_version_of_the_future_is_not_listed(people_by_name, sign_in):
    make.issue(make.make_policy(title="Zebra"), today=FIRST, wanted_from=date(2099, 1, 1))

    assert b"Zebra" not in sign_in(people_by_name["staff"]).get("/policies/").content
