"""A course that a text names: frozen as kind and id with its title, shown with its link and next date."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kernel.content import links
from policy_pages import clause_index, completeness, freezing, named
from policy_pages.changes.comparing import compare
from policy_pages.changes.kinds import Kind
from tests.factories import policies as make
from tests.factories.courses import make_course, make_session
from tests.factories.frozen import make_clause, make_content
from tests.factories.organisation import make_agency, make_person

pytestmark = pytest.mark.django_db
CLAUSE = make.clause("Staff must attend before they work alone.")


def _naming(course):
    return ("named", {"thing": f"course:{course.pk}"})


def _block(page) -> dict:
    return freezing.freeze(page).content["blocks"][-1]


def test_named_course_is_frozen_as_kind_and_id_with_its_title():
    course = make_course(title="Neglect", code="NEG9")

    block = _block(make.make_policy(body=(CLAUSE, _naming(course))))

    expected = {"type": "named", "kind": "course", "item": course.pk, "title": "Neglect (NEG9)"}
    assert {**block, "id": ""} == {**expected, "id": ""}


def test_text_that_names_nothing_keeps_its_digest():
    """The canonical spelling of a text from before there were named things, hashed by hand."""
    content = make_content(make_clause("1.1", "Staff must tell."))

    assert freezing.digest_of(content) == "2b4241785aae67458d694c201f0b7e8b9560b4a7394f863e778e6370569be260"


def test_policy_page_shows_the_course_with_link_and_next_date(client):
    course = make_course(title="Neglect", code="NEG9")
    make_session(course=course, starts=timezone.now() + timedelta(days=40))
    version = make.issue(make.make_policy(body=(CLAUSE, _naming(course))))
    client.force_login(make_person(user=True).user)

    html = client.get(version.policy.url).content.decode()

    assert f'<a href="{course.url}">Neglect (NEG9)</a>' in html
    assert "10 of 10 left" in html


def test_issued_text_keeps_the_title_of_its_day(client):
    course = make_course(title="Neglect", code="NEG9")
    version = make.issue(make.make_policy(body=(CLAUSE, _naming(course))))
    type(course).objects.filter(pk=course.pk).update(title="Renamed")
    client.force_login(make_person(user=True).user)

    html = client.get(version.policy.url).content.decode()

    assert "Neglect (NEG9)" in html
    assert "Renamed" not in html
    version.refresh_from_db()
    assert freezing.digest_of(version.content) == version.text_sha256


def test_course_that_the_reader_may_not_know_of_stays_words(client):
    course = make_course(title="Ours alone", code="OWN1", agency=make_agency(), open_to_partners=False)
    version = make.issue(make.make_policy(body=(CLAUSE, _naming(course)), audience="partners"))
    client.force_login(make_person(user=True, agency=make_agency()).user)

    html = client.get(version.policy.url).content.decode()

    assert "Ours alone (OWN1)" in html
    assert f'<a href="{course.url}">' not in html


def test_text_that_names_nothing_asks_nothing(rf, django_assert_num_queries):
    content = make_content(make_clause("1.1", "Staff must tell."))

    with django_assert_num_queries(0):
        assert named.named_in(content, rf.get("/"), timezone.now()) == ()


def test_draft_that_names_a_thing_that_is_gone_cannot_be_submitted():
    page = make.make_policy(body=(CLAUSE, ("named", {"thing": "course:999999"})))

    assert (
        "A course or form that the text names is not chosen or not there any more."
        in completeness.problems(page)
    )


def test_changes_name_a_course_that_came_and_one_that_went():
    clause = make_clause("1.1", "Staff must tell.")
    old = {"type": "named", "id": "a", "kind": "course", "item": 1, "title": "Neglect (NEG1)"}
    new = {**old, "item": 2, "title": "Domestic abuse (DAB1)"}

    came = compare(make_content(clause), make_content(clause, old))
    other = compare(make_content(clause, old), make_content(clause, new))

    assert [(change.kind, change.type) for change in came.changes] == [(Kind.NEW, "named")]
    assert [change.kind for change in other.changes] == [Kind.WORDING]


def test_named_course_is_found_by_its_title():
    course = make_course(title="Neglect", code="NEG9")
    version = make.issue(make.make_policy(body=(CLAUSE, _naming(course))))

    headings = [entry["heading"] for entry in clause_index.entries_of(version)]

    assert "Neglect (NEG9)" in headings


def test_links_are_asked_in_as_many_queries_for_many(rf, django_assert_num_queries):
    request = rf.get("/")
    request.user = make_person(user=True).user
    courses = [make_course() for _each in range(3)]
    for course in courses:
        make_session(course=course, starts=timezone.now() + timedelta(days=9))
    now = timezone.now()
    one = links.links([("course", courses[0].pk)], request, now)

    with django_assert_num_queries(QUERIES):
        links.links([("course", courses[0].pk)], request, now)
    with django_assert_num_queries(QUERIES):
        many = links.links([("course", course.pk) for course in courses], request, now)

    assert len(one) == 1
    assert len(many) == 3


QUERIES = 8
