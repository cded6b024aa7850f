from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from policy_pages import library
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


def test_pages_follow_each_other_by_title(people_by_name, sign_in, monkeypatch):
    monkeypatch.setattr(library, "PER_PAGE", 2)
    for title in ("Zebra C", "Zebra A", "Zebra B"):
        make.issue(make.make_policy(title=title), today=FIRST)
    client = sign_in(people_by_name["staff"])

    pages = [BeautifulSoup(client.get("/policies/", {"page": n}).content, "html.parser") for n in (1, 2)]

    titles = [[link.get_text() for link in page.select(".wa-library__title")] for page in pages]
    assert titles == [["Zebra A", "Zebra B"], ["Zebra C"]]
    standing = [" ".join(page.select_one(".wa-standing").get_text().split()) for page in pages]
    assert standing == [
        "3 policies are in force for you to read. Here: 1 to 2, by title.",
        "3 policies are in force for you to read. Here: 3 to 3, by title.",
    ]
    turns = [[link["href"] for link in page.select(".nhsuk-pagination a")] for page in pages]
    assert turns == [["?page=2"], ["?page=1"]]
    assert "Policies, page 2" in pages[1].title.get_text()


def test_every_row_leads_to_its_policy(people_by_name, sign_in):
    version = make.issue(make.make_policy(title="Zebra", slug="zebra"), today=FIRST)
    client = sign_in(people_by_name["staff"])

    row = BeautifulSoup(client.get("/policies/").content, "html.parser").select_one(".wa-library__row")

    assert row.a["href"] == version.policy.get_url() == "/policies/zebra/"
    assert f"{version.reference}, version 1.0" in row.get_text()
    assert client.get(row.a["href"]).status_code == 200


def test_a_policy_just_issued_and_a_new_title_show_at_once(people_by_name, sign_in):
    page = make.make_policy(title="Zebra")
    client = sign_in(people_by_name["staff"])
    assert b"Zebra" not in client.get("/policies/").content

    make.issue(page, today=FIRST)
    assert b"Zebra" in client.get("/policies/").content

    shelf = make.make_library()
    shelf.title = "Quire"
    shelf.save()
    assert b"Quire</h1>" in client.get("/policies/").content


def restrict(page, kind, group=None):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
    if group:
        restriction.groups.add(group)


@pytest.mark.parametrize("above", [False, True])
@pytest.mark.parametrize(
    ("kind", "answers"),
    [
        (PageViewRestriction.LOGIN, {"visitor": 302, "outsider": 200, "partner": 200, "staff": 200}),
        (PageViewRestriction.GROUPS, {"visitor": 302, "outsider": 404, "partner": 404, "staff": 200}),
    ],
)
def test_a_restricted_library_stays_restricted(people_by_name, sign_in, kind, answers, above):
    shelf, group = make.make_library(), Group.objects.create(name="Quibblers")
    people_by_name["staff"].groups.add(group)
    before = {name: sign_in(user).get("/policies/").status_code for name, user in people_by_name.items()}

    restrict(shelf.get_parent() if above else shelf, kind, group if kind == "groups" else None)

    after = {name: sign_in(user).get("/policies/").status_code for name, user in people_by_name.items()}
    assert before == dict.fromkeys(people_by_name, 200)
    assert after == answers


def test_a_library_taken_down_is_gone(people_by_name, sign_in):
    make.make_library().unpublish()

    statuses = {name: sign_in(user).get("/policies/").status_code for name, user in people_by_name.items()}

    assert statuses == {"visitor": 302, "outsider": 404, "partner": 404, "staff": 404}


def test_an_alias_of_the_library_is_restricted_as_its_source_is(people_by_name, sign_in):
    shelf = make.make_library()
    shelf.create_alias(update_slug="mirror")
    before = sign_in(people_by_name["outsider"]).get("/mirror/").status_code

    restrict(shelf, PageViewRestriction.GROUPS, Group.objects.create(name="Quibblers"))

    assert (before, sign_in(people_by_name["outsider"]).get("/mirror/").status_code) == (200, 404)
