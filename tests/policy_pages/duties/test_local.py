"""What an organisation calls the roles that texts name: who may say it, who sees it; no text changes (S0-07)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from kernel.audit.models import AuditEntry
from kernel.content import kept
from policy_pages.duties import local
from policy_pages.enums import Audience
from policy_pages.models import LocalRole, PolicyVersion
from tests.factories import organisation
from tests.factories.duties import issued, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_as_served")]
TODAY = date(2026, 11, 23)
WRITTEN = "B.6 HR Business Partners (if applicable) or HR Admin Team"
KEY = "hr-business-partners-if-applicable-or-hr-admin-team"


@pytest.fixture
def text():
    return issued(
        table((WRITTEN, ["Support managers."], [])), audience=Audience.PUBLIC, today=timezone.localdate()
    )


def said():
    return [(row.agency.name, row.key, row.written, row.local_name) for row in LocalRole.objects.all()]


def name(actor, local_name="HR Admin Team", key=KEY, **values):
    return local.name_role(key, actor=actor, today=TODAY, local_name=local_name, **values)


def test_a_role_is_named_in_this_organisation_only(
    client, sign_in, text, keeper, people_by_name, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        name(keeper)

    host = organisation.make_host().name
    assert said() == [(host, KEY, "HR Business Partners (if applicable) or HR Admin Team", "HR Admin Team")]
    beside = f'<th scope="row">{WRITTEN}<span class="wa-here">Here: HR Admin Team</span></th>'
    pages = {
        who: sign_in(user).get(text.policy.get_url()).content.decode() for who, user in people_by_name.items()
    }
    assert {who: beside in page for who, page in pages.items()} == {
        "visitor": True,
        "outsider": True,
        "staff": True,
        "partner": False,
    }
    assert f'<th scope="row">{WRITTEN}</th>' in pages["partner"]


def test_a_name_changes_no_issued_text_and_shows_at_once(
    sign_in, text, keeper, reader, django_capture_on_commit_callbacks
):
    before = PolicyVersion.objects.values().get()
    address = text.policy.get_url()
    shown = []
    for words in ("HR Admin Team", "People desk", ""):
        with django_capture_on_commit_callbacks(execute=True):
            name(keeper, words)
        page = sign_in(reader).get(address).content.decode()
        shown.append(
            [one for one in ("HR Admin Team</span>", "People desk</span>") if f"Here: {one}" in page]
        )

    assert shown == [["HR Admin Team</span>"], ["People desk</span>"], []]
    assert (PolicyVersion.objects.values().get(), said()) == (before, [])
    assert [
        (row.action, row.facts.get("taken_back"))
        for row in AuditEntry.objects.filter(action="policies.name_role").order_by("pk")
    ] == [("policies.name_role", None), ("policies.name_role", None), ("policies.name_role", True)]


def test_an_older_version_has_the_name_beside_it_too(sign_in, text, keeper, reader):
    name(keeper)
    kept.forget()

    page = sign_in(reader).get(f"{text.policy.get_url()}v/1.0/").content.decode()

    assert "Here: HR Admin Team" in page


def test_alternatives_are_job_roles_and_a_group(text, keeper, matron):
    other = organisation.make_job_role(name="Adviser")
    group = organisation.make_staff_group(name="People team")
    row = name(keeper, "", job_roles=[matron, other], staff_group=group)

    assert local.called(row) == "Adviser or Ward manager or People team"
    name(keeper, "Desk", job_roles=[other])
    row.refresh_from_db()
    assert (local.called(row), list(row.job_roles.all()), row.staff_group) == ("Desk", [other], None)


def test_a_name_is_words_and_runs_nothing(sign_in, text, keeper, reader):
    with pytest.raises(ValidationError, match="Enter a name"):
        name(keeper, "<b>Team</b>")
    with pytest.raises(ValidationError, match="No text names this role any more"):
        name(keeper, key="nobody")
    assert said() == []
    LocalRole.objects.create(
        agency=organisation.make_host(), key=KEY, written=WRITTEN, local_name="<script>wa7e()</script>"
    )

    page = sign_in(reader).get(text.policy.get_url()).content.decode()

    assert "Here: &lt;script&gt;wa7e()" in page


def test_the_policy_page_takes_no_more_queries_for_it(
    sign_in, text, keeper, reader, django_assert_num_queries
):
    """Session, login, facts, version, as without any name; names are kept."""
    address = text.policy.get_url()
    counts = []
    for words in ("", "HR Admin Team"):
        if words:
            name(keeper, words)
            kept.forget()
        client = sign_in(reader)
        client.get(address), client.get(address)
        with django_assert_num_queries(4):
            counts.append("Here: HR Admin Team" in client.get(address).content.decode())
    assert counts == [False, True]


def test_owners_of_a_text_that_names_it_and_coordinators_of_an_agency_may(text):
    owner, agency = text.policy.policy_owner.user, organisation.make_agency()
    coordinator = organisation.make_person(user=True, agency=agency).user
    organisation.make_role_holder("agency-coordinator", agency=agency, user=coordinator)

    name(owner, "Desk")
    name(coordinator, "Partner desk")

    assert said() == [
        (organisation.make_host().name, KEY, "HR Business Partners (if applicable) or HR Admin Team", "Desk"),
        (agency.name, KEY, "HR Business Partners (if applicable) or HR Admin Team", "Partner desk"),
    ]


@pytest.mark.parametrize(
    "who", ["reader", "other owner", "partner", "other coordinator", "left", "keeper of none"]
)
def test_nobody_else_may(client, sign_in, text, keeper, who):
    agency = organisation.make_agency()
    actor = {
        "reader": lambda: organisation.make_person(user=True).user,
        "other owner": lambda: issued(table(("CPO", ["Report."], []))).policy.policy_owner.user,
        "partner": lambda: organisation.make_person(user=True, agency=agency).user,
        "other coordinator": lambda: organisation.make_role_holder(
            "agency-coordinator",
            agency=organisation.make_agency(),
            user=organisation.make_person(user=True, agency=agency).user,
        ),
        "left": lambda: _left(keeper),
        "keeper of none": lambda: _without_person(keeper),
    }[who]()

    with pytest.raises(PermissionDenied, match="say what a role is"):
        name(actor)
    assert said() == []
    assert sign_in(actor).post(f"/policy-roles/{KEY}/here/", {"local_name": "Mine"}).status_code == 404
    assert said() == []


def _left(user):
    person = user.staff_profile
    person.active, person.left_on = False, date(2026, 11, 22)
    person.save()
    return user


def _without_person(user):
    person = user.staff_profile
    person.user = None
    person.save()
    return type(user).objects.get(pk=user.pk)


def test_the_form_says_whose_and_comes_back_with_what_was_said(sign_in, text, keeper, matron):
    client, address = sign_in(keeper), f"/policy-roles/{KEY}/here/"
    page = client.get(address).content.decode()
    assert "alone. The issued texts stay as they are." in page

    answer = client.post(address, {"local_name": "<i>", "job_roles": [matron.pk]})
    assert (answer.status_code, "Error:" in answer.content.decode(), said()) == (200, True, [])

    answer = client.post(address, {"local_name": " HR  Admin Team ", "job_roles": [matron.pk]})
    assert (answer.status_code, answer.url) == (302, f"/policy-roles/{KEY}/")
    assert [row[3] for row in said()] == ["HR Admin Team"]
    assert 'value="HR Admin Team"' in client.get(address).content.decode()
