"""C9 and S0-03: one person, one version, once; for the version shown; nobody for somebody else."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from kernel.audit.models import AuditEntry
from policy_pages.models import Acknowledgement, ReadingQuestion
from policy_pages.readers.acknowledging import acknowledge, record_on_paper
from policy_pages.readers.asked import Count, counts_for, of_reader
from tests.factories.organisation import make_job_role, make_person, make_post
from tests.factories.policies import clause, edit, issue
from tests.factories.reading import make_essential, make_reader, make_rule

pytestmark = pytest.mark.django_db
DAY, NEXT, LATER = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 23)


def again(version, words, *, today, significance="major"):
    edit(version.policy, body=[clause(words)])
    return issue(version.policy, today=today, significance=significance, change_note="Another.")


def test_it_is_kept_with_the_digest_and_the_words_that_were_shown():
    version, reader = make_essential(today=DAY), make_reader(job_role=make_job_role(name="Ward manager"))

    done = acknowledge(version, actor=reader.user, today=NEXT, person=reader.pk)

    row = Acknowledgement.objects.get()
    assert done.acknowledgement == row
    assert (row.person, row.version, row.policy_id, row.text_sha256) == (
        reader,
        version,
        version.policy_id,
        version.text_sha256,
    )
    assert (row.how, row.read_on, row.recorder_name, row.kept_at) == ("own", NEXT, "", "")
    assert row.statement == "I have read version 1.0 and know what it asks of me as Ward manager"
    assert of_reader(reader.pk, NEXT) == []
    assert counts_for([version.policy_id], NEXT) == {version.policy_id: Count(asked=1, read=1, late=0)}


def test_pressed_twice_it_says_when():
    version, reader = make_essential(today=DAY), make_reader()
    acknowledge(version, actor=reader.user, today=NEXT)

    with pytest.raises(ValidationError, match=r"You already did this .*at \d+:\d\d[ap]m\."):
        acknowledge(version, actor=reader.user, today=NEXT)

    assert Acknowledgement.objects.count() == 1
    assert AuditEntry.objects.filter(action="policies.acknowledge", refused=True).count() == 1


def test_a_proxy_is_refused():
    version, reader, other = make_essential(today=DAY), make_reader(), make_reader()

    with pytest.raises(PermissionDenied, match="Nobody confirms for somebody else"):
        acknowledge(version, actor=other.user, today=NEXT, person=reader.pk)

    assert Acknowledgement.objects.count() == 0


def test_a_version_that_asked_nobody_new_carries_over():
    version, reader = make_essential(today=DAY), make_reader()
    acknowledge(version, actor=reader.user, today=NEXT)

    again(version, "Staff must tell the named nurse on the same day.", today=LATER, significance="minor")

    assert of_reader(reader.pk, LATER) == []
    (row,) = of_reader(reader.pk, LATER, policy_id=version.policy_id)
    assert (row.number, row.read, row.done) == ("1.1", "1.0", True)


def test_a_major_version_asks_again_and_keeps_the_old_row_byte_for_byte():
    version, reader = make_essential(today=DAY), make_reader()
    acknowledge(version, actor=reader.user, today=NEXT)
    before = Acknowledgement.objects.values().get()

    again(version, "Staff must ring the police.", today=LATER)

    (row,) = of_reader(reader.pk, LATER)
    assert (row.number, row.read, row.due, row.to_read) == ("2.0", "1.0", date(2026, 12, 21), True)
    assert Acknowledgement.objects.values().get() == before


def test_it_counts_for_the_version_shown_although_a_newer_one_came_which_asks_again():
    shown, reader = make_essential(today=DAY), make_reader()
    newer = again(shown, "Staff must ring the police.", today=LATER)

    done = acknowledge(shown, actor=reader.user, today=LATER)

    assert (done.acknowledgement.version, done.newer, done.again) == (shown, newer, True)
    assert [row.number for row in of_reader(reader.pk, LATER)] == ["2.0"]


def test_it_counts_for_the_version_shown_and_carries_over_wording():
    shown, reader = make_essential(today=DAY), make_reader()
    newer = again(shown, "Staff must tell the named nurse at once.", today=LATER, significance="minor")

    done = acknowledge(shown, actor=reader.user, today=LATER)

    assert (done.newer, done.again, of_reader(reader.pk, LATER)) == (newer, False, [])


@pytest.mark.parametrize(("today", "taken"), [(date(2026, 11, 24), True), (date(2026, 11, 25), False)])
def test_a_version_out_of_force_is_taken_a_day_longer(today, taken):
    shown, reader = make_essential(today=DAY), make_reader()
    again(shown, "Staff must ring the police.", today=LATER)
    if taken:
        assert acknowledge(shown, actor=reader.user, today=today).again is True
        return
    with pytest.raises(ValidationError, match="Version 1.0 is not in force"):
        acknowledge(shown, actor=reader.user, today=today)
    assert Acknowledgement.objects.count() == 0


def test_nobody_confirms_what_they_are_not_asked():
    role = make_job_role()
    version, other = make_essential(today=DAY, job_role=role), make_reader()

    with pytest.raises(ValidationError, match="You are not asked to confirm this policy"):
        acknowledge(version, actor=other.user, today=NEXT)


def test_a_login_without_a_person_is_refused(django_user_model):
    version = make_essential(today=DAY)
    user = django_user_model.objects.create_superuser(username="root@example.org", email="root@example.org")

    with pytest.raises(PermissionDenied, match="People on the staff list"):
        acknowledge(version, actor=user, today=NEXT)


def test_a_wrong_answer_names_its_question_and_records_nothing():
    version, reader = make_essential(today=DAY), make_reader()
    ReadingQuestion.objects.create(
        version=version, number=1, question="Whom do you tell?", answers=["Nobody", "The named nurse"], right=1,
        clause="x",
    )  # fmt: skip

    with pytest.raises(ValidationError) as refusal:
        acknowledge(version, actor=reader.user, today=NEXT, answers={1: "0"})
    assert list(refusal.value.error_dict) == ["question_1"]
    assert Acknowledgement.objects.count() == 0

    acknowledge(version, actor=reader.user, today=NEXT, answers={1: "1"})
    assert Acknowledgement.objects.get().answered_on == NEXT


def paper(version, person, actor, **overrides):
    words = {"read_on": NEXT, "where": "Blue folder, ward office", "today": LATER}
    return record_on_paper(person, version=version, actor=actor, **{**words, **overrides})


def test_the_line_manager_records_somebody_without_a_login():
    version, manager = make_essential(today=DAY), make_person(user=True, name="Jo Hale")
    person = make_reader(login=False, manager=manager)

    row = paper(version, person, manager.user)

    assert (row.how, row.read_on, row.recorder_id, row.recorder_name, row.kept_at) == (
        "paper", NEXT, manager.pk, "Jo Hale", "Blue folder, ward office",
    )  # fmt: skip
    assert of_reader(person.pk, LATER) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"read_on": date(2026, 11, 24)}, "must be today or before"),
        ({"read_on": date(2026, 11, 1)}, "Version 1.0 was not in force on 1 November 2026"),
        ({"where": " "}, "Say where the signed sheet is kept"),
    ],
)
def test_paper_needs_a_day_in_force_and_a_place(change, words):
    version, manager = make_essential(today=DAY), make_person(user=True)
    person = make_reader(login=False, manager=manager)

    with pytest.raises(ValidationError, match=words):
        paper(version, person, manager.user, **change)
    assert Acknowledgement.objects.count() == 0


def test_paper_is_for_people_who_cannot_sign_in_by_their_own_manager():
    version, manager = make_essential(today=DAY), make_person(user=True)
    able, person = make_reader(manager=manager), make_reader(login=False)
    make_post(person=manager)

    with pytest.raises(ValidationError, match="can sign in and confirms it there"):
        paper(version, able, manager.user)
    with pytest.raises(PermissionDenied, match="The line manager and the library's staff"):
        paper(version, person, manager.user)
    with pytest.raises(PermissionDenied, match="for themselves"):
        paper(version, manager, manager.user)
    assert Acknowledgement.objects.count() == 0


def test_the_database_keeps_each_row_once_and_for_ever():
    version, reader = make_essential(today=DAY), make_reader()
    row = acknowledge(version, actor=reader.user, today=NEXT).acknowledgement
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    for act in (
        lambda: Acknowledgement.objects.update(statement="Other"),
        lambda: Acknowledgement.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="added and never changed"), transaction.atomic():
            act()


def test_somebody_named_by_two_rules_is_asked_once():
    version, reader = make_essential(today=DAY), make_reader()
    make_rule(version.policy, days=10)

    assert [row.due for row in of_reader(reader.pk, DAY)] == [date(2026, 11, 12)]
    assert counts_for(None, DAY) == {version.policy_id: Count(asked=1, read=0, late=0)}
