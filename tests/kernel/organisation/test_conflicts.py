from datetime import date

import pytest
from django.core.exceptions import ValidationError

from kernel.organisation.conflicts import check_posts, check_seats
from kernel.organisation.models import BodyMembership, Post

HALF_YEAR = {"from_on": date(2026, 6, 30), "until_on": date(2026, 12, 31)}
PERIODS = [
    (date(2026, 1, 1), date(2026, 6, 29), False),
    (date(2026, 1, 1), date(2026, 6, 30), True),
    (date(2026, 12, 31), None, True),
    (date(2027, 1, 1), None, False),
]


def refuses(check, rows) -> bool:
    try:
        check(rows)
    except ValidationError:
        return True
    return False


def seat(person, capacity, **period):
    return BodyMembership(person_id=person, capacity=capacity, **period)


@pytest.mark.parametrize(("from_on", "until_on", "refused"), PERIODS)
def test_one_chair_a_day(from_on, until_on, refused):
    period = {"from_on": from_on, "until_on": until_on}

    assert refuses(check_seats, [seat(1, "chair", **HALF_YEAR), seat(2, "chair", **period)]) is refused
    assert refuses(check_seats, [seat(1, "member", **HALF_YEAR), seat(2, "member", **period)]) is False


@pytest.mark.parametrize(("from_on", "until_on", "refused"), PERIODS)
def test_nobody_twice_in_one_seat_on_one_day(from_on, until_on, refused):
    period = {"from_on": from_on, "until_on": until_on}

    assert refuses(check_seats, [seat(1, "member", **HALF_YEAR), seat(1, "member", **period)]) is refused
    assert refuses(check_seats, [seat(1, "secretary", **HALF_YEAR), seat(1, "member", **period)]) is False


@pytest.mark.parametrize(("from_on", "until_on", "refused"), PERIODS)
def test_one_main_post_a_day(from_on, until_on, refused):
    main, second = Post(primary=True, **HALF_YEAR), Post(primary=True, from_on=from_on, until_on=until_on)
    side = Post(primary=False, from_on=from_on, until_on=until_on)

    assert refuses(check_posts, [main, second]) is refused
    assert refuses(check_posts, [main, side]) is False
