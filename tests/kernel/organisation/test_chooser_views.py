"""People and logins are searched for in admin forms; who may not fill such a form learns no name."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from kernel.organisation.models import Body, Delegation
from portal.role_sync import sync_roles
from tests.factories.organisation import (
    make_agency,
    make_body,
    make_job_role,
    make_person,
    make_post,
    make_role_holder,
    make_seat,
)
from tests.factories.policies import make_library, make_policy

pytestmark = pytest.mark.django_db
RESULTS = reverse("organisation_people_chooser:choose_results")
LOGINS = reverse("organisation_login_chooser:choose_results")
PAST = date(2026, 1, 31)


@pytest.fixture
def sign_in(client):
    make_library()
    sync_roles()

    def sign_in(role):
        user = make_role_holder(role)
        client.force_login(user)
        return user

    return sign_in


def shown(client, address=RESULTS, **query):
    return client.get(address, query).content.decode()


@pytest.mark.parametrize("role", ["author", "user-manager", "site-administrator"])
def test_who_fills_such_a_form_finds_by_name_agency_and_post(role, client, sign_in):
    sign_in(role)
    found = make_person(name="Ffion Ŵyn-Jones", agency=make_agency(name="Harbour School"))
    make_post(person=found, job_role=make_job_role(name="Head of year"))
    make_person(name="Ffion Other")

    text = shown(client, q="harbour ffion")

    assert "Ffion Ŵyn-Jones" in text and "Head of year" in text and "Harbour School" in text
    assert "Ffion Other" not in text


@pytest.mark.parametrize("role", ["education-officer", "ld-officer", "training-administrator"])
@pytest.mark.parametrize("name", ["choose", "choose_results", "chosen", "chosen_multiple"])
def test_others_learn_no_name(role, name, client, sign_in):
    sign_in(role)
    person = make_person(name="Ada Okafor")

    address = reverse(f"organisation_people_chooser:{name}", args=[person.pk] if name == "chosen" else [])
    answer = client.get(address, {"id": person.pk})

    assert answer.status_code in (302, 404)
    assert "Ada Okafor" not in answer.content.decode()


@pytest.mark.parametrize(
    "gone", [{"left_on": PAST, "active": False}, {"left_on": PAST}, {"agency": {"active": False}}]
)
def test_whoever_has_left_is_neither_offered_nor_handed_out(gone, client, sign_in):
    sign_in("author")
    make_person(name="Nia Stays")
    agency = make_agency(**gone.get("agency", {}))
    left = make_person(name="Nia Leaver", agency=agency, **{k: v for k, v in gone.items() if k != "agency"})

    chosen = client.get(reverse("organisation_people_chooser:chosen", args=[left.pk]))
    several = client.get(reverse("organisation_people_chooser:chosen_multiple"), {"id": [left.pk]})

    assert "Nia Stays" in shown(client, q="nia") and "Nia Leaver" not in shown(client, q="nia")
    assert chosen.status_code == 404
    assert several.json() == {"step": "chosen", "result": []}


def test_what_is_chosen_carries_no_address(client, sign_in):
    sign_in("author")
    person = make_person(name="Ada Okafor")

    answer = client.get(reverse("organisation_people_chooser:chosen", args=[person.pk]))

    result = {"id": str(person.pk), "title": "Ada Okafor", "edit_url": None}
    assert answer.json() == {"step": "chosen", "result": result}


@pytest.mark.parametrize("pk", ["0", "x", "9" * 40])
def test_a_number_of_nobody_is_not_there(pk, client, sign_in):
    sign_in("author")

    assert client.get(reverse("organisation_people_chooser:chosen", args=[pk])).status_code == 404


def test_logins_are_for_those_who_give_roles(client, sign_in):
    boss = make_person(user=True, name="Sue Super").user
    boss.is_superuser = True
    boss.save()
    login = make_person(user=True, name="Ada Okafor").user
    sign_in("user-manager")
    text = shown(client, LOGINS, q="okafor")
    everybody = shown(client, LOGINS)
    sign_in("author")

    assert login.email in text and "Ada Okafor" in text
    assert login.email in everybody and boss.email not in everybody
    assert client.get(LOGINS).status_code == 404


def body_form(body, person, **first):
    seats = [
        {"id": seat.pk, "person": seat.person_id, "capacity": seat.capacity, "from_on": seat.from_on, **first}
        for seat in body.memberships.all()
    ]
    seats.append({"person": person.pk, "capacity": "member", "from_on": timezone.localdate()})
    fields = {"name": body.name, "short_name": body.short_name, "quorum": 2, "ratifies_by": "meeting"}
    fields |= {
        "nation": "ENG",
        "consultation_lead": 5,
        "papers_lead": 5,
        "in_force_lead": 2,
        "reading_lead": 28,
        "approves_by": "any",
    }
    return nested_form_data(
        fields
        | {
            "memberships": inline_formset(seats, initial=len(seats) - 1),
            "meetings": inline_formset([]),
        }
    )


def test_a_leaver_stays_in_an_old_seat_and_gets_no_new_one(client, sign_in):
    sign_in("site-administrator")
    body = make_body(members=[make_person(name="Nia Leaver", left_on=PAST, active=False)])
    edit = reverse("organisation_body:edit", args=[body.pk])
    other = make_person(name="Tom Gone", left_on=PAST, active=False)

    page = client.get(edit).content.decode()
    refused = client.post(edit, body_form(body, other))
    kept = client.post(edit, body_form(body, make_person(name="Ada Okafor")))

    assert "Nia Leaver (last day 31 January 2026)" in page
    assert (
        "Tom Gone has left, or their agency is suspended. Choose somebody else." in refused.content.decode()
    )
    assert "Tom Gone (last day 31 January 2026)" in refused.content.decode(), "what was chosen is kept"
    assert kept.status_code == 302
    assert sorted(body.memberships.values_list("person__name", flat=True)) == ["Ada Okafor", "Nia Leaver"]


def test_a_delegation_to_a_leaver_is_refused(client, sign_in):
    sign_in("site-administrator")
    today = timezone.localdate()
    fields = {"principal": make_person().pk, "from_on": today, "until_on": today + timedelta(days=3)}
    left = make_person(name="Tom Gone", left_on=PAST, active=False)

    answer = client.post(
        reverse("organisation_delegation:add"), {**fields, "delegate": left.pk, "limits": ""}
    )

    assert "Tom Gone has left" in answer.content.decode()
    assert Delegation.objects.count() == 0


def queries_of(client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(200) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def test_forms_and_window_ask_the_same_for_few_and_many(client, sign_in, django_assert_max_num_queries):
    sign_in("site-administrator")
    body = make_body(members=[make_person()])
    addresses = {
        "seats": reverse("organisation_body:edit", args=[body.pk]),
        "window": RESULTS + "?q=person",
        "agency": reverse("organisation_agency:add"),
    }
    client.get(addresses["seats"])
    few = {k: queries_of(client, v, django_assert_max_num_queries) for k, v in addresses.items()}
    for _turn in range(12):
        make_post(person=make_seat(body=body).person)

    many = {k: queries_of(client, v, django_assert_max_num_queries) for k, v in addresses.items()}

    assert many == few
    assert Body.objects.get().memberships.count() == 13


def test_the_editor_lists_nobody(client, sign_in, django_assert_max_num_queries):
    author = sign_in("author")
    owner = make_person(name="Nia Leaver", left_on=PAST, active=False)
    page = make_policy(author=author, policy_owner=owner)
    address = f"/admin/pages/{page.pk}/edit/"
    client.get(address)
    few = queries_of(client, address, django_assert_max_num_queries)
    for number in range(12):
        make_person(name=f"Zed {number}")

    many = queries_of(client, address, django_assert_max_num_queries)
    text = client.get(address).content.decode()

    assert many == few
    assert "Zed 1" not in text
    assert "Nia Leaver (last day 31 January 2026)" in text
