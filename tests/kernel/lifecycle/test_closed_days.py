from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kernel.lifecycle.closed_days import closed_between
from kernel.lifecycle.enums import Nation
from kernel.lifecycle.models import ClosedDay

pytestmark = pytest.mark.django_db
MARCH = date(2027, 3, 1), date(2027, 3, 31)


def _close(day, nation=""):
    return ClosedDay.objects.create(day=day, nation=nation, reason="Stocktaking")


def test_days_closed_everywhere_and_in_the_nation_count_those_of_others_do_not():
    _close(date(2027, 3, 1))
    _close(date(2027, 3, 31), Nation.WALES)
    _close(date(2027, 3, 15), Nation.SCOTLAND)
    _close(date(2027, 4, 1))

    assert closed_between(*MARCH, Nation.WALES) == {date(2027, 3, 1), date(2027, 3, 31)}


def test_one_query_answers(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert closed_between(*MARCH, Nation.ENGLAND) == frozenset()


def test_a_day_is_closed_once_in_one_place():
    _close(date(2027, 3, 1))
    again = ClosedDay(day=date(2027, 3, 1), reason="Again")

    with pytest.raises(ValidationError, match="closed there already"):
        again.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()
