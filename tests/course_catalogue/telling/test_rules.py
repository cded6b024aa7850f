from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from course_catalogue.enums import BookingState, MailKind, SessionState
from course_catalogue.models import Booking, CourseSession, MailRule
from course_catalogue.telling import reminding, rules
from kernel.lifecycle import jobs
from kernel.outbox.models import OutboxMail
from tests.factories.courses import MOMENT, make_booking, make_course, make_session
from tests.factories.organisation import make_person, make_role_holder

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
FIRST = date(2027, 1, 6)  # the factory's session


def make_rule(days_before=7, kind=MailKind.REMINDER, **more) -> MailRule:
    values = {"course": None, "kind": kind, "days_before": days_before, "words": f"{kind} {days_before}"}
    return rules.add(**{**values, **more}, actor=None, today=TODAY)


def make_booked(**more) -> Booking:
    return make_booking(person=make_person(user=True), **more)


def before(days) -> date:
    return FIRST - timedelta(days=days)


def texts() -> list[str]:
    return list(
        OutboxMail.objects.filter(kind="training.before").order_by("pk").values_list("text", flat=True)
    )


@pytest.mark.parametrize(("days", "sent"), [(8, 0), (7, 1), (6, 1), (0, 1), (-1, 0)])
def test_a_reminder_is_owed_from_its_day_to_the_first_day(days, sent):
    make_rule(7)
    make_booked()

    reminding.remind(before(days))

    assert len(texts()) == sent


def test_each_is_sent_once_also_when_the_job_runs_every_day():
    make_rule(7, words="Bring your laptop.", links=[("The reader", "https://read.example/a")])
    booking = make_booked(session=make_session(online_link="https://meet.example/a"))

    for days in range(9, -1, -1):
        reminding.remind(before(days))

    (mail,) = OutboxMail.objects.filter(kind="training.before")
    assert mail.to == [booking.person.user.email]
    assert mail.subject == f"Soon: {booking.session.course.title}, 6 January 2027"
    for words in ("Bring your laptop.", "The reader: https://read.example/a", "https://meet.example/a"):
        assert words in mail.text
    assert "Wednesday 6 January 2027, 9:30am to 4:30pm" in mail.text


def test_after_days_without_a_job_one_mail_with_what_still_matters():
    make_rule(14)
    make_rule(2)
    make_rule(10, MailKind.JOINING)
    make_rule(20, MailKind.MATERIALS)
    make_rule(5, MailKind.MATERIALS)
    make_booked()

    reminding.remind(before(1))
    reminding.remind(before(0))

    (text,) = texts()
    for words in ("joining 10", "reminder 2", "materials 20", "materials 5"):
        assert words in text
    assert "reminder 14" not in text


def test_rules_that_come_one_after_the_other_are_mails_of_their_own():
    make_rule(14)
    make_rule(2)
    make_booked()

    for days in (14, 13, 2, 1):
        reminding.remind(before(days))

    assert ["reminder 14" in text for text in texts()] == [True, False]


@pytest.mark.parametrize(
    "state", [BookingState.CANCELLED, BookingState.GIVEN, BookingState.WITHDRAWN, BookingState.WAITING]
)
def test_nobody_is_told_of_a_session_that_they_are_not_booked_on(state):
    """The control: it was owed to somebody who is."""
    make_rule(7)
    stays, goes = make_booked(), make_booked()
    values = {"state": state}
    if state != BookingState.WAITING:
        values["ended_at"] = MOMENT
    if state == BookingState.WITHDRAWN:
        values |= {"rebook_due": TODAY, "reason": "Unsafe."}
    Booking.objects.filter(pk=goes.pk).update(**values)

    reminding.remind(before(3))

    assert [mail.to for mail in OutboxMail.objects.all()] == [[stays.person.user.email]]


def test_nobody_is_told_of_a_cancelled_session():
    make_rule(7)
    booking = make_booked()
    CourseSession.objects.filter(pk=booking.session_id).update(
        state=SessionState.CANCELLED, cancelled_at=MOMENT, cancel_reason="Flood."
    )

    assert reminding.remind(before(3)) == []


def test_who_books_later_is_told_with_the_next_job():
    make_rule(7, MailKind.JOINING)
    first = make_booked()
    reminding.remind(before(7))
    second = make_booked(session=first.session)

    reminding.remind(before(6))

    assert [mail.to for mail in OutboxMail.objects.order_by("pk")] == [
        [first.person.user.email],
        [second.person.user.email],
    ]


def test_a_session_on_another_day_is_told_again():
    make_rule(7)
    booking = make_booked()
    reminding.remind(before(7))
    later = booking.session.first_at + timedelta(days=30)
    CourseSession.objects.update(first_at=later, last_at=later + timedelta(hours=7))

    reminding.remind(before(6))
    reminding.remind(timezone.localdate(later) - timedelta(days=7))

    assert len(texts()) == 2


def test_a_course_has_rules_of_its_own_by_kind():
    course = make_course()
    make_rule(7)
    make_rule(7, MailKind.JOINING)
    make_rule(3, words="own words", course=course)
    make_booked(session=make_session(course=course))
    make_booked()

    reminding.remind(before(5))
    reminding.remind(before(3))

    assert [("joining 7" in text, "reminder 7" in text, "own words" in text) for text in texts()] == [
        (True, False, False),
        (True, True, False),
        (False, False, True),
    ]


def test_a_rule_that_ended_sends_nothing():
    rules.end(make_rule(7), actor=None, today=TODAY)
    make_booked()

    assert reminding.remind(before(3)) == []


def test_a_dry_run_writes_nothing():
    make_rule(7)
    make_booked()

    results = [
        row for row in jobs.run_daily(before(3), dry_run=True) if row.name == "training.mails_before_sessions"
    ]

    assert [row.lines for row in results] == [["1 mails before sessions"]]
    assert texts() == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_job_asks_the_same_for_one_and_three_bookings(number, django_assert_num_queries):
    make_rule(7)
    session = make_session()
    for _each in range(number):
        make_booked(session=session)

    with django_assert_num_queries(7):
        reminding.remind(before(3))

    assert len(texts()) == number


# making rules


def test_the_officer_writes_rules_and_nobody_else():
    officer, administrator = make_role_holder("ld-officer"), make_role_holder("training-administrator")
    values = {"course": None, "kind": MailKind.REMINDER, "days_before": 7, "words": "Come.", "today": TODAY}

    rule = rules.add(**values, actor=officer)
    with pytest.raises(PermissionDenied):
        rules.add(**values, actor=administrator)
    with pytest.raises(PermissionDenied):
        rules.end(rule, actor=make_person(user=True).user, today=TODAY)

    assert MailRule.objects.filter(active=True).count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"words": "  "}, "words"),
        ({"days_before": 91}, "days_before"),
        ({"kind": "other"}, "kind"),
        ({"links": [("", "https://a.example")]}, "links"),
        ({"links": [("A", "javascript:alert(1)")]}, "links"),
        ({"links": [("A", "https://a b.example")]}, "links"),
        ({"links": [("A", "https://[a")]}, "links"),
        ({"links": [("A", "https://a.example")] * 11}, "links"),
    ],
)
def test_what_is_no_rule_is_refused_by_field(wrong, field):
    with pytest.raises(ValidationError) as raised:
        make_rule(**wrong)

    assert list(raised.value.message_dict) == [field]
    assert MailRule.objects.count() == 0


def test_the_same_rule_holds_once_and_may_come_again_when_it_has_ended():
    links = [("The reader", "https://read.example/a")]
    rule = make_rule(links=links)

    with pytest.raises(ValidationError, match="holds already"):
        make_rule(links=links)
    make_rule(links=[])
    make_rule(links=links, course=make_course())
    rules.end(rule, actor=None, today=TODAY)
    make_rule(links=links)

    assert MailRule.objects.filter(active=True).count() == 3


def test_a_rule_ends_once():
    rule = make_rule()
    rules.end(rule, actor=None, today=TODAY)

    with pytest.raises(ValidationError, match="ended already"):
        rules.end(rule, actor=None, today=TODAY)


def test_the_screen_adds_and_ends_a_rule(client):
    client.force_login(make_role_holder("ld-officer"))
    course = make_course(title="Fire warden")
    typed = {
        "act": "add",
        "course": course.pk,
        "kind": "joining",
        "days_before": "5",
        "words": "Ask at the desk.",
    }

    wrong = client.post("/training/mail-rules/", {**typed, "links": "https://a.example"})
    client.post("/training/mail-rules/", {**typed, "links": "https://a.example The way\n\n"})
    rule = MailRule.objects.get()
    shown = client.get("/training/mail-rules/").content.decode()
    client.post("/training/mail-rules/", {"act": "end", "rule": rule.pk})

    assert (
        "Each line is an address" in wrong.content.decode() and "Ask at the desk." in wrong.content.decode()
    )
    assert (rule.course, rule.links) == (course, [{"title": "The way", "url": "https://a.example"}])
    assert "Fire warden: joining instructions, 5 days before" in shown
    assert not MailRule.objects.filter(active=True).exists()


def test_the_screen_is_not_there_for_others(client):
    client.force_login(make_person(user=True).user)

    assert client.get("/training/mail-rules/").status_code == 404
