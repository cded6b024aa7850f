"""Whom a version asks: chosen at submit, seen by the body, kept when it is issued."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from policy_pages.models import ReadingCall, ReadingChoice
from policy_pages.readers import calls
from tests.factories.organisation import make_job_role
from tests.factories.policies import approve, clause, edit, issue, make_policy, members_of, sign

pytestmark = pytest.mark.django_db
DAY, LATER = date(2026, 11, 2), date(2026, 11, 23)


def submit(page, **values):
    words = {"significance": "major", "change_note": "Another."}
    return calls.submit(page, actor=page.policy_owner.user, today=LATER, **{**words, **values})


@pytest.fixture
def page():
    page = make_policy()
    issue(page, today=DAY)
    edit(page, body=[clause("Staff must ring the police.")])
    return page


def kept(page):
    call = ReadingCall.objects.filter(policy=page, version__major__gte=1).order_by("-version_id").first()
    return (
        call.version.number,
        call.everybody,
        list(call.job_roles.values_list("name", flat=True)),
        call.first_day,
    )


def test_the_first_version_asks_everybody(page):
    assert kept(page) == ("1.0", True, [], DAY)


def test_a_major_version_asks_everybody_unless_its_author_chose(page):
    sign(approve(submit(page), today=LATER), today=LATER)

    assert kept(page) == ("2.0", True, [], LATER)
    assert ReadingChoice.objects.get().asks == "everybody"


def test_chosen_job_roles_are_kept_by_name_and_asked(page, sign_in):
    role = make_job_role(name="Ward manager")
    submission = submit(page, asks="roles", roles=[role.pk])

    (approver, *_others) = members_of(page.approving_body)
    seen = sign_in(approver).get(f"/policy/{page.pk}/decide/").content.decode()
    assert "Only these job roles: Ward manager." in " ".join(seen.split())
    sign(approve(submission, today=LATER), today=LATER)
    assert ReadingChoice.objects.get().roles == [{"id": role.pk, "name": "Ward manager"}]
    assert kept(page) == ("2.0", False, ["Ward manager"], LATER)


def test_nobody_is_asked_where_the_author_chose_so(page):
    sign(approve(submit(page, asks="nobody"), today=LATER), today=LATER)

    assert kept(page)[0] == "1.0"


def test_wording_asks_nobody_whatever_was_chosen(page):
    sign(approve(submit(page, significance="minor", asks="everybody"), today=LATER), today=LATER)

    assert (kept(page)[0], ReadingChoice.objects.get().asks) == ("1.0", "nobody")


@pytest.mark.parametrize(
    ("values", "words"),
    [({"asks": "roles"}, "Choose the job roles"), ({"asks": "some"}, "Choose who is asked")],
)
def test_a_choice_that_says_nothing_is_refused_and_nothing_is_submitted(page, values, words):
    with pytest.raises(ValidationError, match=words):
        submit(page, **values)

    assert (page.submissions.count(), ReadingChoice.objects.count()) == (1, 0)
