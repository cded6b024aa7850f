from datetime import date

import pytest

from kernel.meetings import kinds
from tests.factories import meetings as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


class Other(make.Motions):
    key = "tests.another"


def test_kinds_answer_in_the_order_of_their_keys(meeting, motions):
    kinds.register(other := Other())
    try:
        other.rows[1] = make.Motion(meeting.body_id, "Another")
        found = [(kind.key, row.title) for kind, row in kinds.waiting(meeting.body, TODAY)]
    finally:
        del kinds.KINDS[other.key]

    assert found == [
        ("tests.another", "Another"),
        ("tests.motion", "First motion"),
        ("tests.motion", "Second motion"),
    ]


def test_nothing_waits_where_no_kind_has_anything(meeting, motions):
    motions.rows.clear()

    assert kinds.waiting(meeting.body, TODAY) == []
    assert kinds.standings([], TODAY) == {}


def test_item_whose_kind_is_not_there_has_no_standing(meeting, motions):
    items = make.put(meeting, motions.key, 1)
    items[0].kind = "nobody.knows"

    assert kinds.standings(items, TODAY) == {}


def test_a_kind_that_raises_refuses(meeting, motions):
    items = make.put(meeting, motions.key, 1)
    motions.rows[1].title = None  # a front sheet without a title cannot be asked for by this kind
    motions.standings = lambda numbers, today: 1 / 0

    with pytest.raises(ZeroDivisionError):
        kinds.standings(items, TODAY)


def test_two_kinds_of_one_name_are_refused(motions):
    class Impostor(make.Motions):
        """Says that it is the other."""

    with pytest.raises(ValueError, match=r"tests\.motion"):
        kinds.register(Impostor())
    with pytest.raises(ValueError, match="called ''"):
        kinds.register(kinds.Kind())
    kinds.register(motions)


@pytest.mark.parametrize(
    "ask",
    [
        lambda kind: kind.waiting(None, TODAY),
        lambda kind: kind.standings([], TODAY),
        lambda kind: kind.front_sheets([], TODAY),
        lambda kind: kind.record(1, actor=None, today=TODAY, answer=None),
        lambda kind: kind.confirm(1, actor=None, today=TODAY, reference=""),
        lambda kind: kind.dispute(1, actor=None, today=TODAY, reason=""),
    ],
)
def test_a_handler_says_everything_itself(ask):
    with pytest.raises(NotImplementedError):
        ask(kinds.Kind())
    assert kinds.Kind().picture("/anything") is None
