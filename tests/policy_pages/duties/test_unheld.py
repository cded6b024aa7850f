"""A vacated, renamed or vanished job role lists its clauses to the owners, who hear of it once (S0-06)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kernel.lifecycle.models import ReminderSent
from kernel.organisation.models import Post
from kernel.outbox.models import OutboxMail
from policy_pages.duties import telling, unheld
from policy_pages.models import DutyEntry
from tests.factories import organisation
from tests.factories import policies as make
from tests.factories.duties import duty, issued, table

pytestmark = pytest.mark.django_db
LAST, AFTER = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def post(matron):
    return organisation.make_post(job_role=matron, until_on=LAST)


@pytest.fixture
def text(post, matron):
    return issued(
        duty("You must keep the key.", matron), duty("You must go.", matron), reference="SG-042", today=LAST
    )


def found(today):
    return [
        (policy, one.kind, one.name, one.now, [row["duty__words"] for row in one.clauses])
        for policy, rows in unheld.by_policy(today).items()
        for one in rows
    ]


def mails():
    return [(mail.to, mail.subject) for mail in OutboxMail.objects.filter(kind="policies.unheld")]


CLAUSES = ["You must keep the key.", "You must go."]


def test_a_role_is_vacant_from_the_day_after_its_last_holder(text):
    vacant = [(text.policy_id, "vacant", "Ward manager", "Ward manager", CLAUSES)]

    assert [found(day) for day in (LAST - timedelta(days=1), LAST, AFTER)] == [[], [], vacant]


@pytest.mark.parametrize("change", ["left", "agency", "second holder"])
def test_whoever_left_or_is_of_a_suspended_agency_holds_nothing(text, post, matron, change):
    Post.objects.update(until_on=None)
    if change == "agency":
        partner = organisation.make_agency(active=False)
        Post.objects.update(person=organisation.make_person(agency=partner))
    else:
        post.person.active, post.person.left_on = False, LAST
        post.person.save()
    if change == "second holder":
        organisation.make_post(job_role=matron)

    assert (found(AFTER) == []) == (change == "second holder")


def test_a_renamed_and_a_vanished_role_are_told(text, post, matron):
    Post.objects.update(until_on=None)
    assert found(AFTER) == []
    matron.name = "Matron"
    matron.save()
    assert found(AFTER) == [(text.policy_id, "renamed", "Ward manager", "Matron", CLAUSES)]
    Post.objects.all().delete()
    assert found(AFTER)[0][1] == "vacant"
    matron.delete()
    assert found(AFTER) == [(text.policy_id, "gone", "Ward manager", "", CLAUSES)]


def test_a_text_that_no_longer_names_it_is_not_told(text):
    make.edit(text.policy, body=[make.clause("You must keep the key.")])
    make.issue(text.policy, wanted_from=AFTER, today=LAST)

    assert (found(LAST), found(AFTER)) == ([], [])


def test_the_owner_hears_of_an_event_once(text):
    owner = text.policy.policy_owner.user
    assert telling.tell_owners(LAST) == []
    assert (telling.tell_owners(AFTER), telling.tell_owners(AFTER)) == (["SG-042: Ward manager, vacant"], [])
    assert telling.tell_owners(AFTER + timedelta(days=40)) == []

    assert mails() == [([owner.email], "A job role that your text names has no holder")]
    text_ = OutboxMail.objects.get(kind="policies.unheld").text
    assert "- Ward manager, 2 duties in SG-042: Nobody holds this job role today." in text_
    assert "/duties-without-holder/" in text_


def test_another_event_is_told_again(text, matron, post):
    telling.tell_owners(AFTER)
    organisation.make_post(job_role=matron, from_on=AFTER, until_on=date(2026, 12, 31))

    days = [AFTER, date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)]
    assert [telling.tell_owners(day) for day in days] == [[], [], ["SG-042: Ward manager, vacant"], []]

    post.until_on = None
    post.save()
    for name in ("Matron", "Sister", "Matron"):
        matron.name = name
        matron.save()
        telling.tell_owners(date(2027, 1, 3))
    assert len(mails()) == 4  # vacant twice, renamed to Matron, then to Sister


def test_one_mail_a_person_for_all_that_is_new(text, matron):
    owner = text.policy.policy_owner
    issued(
        duty("You must count.", matron), policy_owner=owner, owner_deputy=organisation.make_person(user=True)
    )

    telling.tell_owners(AFTER)

    assert sorted(subject for _to, subject in mails()) == [
        "2 job roles that your texts name have no holder",
        "A job role that your text names has no holder",
    ]


def test_without_an_owner_who_is_here_nothing_is_spent(text):
    owner = text.policy.policy_owner
    owner.active, owner.left_on = False, LAST
    owner.save()
    assert (telling.tell_owners(AFTER), ReminderSent.objects.count()) == ([], 0)

    owner.active, owner.left_on = True, None
    owner.save()
    assert telling.tell_owners(AFTER) == ["SG-042: Ward manager, vacant"]


def test_the_owner_has_it_on_the_desk_while_it_lasts(sign_in, matron):
    today = timezone.localdate()
    version = issued(duty("You must keep the key.", matron), today=today)
    owner = version.policy.policy_owner.user
    bystander = organisation.make_person(user=True).user

    (row,) = telling.desk(owner, today)
    assert (row.verb, row.title, row.url) == ("decide", "Duties without a holder", "/duties-without-holder/")
    assert row.why == "1 duty in a text of yours names a job role that nobody holds, or not by that name."
    assert "Duties without a holder" in sign_in(owner).get("/desk/").content.decode()
    assert telling.desk(bystander, today) == []
    assert "Duties without a holder" not in sign_in(bystander).get("/desk/").content.decode()

    organisation.make_post(job_role=matron)
    assert telling.desk(owner, today) == []


def test_the_report_is_for_owners_and_keepers(sign_in, matron, keeper, reader):
    Post.objects.all().delete()
    today = timezone.localdate()
    version = issued(duty("You must keep the key.", matron), today=today)
    users = {"owner": version.policy.policy_owner.user, "keeper": keeper, "reader": reader}

    answers = {who: sign_in(user).get("/duties-without-holder/") for who, user in users.items()}

    assert {who: answer.status_code for who, answer in answers.items()} == {
        "owner": 200,
        "keeper": 200,
        "reader": 404,
    }
    page = answers["owner"].content.decode()
    assert "Nobody holds this job role today." in page
    assert f'href="/p/{version.reference}/#{DutyEntry.objects.get().anchor}"' in page
    assert f"Owner: {version.policy.policy_owner.name}" in page


def test_a_role_only_as_written_is_nobodys_event(text):
    issued(table(("Head porter", ["Push."], [])))

    assert [row[2] for row in found(AFTER)] == ["Ward manager"]
