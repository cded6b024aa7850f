import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from course_catalogue.enums import BookingState
from course_catalogue.models import SessionMessage, Teaching
from course_catalogue.telling import messages
from kernel.lifecycle.templatetags.dates import full_date
from kernel.outbox.models import OutboxMail
from tests.factories.courses import MOMENT, make_booking, make_session, make_trainer
from tests.factories.organisation import make_person, make_role_holder

pytestmark = pytest.mark.django_db


def make_full(people=2):
    session = make_session()
    for number in range(people):
        make_booking(session=session, person=make_person(user=True, name=f"Learner {number}"))
    return session


def send(session, **more):
    values = {
        "key": uuid.uuid4(),
        "subject": "The room has changed",
        "words": "Come to Room 4.",
        "now": MOMENT,
    }
    return messages.send(session, **{"actor": None, **values, **more})


def test_each_booked_person_gets_a_mail_of_their_own():
    session = make_full()
    make_booking(session=session, state=BookingState.WAITING, person=make_person(user=True))
    make_booking(
        session=session, state=BookingState.CANCELLED, ended_at=MOMENT, person=make_person(user=True)
    )
    make_booking(person=make_person(user=True))

    done = send(session)

    mails = list(OutboxMail.objects.filter(kind="training.message").order_by("pk"))
    assert (done.message.people, done.again) == (2, False)
    assert [mail.to for mail in mails] == [[row.person.user.email] for row in messages.booked(session)]
    assert {mail.subject for mail in mails} == {"The room has changed"}
    assert all("Come to Room 4." in mail.text and "Learner" not in mail.text for mail in mails)


def test_one_press_is_sent_once_whatever_happens_to_its_answer():
    session, key = make_full(), uuid.uuid4()
    first, second = send(session, key=key), send(session, key=key, words="Other words.")

    assert (first.again, second.again) == (False, True)
    assert second.message == first.message
    assert OutboxMail.objects.filter(kind="training.message").count() == 2
    assert send(session).again is False


def test_who_may_write():
    session, trainer = make_full(), make_trainer()
    Teaching.objects.create(day=session.days.get(), trainer=trainer)
    for actor in (
        make_role_holder("ld-officer"),
        make_role_holder("training-administrator"),
        trainer.person.user,
    ):
        assert send(session, actor=actor).message.people == 2

    for actor in (make_trainer().person.user, make_person(user=True).user):
        with pytest.raises(PermissionDenied):
            send(session, actor=actor)
    assert SessionMessage.objects.count() == 3


def test_nobody_booked_is_told_and_nothing_is_sent():
    with pytest.raises(ValidationError) as raised:
        send(make_session())

    assert raised.value.code == "nobody"


def test_a_changed_number_of_people_is_told_before_anything_is_sent():
    session = make_full()

    with pytest.raises(ValidationError) as raised:
        send(session, seen=1)

    assert raised.value.code == "changed"
    assert not SessionMessage.objects.exists() and not OutboxMail.objects.exists()


@pytest.mark.parametrize("wrong", [{"subject": ""}, {"words": " "}, {"subject": "x" * 61}])
def test_an_empty_or_long_one_is_refused(wrong):
    with pytest.raises(ValidationError):
        send(make_full(), **wrong)

    assert not OutboxMail.objects.exists()


def test_a_second_line_in_the_subject_is_no_header():
    """G5."""
    send(make_full(1), subject="Room 4\r\nBcc: eve@x.example")

    assert OutboxMail.objects.get().subject == "Room 4 Bcc: eve@x.example"


def test_what_was_sent_never_changes():
    send(make_full())

    with pytest.raises(DatabaseError), transaction.atomic():
        SessionMessage.objects.update(words="Something else.")


@pytest.mark.parametrize("number", [1, 3])
def test_sending_asks_the_same_for_one_and_three(number, django_assert_num_queries):
    session = make_full(number)

    with django_assert_num_queries(15):
        send(session)

    assert OutboxMail.objects.count() == number


# the screen


def test_the_screen_shows_the_number_then_sends_once(client):
    session = make_full()
    client.force_login(make_role_holder("training-administrator"))
    address, key = f"/training/session/{session.pk}/message/", str(uuid.uuid4())
    typed = {"key": key, "subject": "The room has changed", "words": "Come to Room 4."}

    looked = client.post(address, {**typed, "act": "look"}).content.decode()
    assert "Send this to 2 people" in looked and "Learner 0" in looked
    assert not OutboxMail.objects.exists()
    changed = client.post(address, {**typed, "act": "change"}).content.decode()
    assert "Come to Room 4." in changed and "Look at the message" in changed
    once = client.post(address, {**typed, "seen": 2, "act": "send"}, follow=True).content.decode()
    twice = client.post(address, {**typed, "seen": 2, "act": "send"}, follow=True).content.decode()

    assert "The message goes to 2 people." in once
    assert "You already did this at" in twice
    assert OutboxMail.objects.count() == 2


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, "as soon as somebody is booked."),
        (
            {"state": "cancelled", "cancelled_at": MOMENT, "cancel_reason": "Snow"},
            f"This date was cancelled on {full_date(MOMENT)}: nobody is booked",
        ),
        ({"starts": MOMENT.replace(year=2020)}, "This date is over, and nobody was booked"),
    ],
    ids=["to come", "cancelled", "over"],
)
def test_a_date_with_nobody_to_write_to_says_why(client, more, told):
    session = make_session(**{"starts": timezone.now() + timedelta(days=9), **more})
    client.force_login(make_role_holder("training-administrator"))

    assert told in client.get(f"/training/session/{session.pk}/message/").content.decode()


def test_where_nobody_has_an_address_the_screen_says_so(client):
    session = make_session(starts=timezone.now() + timedelta(days=9))
    make_booking(session=session, person=make_person(email=""))
    client.force_login(make_role_holder("training-administrator"))

    text = client.get(f"/training/session/{session.pk}/message/").content.decode()

    assert "Nobody who is booked has an address: tell them another way." in text


def test_an_error_keeps_what_was_typed(client):
    session = make_full()
    client.force_login(make_role_holder("training-administrator"))

    typed = {"key": uuid.uuid4(), "subject": "", "words": "Come to Room 4.", "act": "look"}
    text = client.post(f"/training/session/{session.pk}/message/", typed).content.decode()

    assert (
        "<title>Error: " in " ".join(text.split())
        and "Enter the subject." in text
        and "Come to Room 4." in text
    )


def test_the_screen_is_not_there_for_others(client):
    session = make_full()
    client.force_login(make_person(user=True).user)

    assert client.get(f"/training/session/{session.pk}/message/").status_code == 404
    assert client.get("/training/session/999999/message/").status_code == 404
