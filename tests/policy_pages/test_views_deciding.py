"""The deciding screen through the test client, on the clock's day: whatever the day, the order of acts is the same."""

import pytest
from django.utils import timezone

from kernel.lifecycle.models import Decision
from kernel.lifecycle.templatetags.dates import clock, full_date
from policy_pages.models import PolicyVersion
from policy_pages.readers import calls
from tests.factories import policies as make
from tests.factories.organisation import make_body, make_person, make_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.localdate()


def decide(client, page, act, **values):
    return client.post(f"/policy/{page.pk}/decide/", {**values, "act": act})


def words(answer):
    return answer.content.decode()


def test_the_whole_way_by_signatures(sign_in, now):
    page = make.make_policy()
    make.submit(page, today=now)
    approver = make.members_of(page.approving_body)[0]
    first, second, third = make.members_of(page.ratifying_body)

    assert decide(sign_in(approver), page, "approve", statement="Right.").status_code == 302
    assert decide(sign_in(first), page, "sign").status_code == 302
    assert decide(sign_in(second), page, "sign").status_code == 302

    assert [row.kind for row in Decision.objects.order_by("pk")] == ["submit", "approve", "sign", "sign"]
    assert PolicyVersion.objects.get().number == "1.0"
    assert sign_in(third).get(f"/policy/{page.pk}/decide/").status_code == 404


def test_the_whole_way_in_a_meeting(sign_in, now):
    page = make.make_meeting_policy()
    submission = make.approve(make.submit(page, today=now), today=now)
    body = submission.ratifying_body
    day = {"day": now.day, "month": now.month, "year": now.year}
    form = {
        f"{name}_{part}": value for name in ("meeting_on", "in_force_from") for part, value in day.items()
    }
    form |= {"present": [u.staff_profile.pk for u in make.seated(body, "member")], "outcome": "ratify"}

    decide(sign_in(make.seated(body, "secretary")[0]), page, "minute", minute_reference="B 4", **form)
    decide(sign_in(make.seated(body, "chair")[0]), page, "confirm")

    assert PolicyVersion.objects.get().ratified_on == now


@pytest.mark.parametrize("act", ["approve", "sign"])
def test_a_second_press_says_what_was_done(sign_in, now, act):
    page = make.make_policy()
    submission = make.submit(page, today=now)
    user = make.members_of(page.approving_body if act == "approve" else page.ratifying_body)[0]
    if act == "sign":
        make.approve(submission, today=now)
    else:
        make_seat(body=page.ratifying_body, person=user.staff_profile)
    client = sign_in(user)
    decide(client, page, act)
    before = Decision.objects.count()

    decide(client, page, act)

    assert Decision.objects.count() == before
    assert "You already did this on" in words(client.get(f"/policy/{page.pk}/decide/"))


@pytest.mark.parametrize("who", ["themselves", "somebody else"])
def test_sending_back_what_was_approved_meanwhile_says_so_once(sign_in, now, who):
    """Two tabs, or two approvers, before a body that decides in meetings."""
    members = [make_person(user=True, name=name) for name in ("Ann Reid", "Sam Okafor")]
    page = make.make_meeting_policy(approving_body=make_body(members=members))
    make.submit(page, today=now)
    decide(sign_in(members[0].user), page, "approve")
    at = Decision.objects.get(kind="approve").at
    user = members[0 if who == "themselves" else 1].user

    answer = words(decide(sign_in(user), page, "send_back", reason="No."))

    first = "You have decided already" if who == "themselves" else "Ann Reid decided meanwhile"
    told = f"{first}: approved on {full_date(at)} at {clock(at)}. Nothing was sent back or rejected."
    assert answer.count(told) == 1
    assert "does not ratify in this way" not in answer
    assert page.submissions.get().state == "approved"


def test_whom_a_first_version_asks_is_told_as_a_first_reading(sign_in, now):
    page = make.make_policy()
    calls.submit(page, actor=page.policy_owner.user, today=now, significance="major", change_note="First.")

    shown = words(sign_in(make.members_of(page.approving_body)[0]).get(f"/policy/{page.pk}/decide/"))

    assert "Who is asked to read it</h2>" in shown
    assert "read it again</h2>" not in shown and "Chosen by" not in shown


def test_a_second_press_of_the_last_signature_says_so(sign_in, now):
    page = make.make_policy()
    submission = make.approve(make.submit(page, today=now), today=now)
    make.sign_once(submission, today=now)
    second = make.members_of(page.ratifying_body)[1]
    client = sign_in(second)
    first = client.get(decide(client, page, "sign").headers["Location"])

    answer = decide(client, page, "sign")

    assert (first.status_code, answer.status_code) == (200, 200)
    assert "You already did this on" in words(answer)
    assert PolicyVersion.objects.count() == 1


def test_an_author_sees_why_and_is_refused_when_the_form_is_forged(sign_in, now):
    page = make.make_policy()
    author = make.author_of(page)
    make_seat(body=page.approving_body, person=author.staff_profile)
    submission = make.submit(page, today=now)
    client = sign_in(author)

    shown = words(client.get(f"/policy/{page.pk}/decide/"))
    answer = decide(client, page, "approve")

    submission.refresh_from_db()
    assert "You wrote part of this, so somebody else decides it." in shown
    assert 'value="approve"' not in shown
    assert (answer.status_code, submission.state) == (403, "submitted")


@pytest.mark.parametrize("act", ["", "publish", "issue", "void", "recall", "__class__"])
def test_unknown_acts_are_no_acts(sign_in, now, act):
    page = make.make_policy()
    make.submit(page, today=now)

    assert decide(sign_in(make.members_of(page.approving_body)[0]), page, act).status_code == 404


def test_fields_that_the_form_does_not_have_are_ignored(sign_in, now):
    """A5: every column of a decision, a submission and a version, posted beside the form."""
    page = make.make_policy()
    submission = make.submit(page, today=now)
    names = {f.name for m in (Decision, type(submission), PolicyVersion) for f in m._meta.concrete_fields}
    member = make.members_of(page.approving_body)[0]

    decide(
        sign_in(member),
        page,
        "approve",
        **{name: "1" for name in names - {"statement", "page", "policy", "kind"}},
        statement="Right.",
    )

    row = Decision.objects.get(kind="approve")
    assert (row.actor_id, row.statement, row.outcome, row.quorum, row.counted) == (
        member.pk,
        "Right.",
        "",
        None,
        None,
    )
    submission.refresh_from_db()
    assert (submission.state, submission.issued_on, PolicyVersion.objects.count()) == ("approved", None, 0)


def test_present_members_of_another_body_are_refused(sign_in, now):
    """A4."""
    page = make.make_meeting_policy()
    submission = make.approve(make.submit(page, today=now), today=now)
    strangers = [make_person(user=True).pk for _number in range(2)]
    day = {"day": now.day, "month": now.month, "year": now.year}
    form = {
        f"{name}_{part}": value for name in ("meeting_on", "in_force_from") for part, value in day.items()
    }

    decide(
        sign_in(make.seated(submission.ratifying_body, "secretary")[0]),
        page,
        "minute",
        minute_reference="B 4",
        outcome="ratify",
        present=strangers,
        **form,
    )

    submission.refresh_from_db()
    assert submission.state == "approved"


@pytest.mark.parametrize("act", ["approve", "sign", "confirm"])
def test_nothing_is_decided_by_get(sign_in, now, act):
    """A11."""
    page = make.make_policy()
    submission = make.submit(page, today=now)

    sign_in(make.members_of(page.approving_body)[0]).get(f"/policy/{page.pk}/decide/?act={act}")

    submission.refresh_from_db()
    assert submission.state == "submitted"


def test_nobody_else_sees_what_waits(people_by_name, sign_in, now):
    page = make.make_policy()
    make.submit(page, today=now)

    statuses = {
        n: sign_in(u).get(f"/policy/{page.pk}/decide/").status_code for n, u in people_by_name.items()
    }

    assert statuses == {"visitor": 302, "outsider": 404, "partner": 404, "staff": 404}
