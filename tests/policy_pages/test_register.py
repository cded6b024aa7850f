"""The register: who sees it, which rows they see, how it is narrowed and sorted, and how it leaves the house."""

from datetime import date

import pytest
from django.test import Client

from kernel.organisation.models import StaffGroup
from policy_pages import reading, register
from policy_pages.register import Asked, Asking
from portal.role_sync import sync_roles
from tests.factories import policies as make
from tests.factories.organisation import (
    make_agency,
    make_body,
    make_job_role,
    make_person,
    make_post,
    make_role_holder,
)

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)
PATH = "/policy-register/"


@pytest.fixture
def author():
    make.make_library()
    sync_roles()
    return make_role_holder("author")


EVERYTHING = Asked()


def rows(user, asked=EVERYTHING, day=TODAY, bodies=()):
    person = getattr(user, "staff_profile", None)
    who = Asking(user, reading.reader_of(user, day), person.pk if person else None, frozenset(bodies))
    found, total = register.listing(who, day, asked, most=50)
    assert total == len(found)
    return found


def references(*args, **kwargs):
    return [row["shown_reference"] for row in rows(*args, **kwargs)]


def issue(reference, **values):
    return make.issue(make.make_policy(reference=reference, title=f"Policy {reference}", **values))


def signed_in(user):
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


# --- who sees what ---------------------------------------------------------------------------------------


def test_owners_deciders_and_authors_see_the_register_others_do_not(author):
    deputy, member, secretary = (make_person(user=True) for _ in range(3))
    body = make_body(members=[member], secretary=secretary)
    page = make.make_policy(ratifying_body=body, owner_deputy=deputy)
    left = make_person(user=True, active=False, left_on=date(2026, 1, 1))
    make.make_policy(policy_owner=left, author=author)
    seen = {
        "author": author,
        "owner": page.policy_owner.user,
        "deputy": deputy.user,
        "member": member.user,
        "secretary": secretary.user,
    }
    unseen = {
        "staff": make_person(user=True).user,
        "partner": make_person(user=True, agency=make_agency()).user,
        "administrator": make_role_holder("site-administrator"),
        "leaver": left.user,
    }

    assert {name: signed_in(user).get(PATH).status_code for name, user in (seen | unseen).items()} == {
        **dict.fromkeys(seen, 200),
        **dict.fromkeys(unseen, 404),
    }
    assert Client().get(PATH)["Location"].startswith("/accounts/login/")
    assert [
        PATH in signed_in(user).get("/policies/").content.decode()
        for user in (author, page.policy_owner.user, unseen["staff"])
    ] == [True, True, False]


def test_each_sees_texts_in_force_for_them_and_drafts_from_inside(author):
    role = make_job_role()
    group = StaffGroup.objects.create(name="Nurses")
    group.job_roles.add(role)
    nurse = make_person(user=True)
    make_post(person=nurse, job_role=role)
    for audience in ("public", "partners", "staff"):
        issue(audience.upper(), audience=audience)
    restricted = issue("GROUPS", audience="groups", audience_groups=[group])
    draft = make.make_policy(reference="DRAFT", title="Policy DRAFT")
    partner = make_person(user=True, agency=make_agency())

    everything = ["DRAFT", "GROUPS", "PARTNERS", "PUBLIC", "STAFF"]
    assert references(author) == everything
    assert references(draft.policy_owner.user) == ["DRAFT", "PARTNERS", "PUBLIC", "STAFF"]
    assert references(restricted.policy.policy_owner.user) == ["GROUPS", "PARTNERS", "PUBLIC", "STAFF"]
    assert references(nurse.user) == ["GROUPS", "PARTNERS", "PUBLIC", "STAFF"]
    assert references(make_person(user=True).user) == ["PARTNERS", "PUBLIC", "STAFF"]
    assert references(partner.user) == ["PARTNERS", "PUBLIC"]


def test_a_body_sees_a_draft_while_it_waits_for_it():
    page = make.make_policy(reference="DRAFT")
    (member,) = make.members_of(page.approving_body)

    assert references(member, bodies=[page.approving_body_id]) == []
    make.submit(page)
    (row,) = rows(member, bodies=[page.approving_body_id])
    assert (row["shown_reference"], row["waits"], row["inside"]) == ("DRAFT", "submitted", True)
    assert references(member, bodies=[make_body().pk]) == []


def test_a_later_version_and_a_new_draft_are_told_only_inside(author):
    page = make.make_policy(reference="SG-042", title="Zebra feeding")
    make.issue(page)
    make.edit(page, title="Finch feeding")
    make.issue(page, wanted_from=TOMORROW)
    make.edit(page, title="Whale feeding")
    reader = make_person(user=True).user

    def told(user, day):
        (row,) = rows(user, day=day)
        return row["shown_title"], row["now_major"], row["inside"]

    assert [told(reader, day) for day in (TODAY, TOMORROW)] == [
        ("Zebra feeding", 1, False),
        ("Finch feeding", 2, False),
    ]
    assert told(author, TODAY) == ("Zebra feeding", 1, True)
    assert references(reader, Asked(words="whale")) == references(reader, Asked(words="finch")) == []


def test_an_older_title_or_a_wider_audience_of_before_is_not_shown():
    page = make.make_policy(reference="SG-042", title="Zebra feeding", audience="partners")
    make.issue(page)
    make.edit(page, audience="staff", title="Finch feeding")
    make.issue(page)

    assert references(make_person(user=True, agency=make_agency()).user) == []
    assert [row["shown_title"] for row in rows(make_person(user=True).user)] == ["Finch feeding"]


def test_a_draft_never_issued_shows_its_own_facts_not_those_of_its_first_saving(author):
    page = make.make_policy(reference="SG-042", title="Before", topic="people")
    owner = make_person(user=True, name="Nia Bowen")
    make.edit(page, title="After", topic="clinical", reference="SG-043", policy_owner=owner)

    (row,) = rows(author)

    assert (row["shown_title"], row["shown_reference"], row["topic"], row["policy_owner__name"]) == (
        "After",
        "SG-043",
        "clinical",
        "Nia Bowen",
    )
    assert row["approving_body__name"] == page.approving_body.name


def test_filters_and_order_ask_what_the_row_of_a_draft_never_issued_shows(author):
    make.make_policy(reference="AA-1", topic="people")
    draft = make.make_policy(reference="SG-042", topic="people")
    owner, body = make_person(name="Aled Bowen"), make_body(name="Quality Committee")
    values = {"title": "Whale feeding", "topic": "clinical", "document_type": "plan", "reference": "AA-0"}
    before = draft.policy_owner_id
    make.edit(draft, **values, policy_owner=owner, approving_body=body, ratifying_body=body)

    found = {
        "title": references(author, Asked(words="whale")),
        "owner": references(author, Asked(words="bowen")),
        "topic": references(author, Asked(topic="clinical")),
        "topic of before": references(author, Asked(topic="people")),
        "type": references(author, Asked(document_type="plan")),
        "body": references(author, Asked(body=str(body.pk))),
        "ratified": references(author, Asked(ratified=str(body.pk))),
        "by owner": references(author, Asked(owner=str(owner.pk))),
        "by owner of before": references(author, Asked(owner=str(before))),
        "sorted": references(author, Asked(sort="reference")),
    }

    assert found == {
        **dict.fromkeys(found, ["AA-0"]),
        "topic of before": ["AA-1"],
        "by owner of before": [],
        "sorted": ["AA-0", "AA-1"],
    }


# --- filters and order -----------------------------------------------------------------------------------


def test_filters(author):
    body = make_body(name="Quality Committee", members=[make_person(user=True)], quorum=1)
    owner = make_person(user=True, name="Nia Bowen")
    issue("AA-1", topic="people", document_type="plan", policy_owner=owner)
    issue("AA-2", topic="clinical", approving_body=body, review_months=2)
    make.make_policy(reference="AA-3", title="Policy AA-3", topic="people")

    found = {
        "words": references(author, Asked(words="policy aa-1")),
        "owner": references(author, Asked(words="bowen")),
        "topic": references(author, Asked(topic="people")),
        "type": references(author, Asked(document_type="plan")),
        "body": references(author, Asked(body=str(body.pk))),
        "within 1": references(author, Asked(due_within="1")),
        "within 3": references(author, Asked(due_within="3")),
        "both": references(author, Asked(topic="people", document_type="plan")),
        "none": references(author, Asked(topic="estates")),
    }
    assert found == {
        "words": ["AA-1"],
        "owner": ["AA-1"],
        "topic": ["AA-1", "AA-3"],
        "type": ["AA-1"],
        "body": ["AA-2"],
        "within 1": [],
        "within 3": ["AA-2"],
        "both": ["AA-1"],
        "none": [],
    }


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2026, 11, 30), "current"),
        (date(2027, 2, 27), "current"),
        (date(2027, 2, 28), "soon"),
        (date(2027, 8, 30), "soon"),
        (date(2027, 8, 31), "late"),
    ],
)
def test_the_filter_by_standing_is_the_rule_of_the_standing_line(author, day, standing):
    page = make.make_policy(reference="SG-042", review_months=9)
    assert make.issue(page, today=date(2026, 11, 30)).review_due == date(2027, 8, 30)

    (row,) = rows(author, day=day)
    names = ("current", "soon", "late", "undated", "awaited", "never")

    assert register.standing_of(row, day) == standing
    assert [one for one in names if references(author, Asked(standing=one), day=day)] == [standing]


def test_what_is_not_in_force_yet_is_awaited_or_never_issued(author):
    make.make_policy(reference="NEVER")
    make.issue(make.make_policy(reference="LATER"), wanted_from=TOMORROW)

    assert references(author, Asked(standing="never")) == ["NEVER"]
    assert references(author, Asked(standing="awaited")) == ["LATER"]
    assert references(author, Asked(standing="current"), day=TOMORROW) == ["LATER"]


def test_order_by_every_column_up_and_down_with_what_lacks_it_last(author):
    issue("B-2", topic="people", review_months=12, policy_owner=make_person(user=True, name="anna"))
    issue("a-1", topic="clinical", review_months=24, policy_owner=make_person(user=True, name="Berta"))
    make.make_policy(reference="C-3", title="policy c-3", topic="safeguarding")

    up = {sort: references(author, Asked(sort=sort)) for sort in register.SORTS}
    assert up["title"] == up["reference"] == ["A-1", "B-2", "C-3"]
    assert up["topic"] == ["A-1", "B-2", "C-3"]
    assert up["due"] == ["B-2", "A-1", "C-3"]
    assert up["owner"][:2] == ["B-2", "A-1"]
    assert references(author, Asked(sort="title", down=True)) == ["C-3", "B-2", "A-1"]
    assert references(author, Asked(sort="due", down=True)) == ["A-1", "B-2", "C-3"]
    assert references(author, Asked(sort="since", down=True))[-1] == "C-3"


def test_a_policy_with_three_versions_is_one_row(author):
    page = make.make_policy(reference="SG-042")
    make.issue(page)
    for number in range(2):
        make.edit(page, body=[make.clause(f"Staff must act {number}.")])
        make.issue(page, significance="minor", change_note="Wording.")

    (row,) = rows(author)
    assert (row["now_major"], row["now_minor"]) == (1, 2)
