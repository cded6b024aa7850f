"""The reader's act on screen: offered to whom it is asked of, and to nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from policy_pages.models import Acknowledgement, ReadingQuestion
from tests.factories.organisation import make_agency, make_job_role, make_person
from tests.factories.policies import clause, edit, issue
from tests.factories.reading import make_essential, make_reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return make_essential(today=timezone.localdate() - timedelta(days=3))


def address(version):
    return f"/policy/{version.policy_id}/read/{version.number}/"


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_whoever_is_asked_is_told_above_the_text_and_confirms_at_its_end(version, sign_in):
    reader = make_reader()
    client = sign_in(reader.user)

    page = words(client.get(version.policy.get_url()))
    assert "To read by" in page
    assert f'href="{address(version)}"' in page

    answer = client.post(address(version), {"person": reader.pk, "read": "on"}, follow=True)
    assert "Recorded: you read version 1.0 on" in words(answer)
    assert "You read 1.0 on" in words(client.get(version.policy.get_url()))
    assert Acknowledgement.objects.get().person == reader


def test_the_box_must_be_ticked(version, sign_in):
    reader = make_reader()

    answer = sign_in(reader.user).post(address(version), {"person": reader.pk})

    assert "Tick the box to say that you have read it." in words(answer)
    assert Acknowledgement.objects.count() == 0


def test_pressed_twice_it_says_that_it_was_done(version, sign_in):
    reader = make_reader()
    client = sign_in(reader.user)
    for _press in range(2):
        answer = client.post(address(version), {"person": reader.pk, "read": "on"}, follow=True)

    assert "You already did this at" in words(answer)
    assert Acknowledgement.objects.count() == 1


def test_the_form_of_another_person_is_refused(version, sign_in):
    reader, other = make_reader(), make_reader()

    answer = sign_in(other.user).post(address(version), {"person": reader.pk, "read": "on"})

    assert answer.status_code == 403
    assert Acknowledgement.objects.count() == 0


def test_a_newer_version_with_duties_is_shown_with_its_changes(version, sign_in):
    reader = make_reader()
    edit(version.policy, body=[clause("Staff must ring the police.")])
    issue(version.policy, today=timezone.localdate(), significance="major", change_note="Another.")

    answer = sign_in(reader.user).post(address(version), {"person": reader.pk, "read": "on"}, follow=True)

    assert "Version 2.0 came meanwhile and asks something else" in words(answer)
    assert answer.request["PATH_INFO"].endswith("/changes/1.0/2.0/")


def test_a_wrong_answer_shows_the_clause_and_asks_again(version, sign_in):
    reader = make_reader()
    block = next(block for block in version.content["blocks"] if block["type"] == "clause")
    ReadingQuestion.objects.create(
        version=version, number=1, question="Whom?", answers=["Nobody", "The named nurse"], right=1,
        clause=block["id"],
    )  # fmt: skip
    given = {"person": reader.pk, "read": "on"}

    answer = sign_in(reader.user).post(address(version), {**given, "question_1": "0"})

    assert "has the answer" in words(answer)
    assert block["text"] in words(answer)
    assert Acknowledgement.objects.count() == 0


def test_nobody_is_offered_what_is_not_asked(sign_in):
    today = timezone.localdate()
    version = make_essential(today=today, job_role=make_job_role())
    client = sign_in(make_reader().user)

    assert "Confirm I have read" not in words(client.get(version.policy.get_url()))
    answer = client.get(address(version))
    assert (answer.status_code, answer["Location"]) == (302, f"/p/{version.reference}/")


def test_a_partner_does_not_learn_that_a_policy_for_staff_exists(version, sign_in):
    partner = make_person(user=True, agency=make_agency())

    assert sign_in(partner.user).get(address(version)).status_code == 404
    assert (
        sign_in(partner.user).post(address(version), {"person": partner.pk, "read": "on"}).status_code == 404
    )


def test_the_line_manager_alone_records_on_paper(version, sign_in):
    manager = make_person(user=True)
    person = make_reader(login=False, manager=manager)
    make_reader(login=False)
    paper = f"/policy/{version.policy_id}/readers/paper/"
    today = timezone.localdate()
    given = {
        "person": person.pk,
        "read_on_day": today.day,
        "read_on_month": today.month,
        "read_on_year": today.year,
    }

    assert sign_in(make_reader().user).get(paper).status_code == 404
    client = sign_in(manager.user)
    assert words(client.get(paper)).count("<option") == 2
    answer = client.post(paper, {**given, "where": "Blue folder"}, follow=True)

    assert f"Recorded: {person.name} read it on paper." in words(answer)
    assert "All of your own people who cannot sign in and are asked to read this have a record." in words(
        answer
    )
    assert Acknowledgement.objects.get().kept_at == "Blue folder"
