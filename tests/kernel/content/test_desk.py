from datetime import date

import pytest

from kernel.content.desk import DeskRow, by_verb, in_order


def make_row(**overrides):
    return DeskRow(
        **{"verb": "decide", "title": "A", "why": "You own it.", "url": "/a/", "button": "Go"} | overrides
    )


def test_overdue_first_then_by_date_then_by_name():
    rows = [
        make_row(title="no day"),
        make_row(title="later", by=date(2026, 12, 2)),
        make_row(title="b soon", by=date(2026, 12, 1)),
        make_row(title="a soon", by=date(2026, 12, 1)),
        make_row(title="late", by=date(2026, 12, 3), overdue=True),
    ]

    assert [row.title for row in in_order(rows)] == ["late", "a soon", "b soon", "later", "no day"]


def test_groups_come_in_the_order_of_the_verbs_without_empty_ones():
    rows = [make_row(verb="write"), make_row(verb="read"), make_row(verb="decide")]

    assert [str(label) for label, _rows in by_verb(rows)] == ["Decide", "Read", "Write"]


def test_an_unknown_verb_is_an_error():
    with pytest.raises(ValueError, match="approve"):
        make_row(verb="approve")
