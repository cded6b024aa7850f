"""Tables row by row and cell by cell."""

from policy_pages.changes.comparing import compare
from tests.factories.frozen import make_content, make_table
from tests.policy_pages.changes.test_marking import shown


def test_a_cell_is_marked_in_its_row():
    old = make_table(("Weekdays", "The named nurse, 01632 960 010"), ("Nights", "The site manager"))
    new = make_table(("Weekdays", "The named nurse, 01632 960 099"), ("Nights", "The site manager"))

    (change,) = compare(make_content(old), make_content(new)).changes

    (row,) = change.grid.rows
    assert (change.kind.value, change.grid.same, row.kind) == ("wording", 1, "changed")
    assert [(shown(cell.was), shown(cell.now)) for cell in row.cells] == [
        ("<p>Weekdays</p>", "<p>Weekdays</p>"),
        ("<p>The named nurse, 01632 960 ~010~</p>", "<p>The named nurse, 01632 960 {099}</p>"),
    ]


def test_rows_come_go_and_stay_in_their_order():
    old = make_table(("Monday", "Ann"), ("Tuesday", "Bob"), ("Wednesday", "Cy"))
    new = make_table(("Sunday", "Zoe"), ("Monday", "Ann"), ("Wednesday", "Cyd"))

    (change,) = compare(make_content(old), make_content(new)).changes

    assert [(row.kind, shown(row.cells[0].now or row.cells[0].was)) for row in change.grid.rows] == [
        ("new", "<p>{Sunday}</p>"),
        ("removed", "<p>~Tuesday~</p>"),
        ("changed", "<p>Wednesday</p>"),
    ]
    assert change.grid.same == 1


def test_columns_come_go_and_change_their_name():
    old = make_table(("Monday", "Ann", "9am"), head=("Day", "Who", "From"))
    new = make_table(("Monday", "Ann", "Ward 2"), head=("Day", "Person", "Where"))
    fewer = make_table(("Monday", "Ann"), head=("Day", "Who"))

    (renamed,) = compare(make_content(old), make_content(new)).changes
    (removed,) = compare(make_content(old), make_content(fewer)).changes

    assert renamed.grid.notes == (
        "The column “Who” is called “Person” now.",
        "The column “From” is called “Where” now.",
    )
    assert removed.grid.notes == ("Removed column: “From”.",)
    assert removed.grid.head == ("Day", "Who", "From")
    assert [shown(cell.was) for cell in removed.grid.rows[0].cells] == [
        "<p>Monday</p>",
        "<p>Ann</p>",
        "<p>~9am~</p>",
    ]


def test_a_duty_in_a_cell_is_a_duty():
    old = {"type": "roles_table", "id": "r", "heading": "", "rows": [
        {"role": "Ward manager", "responsibilities": "<p>should keep the list</p>", "tasks": ""}]}  # fmt: skip
    new = old | {"rows": [old["rows"][0] | {"responsibilities": "<p>must keep the list</p>"}]}

    (change,) = compare(make_content(old), make_content(new)).changes

    assert (change.kind.value, change.duty.was, change.duty.now) == ("stronger", "should", "must")


def test_the_meaning_of_a_term_is_no_duty():
    old = {"type": "definitions", "id": "d", "heading": "Terms", "rows": [
        {"term": "Must", "html": "<p>should be the law</p>"}]}  # fmt: skip
    new = old | {"rows": [{"term": "Must", "html": "<p>must be the law</p>"}]}

    (change,) = compare(make_content(old), make_content(new)).changes

    assert (change.kind.value, change.duty) == ("wording", None)
