"""Until when a place is held or offered: working days, to the hour."""

from datetime import datetime

import pytest
from django.utils import timezone

from course_catalogue.booking import deadlines
from course_catalogue.models import CourseSession
from kernel.lifecycle.models import ClosedDay


def at(*parts) -> datetime:
    return timezone.make_aware(datetime(*parts))


def session(first=(2027, 6, 1, 9, 0), closes=None) -> CourseSession:
    return CourseSession(first_at=at(*first), last_at=at(*first), closes_at=closes and at(*closes))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("now", "last"),
    [
        ((2026, 11, 23, 10, 0), (2026, 11, 30, 17, 0)),
        ((2026, 11, 23, 16, 59), (2026, 11, 30, 17, 0)),
        ((2026, 11, 23, 17, 0), (2026, 12, 1, 17, 0)),
        ((2026, 11, 28, 10, 0), (2026, 12, 4, 17, 0)),
        ((2026, 12, 22, 10, 0), (2026, 12, 31, 17, 0)),
        ((2026, 12, 24, 18, 0), (2027, 1, 5, 17, 0)),
        ((2027, 3, 25, 10, 0), (2027, 4, 5, 17, 0)),
    ],
)
def test_five_working_days_for_the_manager(now, last):
    """Weekends, Christmas with its substitute day, New Year and Easter left out; the summer time of March too."""
    assert deadlines.hold_until(session(), now=at(*now)) == at(*last)


@pytest.mark.django_db
def test_a_local_closed_day_counts_too_and_other_nations_do_not():
    ClosedDay.objects.create(day=datetime(2026, 11, 25).date(), nation="", reason="system change")
    ClosedDay.objects.create(day=datetime(2026, 11, 26).date(), nation="SCT", reason="elsewhere")

    assert deadlines.offer_until(session(), now=at(2026, 11, 23, 10, 0)) == at(2026, 11, 26, 17, 0)


@pytest.mark.django_db
def test_the_settings_say_how_many_days_which_hour_and_whose_holidays(settings):
    settings.TRAINING_HOLD_DAYS, settings.TRAINING_OFFER_DAYS = 2, 1
    settings.TRAINING_ANSWER_HOUR, settings.TRAINING_NATION = 12, "SCT"
    now = at(2026, 11, 27, 10, 0)

    assert deadlines.hold_until(session(), now=now) == at(2026, 12, 2, 12, 0)
    assert deadlines.offer_until(session(), now=now) == at(2026, 12, 1, 12, 0)


@pytest.mark.django_db
def test_a_hold_ends_when_the_date_begins_and_an_offer_when_booking_closes():
    soon = session((2026, 11, 25, 9, 0), (2026, 11, 24, 12, 0))
    now = at(2026, 11, 23, 10, 0)

    assert deadlines.hold_until(soon, now=now) == at(2026, 11, 25, 9, 0)
    assert deadlines.offer_until(soon, now=now) == at(2026, 11, 24, 12, 0)


@pytest.mark.parametrize(
    ("closes", "last"),
    [
        (None, (2027, 6, 1, 9, 0)),
        ((2027, 5, 1, 9, 0), (2027, 5, 1, 9, 0)),
        ((2027, 7, 1, 9, 0), (2027, 6, 1, 9, 0)),
    ],
)
def test_booking_closes_at_the_latest_when_the_date_begins(closes, last):
    assert deadlines.closes_at(session(closes=closes)) == at(*last)


def test_a_moment_in_words():
    assert deadlines.in_words(at(2026, 11, 30, 17, 0)) == "5pm on Monday 30 November 2026"
    assert deadlines.in_words(at(2027, 3, 29, 9, 30)) == "9:30am on Monday 29 March 2027"
