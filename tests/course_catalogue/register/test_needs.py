"""What helps people take part: who may know it, and that it goes (S1-17)."""

from datetime import date

import pytest

from course_catalogue.register import needs
from kernel.audit.models import AuditEntry, AuditWords
from tests.factories.courses import make_booking
from tests.factories.organisation import make_person, make_role_holder
from tests.factories.register import make_register, make_teacher

pytestmark = pytest.mark.django_db
TODAY = date(2027, 1, 6)
WORDS = "a hearing loop, marker-needs"


def test_trainer_administrator_officer_and_the_person_know_them_and_nobody_else():
    day, _bookings, administrator = make_register()
    person = make_person(user=True)
    booking = make_booking(session=day.session, person=person, access_needs=WORDS)
    other_day, _bookings, _administrator = make_register()
    knowing = [make_teacher(day), administrator, make_role_holder("ld-officer")]
    strangers = [
        make_teacher(other_day),
        make_person(user=True).user,
        make_role_holder("education-officer"),
        make_role_holder("agency-coordinator", agency=person.agency),
    ]

    assert [needs.may_see(user, booking, TODAY) for user in [*knowing, person.user]] == [True] * 4
    assert [needs.may_see(user, booking, TODAY) for user in strangers] == [False] * 4
    assert [needs.of(day.session, user, TODAY) for user in knowing] == [{person.pk: WORDS}] * 3
    assert [needs.of(day.session, user, TODAY) for user in strangers] == [{}] * 4


@pytest.mark.parametrize(
    ("today", "gone"), [(date(2027, 2, 4), False), (date(2027, 2, 5), True), (date(2027, 6, 1), True)]
)
def test_they_are_erased_thirty_days_after_the_last_day(today, gone):
    day, (ann, _bob), _officer = make_register()
    ann.access_needs = WORDS
    ann.save()

    needs.erase(today, False)

    ann.refresh_from_db()
    assert (ann.access_needs == "") is gone
    assert needs.gone_on(day.session) == date(2027, 2, 5)


def test_the_trail_keeps_that_and_no_words():
    day, (ann, bob), _officer = make_register()
    for booking in (ann, bob):
        booking.access_needs = WORDS
        booking.save()

    lines = needs.erase(date(2027, 3, 1), False)

    entry = AuditEntry.objects.get(action="training.erase_needs")
    assert entry.facts == {"bookings": 2}
    assert "marker-needs" not in str(AuditWords.objects.get(entry=entry).__dict__)
    assert lines == [f"session {day.session_id}: 2"]
    assert needs.erase(date(2027, 3, 2), False) == []


def test_a_dry_run_erases_nothing(settings):
    settings.TRAINING_NEEDS_DAYS = 0
    _day, (ann, _bob), _officer = make_register()
    ann.access_needs = WORDS
    ann.save()

    assert len(needs.erase(TODAY, True)) == 1
    ann.refresh_from_db()
    assert ann.access_needs == WORDS
