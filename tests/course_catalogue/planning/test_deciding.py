from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from course_catalogue.planning import asking, deciding
from kernel.lifecycle.models import ClosedDay
from kernel.outbox.models import OutboxMail
from tests.factories.courses import make_booking
from tests.factories.organisation import make_person, make_role_holder
from tests.factories.planning import NOW, at, make_officer, make_planned

pytestmark = pytest.mark.django_db
# Back from Wednesday 6 January 2027, 7 working days: 23 December; 5 more: 16 December 2026.
DECIDED, ASKED = date(2026, 12, 23), date(2026, 12, 16)


def make_short(**more):
    return make_planned(minimum=3, decide_days=7, **more)


def to_decide(day):
    return [row.pk for row in deciding.to_decide(at(day, 8))]


def test_decision_stands_on_the_desk_from_five_working_days_before():
    session = make_short()

    assert session.decide_on == DECIDED
    assert to_decide(date(2026, 12, 15)) == []
    assert to_decide(ASKED) == [session.pk]
    assert to_decide(date(2027, 1, 5)) == [session.pk]
    assert to_decide(date(2027, 1, 7)) == []


def test_closed_days_are_left_out_of_the_count():
    ClosedDay.objects.create(day=date(2026, 12, 29), reason="stocktaking")

    assert make_short().decide_on == date(2026, 12, 22)


def test_enough_people_a_decision_or_a_cancellation_end_the_question():
    session = make_short()
    for _each in range(2):
        make_booking(session=session)
    assert deciding.to_decide(at(ASKED, 8))[0].short == 1

    make_booking(session=session)
    assert to_decide(ASKED) == []


def test_go_ahead_with_too_few_needs_a_reason_and_is_said_once():
    officer, session = make_officer(), make_short()

    with pytest.raises(ValidationError) as refusal:
        deciding.go_ahead(session, actor=officer, now=NOW)
    assert list(refusal.value.error_dict) == ["words"]

    done = deciding.go_ahead(session, words="It is the last one this year", actor=officer, now=NOW)
    assert (done.going_at, done.going_words, done.version) == (NOW, "It is the last one this year", 2)
    assert to_decide(ASKED) == []
    with pytest.raises(ValidationError, match="already"):
        deciding.go_ahead(session, words="again", actor=officer, now=NOW)


def test_owner_and_officers_decide_and_nobody_else():
    owner = make_person(user=True)
    session = make_short(owner=owner)

    for role in ("training-administrator", "trainer"):
        with pytest.raises(PermissionDenied):
            deciding.go_ahead(session, words="x", actor=make_role_holder(role), now=NOW)

    assert deciding.go_ahead(session, words="x", actor=owner.user, now=NOW).going_at


def test_daily_job_asks_the_owner_once():
    owner = make_person(user=True)
    session = make_short(owner=owner)

    assert asking.ask_to_decide(date(2026, 12, 15)) == ["0 mails about minimum numbers"]
    assert asking.ask_to_decide(ASKED) == ["1 mail about minimum numbers"]
    assert asking.ask_to_decide(ASKED) == ["0 mails about minimum numbers"]
    assert asking.ask_to_decide(date(2026, 12, 17)) == ["0 mails about minimum numbers"]

    mail = OutboxMail.objects.get(kind="training.decide")
    assert mail.to == [owner.user.email]
    assert mail.subject == f"Go or cancel by 23 December 2026: {session.course.title}"
    assert "3 are missing of at least 3" in mail.text


def test_daily_job_after_missed_days_still_asks():
    make_short(owner=make_person(user=True))

    assert asking.ask_to_decide(date(2026, 12, 30)) == ["1 mail about minimum numbers"]


def test_daily_job_asks_officers_where_the_owner_left():
    officer = make_officer()
    owner = make_person(user=True, active=False, left_on=date(2026, 11, 30))
    make_short(owner=owner)

    asking.ask_to_decide(ASKED)

    assert OutboxMail.objects.get(kind="training.decide").to == [officer.email]
