import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model

from kernel.lifecycle.models import Submission
from policy_pages.models import Placeholder
from tests.factories import policies as make
from tests.factories.accounts import make_user
from tests.factories.organisation import make_body, make_person

pytestmark = pytest.mark.django_db
NAMES = ("draft", "submit", "recall", "placeholders", "history")


def test_the_way_of_an_owner_without_admin_access(sign_in):
    page = make.make_policy()
    client = sign_in(page.policy_owner.user)

    sent = client.post(
        f"/policy/{page.pk}/submit/", {"change_note": "First.", "state": "issued", "cycle": "9"}
    )
    again = client.post(f"/policy/{page.pk}/submit/", {"change_note": "First."})
    submission = Submission.objects.get()
    back = client.post(f"/policy/{page.pk}/recall/", {"reason": "A slip."})

    assert [a.headers["Location"] for a in (sent, again)] == [f"/policy/{page.pk}/decide/"] * 2
    assert (submission.state, submission.cycle, back.status_code) == ("submitted", 0, 302)
    submission.refresh_from_db()
    assert submission.state == "recalled"


def test_owner_named_in_a_later_draft_sees_it_and_submits(sign_in):
    page = make.make_policy(policy_owner=None)
    owner = make_person(user=True)
    make.edit(page, policy_owner=owner)
    client = sign_in(owner.user)

    assert client.get(f"/policy/{page.pk}/draft/").status_code == 200
    client.post(f"/policy/{page.pk}/submit/", {"change_note": "First."})

    assert Submission.objects.get().submitted_by == owner.user


def test_the_bodies_of_the_latest_draft_are_named_before_and_after_the_press(sign_in):
    page = make.make_policy()
    make.issue(page)
    bodies = {
        "approving_body": make_body(name="Policy Group", members=[make_person(user=True)], quorum=1),
        "ratifying_body": make_body(name="Quality Committee", members=[make_person(user=True)], quorum=1),
    }
    make.edit(page, body=[make.clause("Staff must tell somebody.")], **bodies)
    client = sign_in(page.policy_owner.user)

    asked = client.get(f"/policy/{page.pk}/submit/").content.decode()
    told = client.post(
        f"/policy/{page.pk}/submit/", {"significance": "minor", "change_note": "Wording."}, follow=True
    ).content.decode()

    assert "Policy Group is asked to approve it; then Quality Committee ratifies it." in asked
    assert "Submitted for approval. Policy Group has been told." in told


@pytest.mark.parametrize("name", NAMES)
def test_nobody_else_sees_the_working_text(people_by_name, sign_in, name):
    page = make.make_policy()

    statuses = {
        n: sign_in(u).get(f"/policy/{page.pk}/{name}/").status_code for n, u in people_by_name.items()
    }

    assert statuses == {"visitor": 302, "outsider": 404, "partner": 404, "staff": 404}
    assert sign_in(people_by_name["staff"]).get(f"/policy/999999/{name}/").status_code == 404


@pytest.mark.parametrize("name", ["submit", "recall", "placeholders"])
def test_a_member_who_decides_does_not_submit_recall_or_fill(sign_in, name):
    page = make.make_policy()
    submission = make.submit(page, today=timezone.localdate())
    member = make.members_of(page.approving_body)[0]

    answer = sign_in(member).post(
        f"/policy/{page.pk}/{name}/", {"reason": "x", "change_note": "x", "mark": "a b", "value": "v"}
    )

    submission.refresh_from_db()
    assert answer.status_code in (403, 404)
    assert (submission.state, Placeholder.objects.count()) == ("submitted", 0)


@pytest.mark.parametrize("fields", [{}, {"change_note": " "}, {"change_note": "x", "wanted_from_day": "31"}])
def test_a_refused_submission_keeps_what_was_typed(sign_in, fields):
    page = make.make_policy()

    answer = sign_in(page.policy_owner.user).post(f"/policy/{page.pk}/submit/", fields)

    assert (answer.status_code, Submission.objects.count()) == (200, 0)


def test_open_placeholder_is_named_on_the_draft(sign_in):
    page = make.make_policy(body=[make.clause("At [insert name] you must tell.")])

    text = sign_in(page.policy_owner.user).get(f"/policy/{page.pk}/draft/").content.decode()

    assert "the placeholder [insert name] is still open" in text


def test_pictures_and_files_of_a_draft_are_for_those_who_see_it(people_by_name, sign_in):
    document = get_document_model().objects.create(title="Form", file=ContentFile(b"words", name="form.txt"))
    page = make.make_policy(body=[*make.BODY, ("attachment", {"title": "Form", "document": document})])
    shown = sign_in(page.policy_owner.user).get(f"/policy/{page.pk}/draft/").content.decode()
    address = next(part for part in shown.split('"') if "/draft-file/" in part)

    statuses = {n: sign_in(u).get(address).status_code for n, u in people_by_name.items()}

    assert statuses == {"visitor": 302, "outsider": 404, "partner": 404, "staff": 404}
    answer = sign_in(page.policy_owner.user).get(address)
    assert b"".join(answer.streaming_content) == b"words"
    assert (
        sign_in(page.policy_owner.user).get(address.replace("draft-file/", "draft-file/0")).status_code == 404
    )


def test_a_text_that_can_no_longer_be_decided_is_recalled_on_the_screen(sign_in):
    Placeholder.objects.create(key="name", value="Fenbrook")
    page = make.make_meeting_policy(body=[make.clause("At [insert name] you must tell.")])
    submission = make.approve(make.submit(page, today=timezone.localdate()), today=timezone.localdate())
    Placeholder.objects.update(value="Marsh")
    client = sign_in(page.policy_owner.user)

    shown = client.get(f"/policy/{page.pk}/decide/").content.decode()
    client.post(f"/policy/{page.pk}/recall/", {"reason": "The name changed."})

    submission.refresh_from_db()
    assert "The text changed after it was submitted" in shown
    assert f"/policy/{page.pk}/recall/" in shown
    assert submission.state == "voided"


def test_a_ratified_text_that_waits_for_its_day_is_no_draft_on_the_desk(sign_in):
    page = make.make_policy(author=make_person(user=make_user(is_superuser=True)).user)
    author = make.author_of(page)
    client = sign_in(author)
    assert page.title in client.get("/desk/").content.decode()
    make.issue(page, wanted_from=timezone.localdate().replace(year=2099, day=1))

    assert page.title not in client.get("/desk/").content.decode()


def test_a_placeholder_in_pieces_has_no_form_and_says_why(sign_in):
    user = make_person(user=make_user(is_superuser=True)).user
    page = make.make_policy(author=user, body=[make.clause("At [insert <b>name</b>], [insert phone].")])

    shown = sign_in(user).get(f"/policy/{page.pk}/placeholders/").content.decode()

    assert "A part of it is bold or a link" in shown
    assert ('value="insert name"' in shown, 'value="insert phone"' in shown) == (False, True)


def test_a_text_that_was_sent_back_says_why_on_the_desk_and_on_its_draft(sign_in):
    page = make.make_policy(author=make_person(user=make_user(is_superuser=True)).user)
    client = sign_in(make.author_of(page))
    approver = make.members_of(page.approving_body)[0]
    today = timezone.localdate()
    submission = make.submit(page, today=today)
    assert "Sent back" not in client.get(f"/policy/{page.pk}/draft/").content.decode()

    make.submissions.send_back(submission, actor=approver, today=today, reason="Say who <b>calls</b>.")

    assert "Sent back: read why, change it, submit it again." in client.get("/desk/").content.decode()
    assert "Say who &lt;b&gt;calls&lt;/b&gt;." in client.get(f"/policy/{page.pk}/draft/").content.decode()
    make.submit(page, today=today)
    assert "Say who" not in client.get(f"/policy/{page.pk}/draft/").content.decode()
