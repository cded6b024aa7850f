from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kernel.lifecycle import minutes, submissions
from kernel.lifecycle.models import Decision
from policy_pages.models import PolicyVersion
from tests.factories import policies as make
from tests.factories.organisation import make_delegation, make_person, make_seat

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.fixture
def submission():
    return make.approve(make.submit(make.make_meeting_policy()))


def person(user):
    return user.staff_profile


def test_meeting_ratifies_after_a_second_person_confirms(submission):
    body = submission.ratifying_body
    make.record(submission, in_force_from=TODAY + DAY)
    assert not PolicyVersion.objects.exists()

    make.confirm(submission)

    version = PolicyVersion.objects.get()
    minute, answer = submission.decisions.order_by("pk")[2:]
    assert (version.number, version.ratified_on, version.in_force_from) == ("1.0", TODAY, TODAY + DAY)
    assert (minute.kind, minute.outcome, minute.quorum, minute.counted) == ("minute", "ratify", 2, 2)
    assert minute.present == [
        {"id": person(u).pk, "name": person(u).name} for u in make.seated(body, "member")
    ]
    assert (answer.kind, answer.confirms, answer.other_party_id) == ("confirm", minute, minute.actor_id)


def test_meeting_sends_back_with_its_reason(submission):
    make.record(submission, outcome="send back", statement="Clause 4.", present=[], in_force_from=None)
    make.confirm(submission)

    submission.refresh_from_db()
    assert (submission.state, PolicyVersion.objects.count()) == ("sent back", 0)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"meeting_on": TODAY + DAY}, "meeting_on"),
        ({"meeting_on": TODAY - DAY}, "meeting_on"),
        ({"minute_reference": "  "}, "minute_reference"),
        ({"outcome": "approve"}, "outcome"),
        ({"outcome": "send back"}, "statement"),
        ({"present": []}, "present"),
        ({"in_force_from": TODAY - DAY}, "in_force_from"),
        ({"in_force_from": None}, "in_force_from"),
    ],
)
def test_minute_is_refused_by_field(submission, values, field):
    with pytest.raises(ValidationError) as refusal:
        make.record(submission, **values)

    submission.refresh_from_db()
    assert list(refusal.value.error_dict) == [field]
    assert (submission.state, submission.decisions.filter(kind="minute").count()) == ("approved", 0)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (None, "Enter the first day in force."),
        (TODAY - DAY, "The first day in force must be today or later."),
    ],
)
def test_a_first_day_that_is_missing_or_past_is_told_apart(submission, day, words):
    with pytest.raises(ValidationError) as refusal:
        make.record(submission, in_force_from=day)

    assert refusal.value.message_dict == {"in_force_from": [words]}


def author_in_the_body(submission):
    user = make.author_of(submission.page.specific)
    make_seat(body=submission.ratifying_body, person=person(user))
    return person(user)


def left_before(submission):
    return make_seat(body=submission.ratifying_body, until_on=TODAY - DAY).person


def joins_after(submission):
    return make_seat(body=submission.ratifying_body, from_on=TODAY + DAY).person


def stranger(submission):
    return make_person(user=True)


def the_secretary(submission):
    return person(make.seated(submission.ratifying_body, "secretary")[0])


def the_same_member_twice(submission):
    return person(make.seated(submission.ratifying_body, "member")[0])


@pytest.mark.parametrize(
    "other",
    [author_in_the_body, left_before, joins_after, stranger, the_secretary, the_same_member_twice],
    ids=lambda other: other.__name__,
)
def test_quorum_counts_members_of_that_day_who_wrote_nothing(submission, other):
    member = person(make.seated(submission.ratifying_body, "member")[0])

    with pytest.raises(ValidationError, match="2 members are needed, 1 of those present"):
        make.record(submission, present=[member, other(submission)])


def test_the_database_refuses_a_minute_without_quorum(submission):
    row = submission.decisions.first()
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    minute = {"kind": "minute", "meeting_on": TODAY, "minute_reference": "B 4/26", "outcome": "ratify"}

    with pytest.raises(Exception, match="kernel_lifecycle_quorum_met"):
        Decision.objects.create(**{**values, **minute, "quorum": 2, "counted": 1})


@pytest.mark.parametrize("capacity", ["member", "chair"])
def test_only_the_secretary_records(submission, capacity):
    user = make.seated(submission.ratifying_body, capacity)[0]

    with pytest.raises(PermissionDenied, match="The secretary of"):
        minutes.record_meeting(
            submission, actor=user, today=TODAY, minute=make.minute_of(submission.ratifying_body)
        )


def recorder(submission):
    user = make.seated(submission.ratifying_body, "secretary")[0]
    submission.ratifying_body.memberships.filter(capacity="chair").update(person=person(user))
    return user


def member_who_was_not_there(submission):
    return make_seat(body=submission.ratifying_body).person.user


def recorder_for_the_chair(submission):
    user = make.seated(submission.ratifying_body, "secretary")[0]
    chair = make.seated(submission.ratifying_body, "chair")[0]
    make_delegation(principal=person(chair), delegate=person(user))
    return user


def chair_who_wrote(submission):
    user = make.author_of(submission.page.specific)
    submission.ratifying_body.memberships.filter(capacity="chair").update(person=person(user))
    return user


def approver(submission):
    return make.members_of(submission.approving_body)[0]


@pytest.mark.parametrize(
    "persona",
    [recorder, member_who_was_not_there, recorder_for_the_chair, chair_who_wrote, approver],
    ids=lambda persona: persona.__name__,
)
def test_nobody_else_confirms_or_disputes(submission, persona):
    there = [person(user) for user in make.seated(submission.ratifying_body, "member")]
    user = persona(submission)
    make.record(submission, present=there)

    with pytest.raises(PermissionDenied):
        minutes.confirm_meeting(submission, actor=user, today=TODAY)
    with pytest.raises(PermissionDenied):
        minutes.dispute_meeting(submission, actor=user, today=TODAY, reason="Not so.")

    submission.refresh_from_db()
    assert (submission.state, PolicyVersion.objects.count()) == ("recorded", 0)


def test_member_who_was_there_confirms(submission):
    make.record(submission)
    member = make.seated(submission.ratifying_body, "member")[0]

    minutes.confirm_meeting(submission, actor=member, today=TODAY)

    assert PolicyVersion.objects.get().number == "1.0"


def test_disputed_minute_is_recorded_anew(submission):
    make.record(submission)
    chair = make.seated(submission.ratifying_body, "chair")[0]
    minutes.dispute_meeting(submission, actor=chair, today=TODAY, reason="Deferred to May.")
    make.record(submission, minute_reference="B 5/26")
    make.confirm(submission)

    confirmed = submission.decisions.get(kind="confirm")
    assert (confirmed.confirms.minute_reference, PolicyVersion.objects.count()) == ("B 5/26", 1)


def test_nobody_alone_sends_back_in_the_place_of_a_meeting(submission):
    secretary, chair = (make.seated(submission.ratifying_body, c)[0] for c in ("secretary", "chair"))
    with pytest.raises((PermissionDenied, ValidationError)):
        submissions.send_back(submission, actor=secretary, today=TODAY, reason="I say so.")
    make.record(submission)

    with pytest.raises((PermissionDenied, ValidationError)):
        submissions.send_back(submission, actor=chair, today=TODAY, reason="I say so.")


def test_first_day_that_passed_before_the_confirmation_becomes_that_day(submission):
    make.record(submission, in_force_from=TODAY)

    make.confirm(submission, today=date(2026, 12, 1))

    version = PolicyVersion.objects.get()
    assert (version.ratified_on, version.in_force_from) == (TODAY, date(2026, 12, 1))


def test_a_body_that_meets_takes_no_signatures_and_the_other_way_round(submission):
    with pytest.raises(ValidationError, match="does not ratify in this way"):
        make.sign_once(submission)
    signing = make.approve(make.submit(make.make_policy()))
    make_seat(body=signing.ratifying_body, capacity="secretary")

    with pytest.raises(ValidationError, match="does not ratify in this way"):
        make.record(signing)


def test_text_that_changed_by_a_placeholder_is_sent_back_by_the_meeting(submission):
    """No deadlock: a changed text cannot be ratified, but the meeting or its author can let it go."""
    page = submission.page.specific
    role = page.latest_revision
    role.content = {**role.content, "title": "Another"}
    role.save()
    with pytest.raises(ValidationError, match="changed after it was submitted"):
        make.record(submission)
    make.record(submission, outcome="send back", statement="It changed.")

    make.confirm(submission)

    submission.refresh_from_db()
    assert submission.state == "sent back"
