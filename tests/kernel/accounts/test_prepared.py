"""A prepared query answers as the queryset it was made from, for every kind of value and at each question anew."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kernel.accounts.models import User, UserSession
from kernel.accounts.prepared import Prepared
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def joined(number: int, name: str, day: date):
    rows = User.objects.filter(pk=number, last_name=name, date_joined__date__lte=day)
    return rows.values_list("email")


def test_numbers_words_and_days_take_their_places():
    one, two = make_user(last_name="Nair"), make_user(last_name="O'Neill %s")
    User.objects.update(date_joined=NOON)
    asked = Prepared(joined, int, str, date)

    assert asked.first(one.pk, "Nair", date(2026, 3, 2)) == (one.email,)
    assert asked.first(two.pk, "O'Neill %s", date(2026, 3, 2)) == (two.email,)
    assert asked.first(one.pk, "O'Neill %s", date(2026, 3, 2)) is None
    assert asked.first(one.pk, "Nair", date(2026, 3, 1)) is None


def live(key: str, now: datetime):
    return UserSession.objects.filter(session_key=key, expire_date__gt=now).values_list("session_data")


def test_moments_take_their_places():
    UserSession.objects.create(session_key="k" * 32, session_data="words", expire_date=NOON)
    asked = Prepared(live, str, datetime)

    assert asked.first("k" * 32, NOON - timedelta(seconds=1)) == ("words",)
    assert asked.first("k" * 32, NOON) is None


def named(name: str, other: str):
    return User.objects.filter(last_name__in=[name, other]).order_by("pk").values_list("pk")


def test_two_words_of_one_kind_are_told_apart_and_parts_follow_each_other():
    users = [make_user(last_name=name) for name in ("Nair", "Reid", "Lowe", "Nair")]
    asked = Prepared(named, str, str)

    assert asked.part(0, 2, "Nair", "Reid") == [(users[0].pk,), (users[1].pk,)]
    assert asked.part(2, 2, "Nair", "Reid") == [(users[3].pk,)]
    assert asked.part(0, 9, "Lowe", "Lowe") == [(users[2].pk,)]
    assert asked.all("Lowe", "Lowe") == [(users[2].pk,)]
    assert (asked.count("Nair", "Reid"), asked.count("Quibble", "Quibble")) == (3, 0)


def when(number: int):
    return User.objects.filter(pk=number).values_list("date_joined", "is_active")


def test_answers_are_what_django_gives():
    user = make_user()
    User.objects.update(date_joined=NOON)

    assert Prepared(when, int).first(user.pk) == (NOON, True)
    assert type(Prepared(when, int).first(user.pk)[1]) is bool


def test_too_few_values_are_an_error():
    with pytest.raises(ValueError, match="shorter"):
        Prepared(named, str, str).first("Nair")
