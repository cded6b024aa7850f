import pytest

from kernel.audit import record
from kernel.audit.models import AuditEntry
from kernel.lifecycle.models import ClosedDay
from tests.factories.audit import make_actor, make_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_days(tea):
    days = [ClosedDay.objects.create(day=f"2027-03-{day}", reason="tea") for day in (12, 13)]
    for day in days:
        record(tea, actor=make_actor(f"of{day.pk}"), target=day, refused=day.day.endswith("13"))
    return days


def test_the_trail_of_one_thing(two_days):
    record("suite.tea", actor=None, target=two_days[0], words={"why": "second cup"})

    trail = AuditEntry.objects.about(two_days[0])

    assert [(entry.actor_name, entry.words) for entry in trail] == [
        ("the system", {"why": "second cup"}),
        ("Ada Byron", {}),
    ]


def test_the_trail_of_one_person(two_days):
    actor = make_actor(f"of{two_days[1].pk}")

    assert [entry.target_title for entry in AuditEntry.objects.by(actor)] == ["2027-03-13 tea"]


def test_what_was_refused(two_days):
    assert [entry.target_id for entry in AuditEntry.objects.refusals()] == [str(two_days[1].pk)]


@pytest.mark.parametrize("rows", [1, 3])
def test_reading_with_words_is_one_query(rows, django_assert_num_queries):
    for _turn in range(rows):
        make_entry()

    with django_assert_num_queries(1):
        names = [(entry.actor_name, entry.words) for entry in AuditEntry.objects.with_words()]

    assert names == [("Ada Byron", {"note": "spoken with Ada"})] * rows
