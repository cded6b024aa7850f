"""The search page: hits land on their clause, filters come off one by one, and nothing found is helped."""

import time

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from kernel.content import kept
from policy_pages import finding
from tests.factories import policies as make
from tests.factories.organisation import make_agency, make_job_role, make_person, make_post

pytestmark = pytest.mark.django_db


def issue(*clauses, reference="SG-042", title="Lone working", **values):
    body = [make.section("Before you go out"), *clauses]
    return make.issue(
        make.make_policy(reference=reference, title=title, body=body, **{"audience": "public"} | values)
    )


def ask(client, text, **more):
    answer = client.get("/search/", {"q": text, **more})
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser").select_one("main")


def words(node):
    return " ".join(node.get_text(" ").split())


def test_a_hit_shows_where_it_stands_and_lands_on_its_clause(client):
    issue(make.clause("Staff must tell the nurse.", heading="Tell <somebody>"))

    (hit,) = ask(client, "nurses").select(".wa-hit")

    assert words(hit) == (
        "1.1 Tell <somebody> in Lone working MUST Staff must tell the nurse . "
        "SG-042 Lone working, in force, version 1.0 1 Before you go out"
    )
    assert [mark.get_text() for mark in hit.select("mark")] == ["nurse"]
    place, anchor = hit.select_one("a")["href"].split("#")
    page = BeautifulSoup(client.get(place, follow=True).content, "html.parser")
    assert "Staff must tell the nurse." in words(page.find(id=anchor))


def test_policies_by_reference_or_title_stand_before_the_clauses(client):
    issue(make.clause("A lone visit."))

    main = ask(client, "lone")

    assert [words(head) for head in main.select("h2")] == ["Policies (1)", "In the text (1)"]
    assert words(main.select_one(".wa-row")) == "Lone working SG-042, version 1.0"
    assert '2 results for "lone".' in words(main.select_one(".wa-standing"))


def test_filters_narrow_and_each_comes_off_by_one_press(client):
    role = make_job_role(name="Ward manager")
    person = make_person(user=True)
    make_post(person=person, job_role=role)
    issue(make.clause("Staff must carry a torch.", roles=[str(role.pk)]), make.clause("A torch may be red."))
    client.force_login(person.user)

    main = ask(client, "torch", force="must", **{"for": "mine"}, page="1")

    assert [words(hit.select_one("a")) for hit in main.select(".wa-hit")] == ["1.1 in Lone working"]
    chosen = {words(link): link["href"] for link in main.select(".wa-chosen a")}
    assert chosen == {
        "Remove the filter How binding: must ×": "/search/?q=torch&for=mine",
        "Remove the filter Whose duty: my job role ×": "/search/?q=torch&force=must",
        "Clear all": "/search/?q=torch",
    }
    assert main.select_one("select[name=force] option[selected]")["value"] == "must"
    assert words(main.select_one("details summary")) == "Filters (2)"


def test_somebody_without_a_post_has_no_duties_of_a_role(client):
    issue(make.clause("Staff must carry a torch."))
    client.force_login(make_person(user=True).user)

    assert "0 results" in words(ask(client, "torch", **{"for": "mine"}))


@pytest.mark.parametrize("odd", ["nothing", "must ", "%", "'", "mine"])
def test_a_filter_that_is_none_is_left_out(client, odd):
    issue(make.clause("Staff must carry a torch."))

    main = ask(client, "torch", force=odd, topic=odd, type=odd, **{"for": odd})

    assert (len(main.select(".wa-hit")), main.select(".wa-chosen")) == (1, [])


def test_a_topic_narrows_policies_as_well(client):
    issue(make.clause("A torch."), title="Torches", topic="people")
    issue(make.clause("A torch."), title="Torches again", reference="ES-1", topic="estates")

    main = ask(client, "torch", topic="estates")

    assert [words(row.select_one("a")) for row in main.select(".wa-row")] == [
        "Torches again",
        "1.1 in Torches again",
    ]


def test_a_word_nearly_right_is_put_right(client):
    issue(make.clause("Tell the nurse."), title="Safeguarding children")
    assert "Did you mean safeguarding (1 result)?" in words(ask(client, "safegarding"))
    issue(make.clause("Tell the nurse.", heading="Safeguarding at night"), reference="SG-043")

    main = ask(client, "safegarding")

    assert (
        "No policy or course that you may read has safegarding . Did you mean safeguarding (2 results)?"
        in words(main)
    )
    assert main.select_one("a[href='/search/?q=safeguarding']")


def test_no_word_is_suggested_from_a_text_that_is_not_yours(client):
    issue(make.clause("Fed.", heading="Zebrafinches"), audience="staff")

    assert "Did you mean" not in words(ask(client, "zebrafinchs"))
    client.force_login(make_person(user=True, agency=make_agency()).user)
    assert "Did you mean" not in words(ask(client, "zebrafinchs"))
    client.force_login(make_person(user=True).user)
    assert "0 results" not in words(ask(client, "zebrafinches"))
    assert "Did you mean zebrafinches (1 result)?" in words(ask(client, "zebraphinches"))


def test_filters_in_the_way_are_named(client):
    issue(make.clause("A torch."))

    assert words(ask(client, "torch", force="must")).count("search without them") == 1


def test_more_than_the_bound_says_so(client, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 20)
    issue(*[make.clause(f"A zebra {number}.") for number in range(30)])

    main = ask(client, "zebra")

    assert 'More than 20 results for "zebra"; the best 20 are listed.' in words(main)
    assert "In the text (more than 20)" in words(main)
    assert main.select("nav.nhsuk-pagination") == []


@pytest.mark.parametrize("page", ["0", "-1", "abc", "999999", "9" * 400, "", "²", "1.5"])
def test_odd_page_numbers_are_answered(client, page):
    issue(*[make.clause(f"A zebra {number}.") for number in range(21)])

    assert len(ask(client, "zebra", page=page).select(".wa-hit")) == 20
    assert len(ask(client, "zebra", page="2").select(".wa-hit")) == 1


@pytest.mark.parametrize(
    "text", ["n" * 10_000, '"' * 10_000, "& | ! ( ) : * < >", "%", "a\0b", "'\"'\"''\"\""]
)
def test_hostile_words_are_answered_in_a_second(client, text):
    issue(make.clause("Tell the nurse."))
    begin = time.perf_counter()

    assert client.get("/search/", {"q": text}).status_code == 200
    assert time.perf_counter() - begin < 1


@pytest.mark.parametrize("policies", [1, 3])
def test_a_search_takes_a_fixed_number_of_queries(kept_as_served, policies, django_assert_num_queries):
    for number in range(policies):
        issue(make.clause("A zebra is fed."), make.clause("Zebras sleep."), reference=f"ZZ-{number}")
    kept.forget()
    client = Client()
    client.force_login(make_person(user=True).user)
    for _warm in range(2):
        client.get("/search/", {"q": "zebra"})

    with django_assert_num_queries(SEARCH):
        main = ask(client, "zebra")

    assert len(main.select(".wa-hit")) == 2 * policies


# Session, login, facts; the clauses and their versions' numbers; the person again and titles of policies; the person
# again and the courses.
SEARCH = 9
