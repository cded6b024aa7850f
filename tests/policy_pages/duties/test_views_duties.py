"""The pages of duties: what each person sees, asked in a fixed number of queries."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from policy_pages.enums import Audience
from policy_pages.models import LocalRole
from tests.factories import organisation
from tests.factories.duties import duty, issued, table

pytestmark = pytest.mark.django_db
PATHS = [
    "/my-duties/",
    "/my-duties/?whose=everyone",
    "/duties/",
    "/duties/ward-manager/",
    "/duties/ward-manager/?whose=everyone&print",
    "/policy-roles/vault-warden/",
    "/policy-roles/vault-warden/here/",
    "/duties-without-holder/",
]
SECRET = "You must count the hidden vault."


@pytest.fixture
def today():
    return timezone.localdate()


def words_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_my_duties_say_how_many_and_lead_to_their_clauses(sign_in, reader, matron, today):
    version = issued(
        duty("You must test the bell weekly.", matron, heading="Bells"),
        duty("You should smile.", matron),
        reference="SG-042",
        title="Bells and smiles",
        today=today,
    )

    answer = sign_in(reader).get("/my-duties/")

    words, block = words_of(answer), version.content["blocks"][1]
    assert (
        "My duties as Ward manager 2 duties in 1 policy; 2 are new or changed in the last 90 days." in words
    )
    assert (
        "Every week MUST SG-042 2 , Bells and smiles: Bells Bells and smiles: Bells You must test the bell"
        in words
    )
    assert f'href="/p/SG-042/#{block["id"]}"' in answer.content.decode()
    assert "How often is not stated" in words


def test_a_duty_is_changed_until_ninety_days_have_passed(sign_in, reader, matron, today):
    issued(duty("You must go.", matron), today=today - timedelta(days=90))
    assert "new " not in words_of(sign_in(reader).get("/my-duties/"))

    issued(duty("You must come.", matron), today=today - timedelta(days=89))
    assert "(2 months ago)" in words_of(sign_in(reader).get("/my-duties/"))


@pytest.mark.parametrize("path", ["/my-duties/", "/my-duties/?often=year", "/my-duties/?whose=everyone"])
def test_an_empty_place_teaches(sign_in, reader, path):
    words = words_of(sign_in(reader).get(path))

    assert "No clause names your job role yet." in words or "No duty has all of this." in words
    assert ("If that seems wrong, tell the library team:" in words) == (path == "/my-duties/")


def test_whoever_has_no_post_is_told_so(sign_in, db):
    words = words_of(sign_in(organisation.make_person(user=True).user).get("/my-duties/"))

    assert "You hold no post today, so no duty names you." in words


def test_odd_filters_are_no_filters(sign_in, reader, matron, today):
    issued(duty("You must go.", matron), today=today)

    for query in ("?force=x%00&often=%27&role=999&whose=me&page=0", "?page=99999999999", "?role=-1&print=x"):
        answer = sign_in(reader).get(f"/my-duties/{query}")
        assert (answer.status_code, "You must go." in words_of(answer)) == (200, True)


@pytest.mark.parametrize("who", ["staff", "partner", "outsider", "visitor"])
def test_duties_of_a_restricted_text_leak_nowhere(client, sign_in, people_by_name, matron, today, who):
    """The reader of the named group sees all of it: title, words, role and number are there to leak."""
    group = organisation.make_staff_group(
        roles=[organisation.make_job_role(name="Vault keeper", code="vault")]
    )
    insider = organisation.make_person(user=True)
    organisation.make_post(person=insider, job_role=group.job_roles.get())
    blocks = [
        duty(SECRET, matron),
        duty("You must hide."),
        table(("Vault Warden", ["Guards the hidden vault."], [])),
    ]
    issued(
        *blocks,
        title="Hidden vault",
        reference="HV-001",
        audience=Audience.GROUPS,
        audience_groups=[group],
        today=today,
    )
    seen = " ".join(words_of(sign_in(insider.user).get(path)) for path in PATHS)
    assert all(
        words in seen for words in (SECRET, "You must hide.", "Hidden vault", "Vault Warden", "Guards the")
    )

    user = people_by_name[who]
    if user and who != "outsider":
        organisation.make_post(person=user.staff_profile, job_role=matron)
    answers = [sign_in(user).get(path) for path in PATHS]

    told = " ".join(answer.content.decode() for answer in answers if answer.status_code == 200)
    assert [
        word for word in ("ault Warden", "idden vault", "HV-001", "must hide", "1 dut") if word in told
    ] == []
    assert answers[5].status_code == (302 if user is None else 404)


def test_no_owner_reads_a_restricted_text_by_its_report(sign_in, keeper, matron, today):
    """Whoever keeps roles sees what they may read; the owner sees the own text."""
    group = organisation.make_staff_group()
    owner = organisation.make_person(user=True)
    issued(
        duty(SECRET, matron),
        audience=Audience.GROUPS,
        audience_groups=[group],
        policy_owner=owner,
        today=today,
    )
    issued(duty("You must go.", matron), today=today)

    told = [words_of(sign_in(user).get("/duties-without-holder/")) for user in (owner.user, keeper)]

    assert [(SECRET in words, "You must go." in words) for words in told] == [(True, False), (False, True)]


@pytest.mark.parametrize("number", [1, 3])
def test_my_duties_take_a_fixed_number_of_queries(
    sign_in, reader, matron, today, number, django_assert_num_queries, settings
):
    settings.KEPT_SECONDS = 60
    for _ in range(number):
        issued(duty("You must go.", matron), table(("Ward managers", ["Keep calm."], [])), today=today)
    client = sign_in(reader)
    client.get("/my-duties/")

    with django_assert_num_queries(7):
        answer = client.get("/my-duties/")
    assert words_of(answer).count("Keep calm.") == number


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/duties/", 7),
        ("/duties/ward-manager/", 9),
        ("/policy-roles/ward-managers/", 10),
        ("/duties-without-holder/", 8),
    ],
)
def test_lists_of_duties_take_a_fixed_number_of_queries(
    sign_in, keeper, matron, today, number, path, queries, django_assert_num_queries, settings
):
    settings.KEPT_SECONDS = 60
    for _ in range(number):
        issued(duty("You must go.", matron), table(("Ward managers", ["Keep calm."], [])), today=today)
    client = sign_in(keeper)
    client.get(path)

    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200


def test_a_role_page_lists_its_rows_from_all_policies(sign_in, reader, today):
    for title in ("Fire", "Water"):
        issued(
            table(("B.7 CPO", [f"Report on {title}."], ["Plan the audit each year."])),
            title=title,
            today=today,
        )
    LocalRole.objects.create(
        agency=reader.staff_profile.agency, key="cpo", written="CPO", local_name="Director of people"
    )

    words = words_of(sign_in(reader).get("/policy-roles/cpo/"))

    assert "Duties of CPO Here: Director of people 4 duties in 2 policies" in words
    assert ("Report on Fire." in words, "Report on Water." in words) == (True, True)
    assert "CPO Here: Director of people" in words_of(sign_in(reader).get("/duties/"))
    assert sign_in(reader).get("/policy-roles/ceo/").status_code == 404
    assert sign_in(reader).get("/duties/nobody/").status_code == 404


def test_the_ward_card_holds_what_pages_part(sign_in, reader, matron):
    issued(*[duty(f"You must do number {n}.", matron) for n in range(101)], today=date(2026, 1, 5))
    client = sign_in(reader)

    screen, card = (words_of(client.get(f"/my-duties/{query}")) for query in ("", "?print"))

    assert ("number 100." in screen, "number 100." in card) == (False, True)
    assert ("Here: 1 to 100." in screen, "Here:" in card) == (True, False)
