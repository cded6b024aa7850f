import csv
import io

import pytest
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from kernel.content.exports import (
    LONGEST_CELL,
    SafeSpreadsheetMixin,
    clean_text,
    neutralise_csv,
    neutralise_xlsx,
)

FORMULAS = [
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "\uff1d1+1",
    "=cmd|' /C calc'!A0",
]
LONG = "x" * 40_000


class Row:
    def __init__(self, **values):
        self.__dict__.update(values)


class Rows(list):
    model = Row


class Report(SafeSpreadsheetMixin):
    list_export = ["name", "count"]
    export_headings = {"name": "=HYPERLINK(1)", "count": "Count\x0b"}


def xlsx(rows, **overrides):
    view, output = Report(), io.BytesIO()
    view.__dict__.update(overrides)
    view.write_xlsx(Rows(rows), output)
    return load_workbook(output)


def cells(sheet):
    return [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()]


def read_csv(rows):
    text = b"".join(Report().stream_csv(Rows(rows))).decode()
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_takes_no_cell_for_a_formula(text):
    assert read_csv([Row(name=text, count=-3)]) == [["'=HYPERLINK(1)", "Count"], [f"'{text}", "-3"]]


@pytest.mark.parametrize("text", ["a=b", "12 March", "Ana-Lee", ""])
def test_csv_leaves_ordinary_text(text):
    assert neutralise_csv(text) == text


@pytest.mark.parametrize("text", FORMULAS)
def test_xlsx_has_no_formula_not_even_in_a_heading(text):
    sheet = xlsx([Row(name=text, count=-3)]).worksheets[0]

    assert {kind for row in cells(sheet) for _value, kind in row} == {"s", "n"}
    assert sheet["B2"].value == -3


def test_control_characters_do_not_lose_the_workbook():
    sheet = xlsx([Row(name="a\x0bb\x00c\ud800d\uffff", count="e\tf\n")]).worksheets[0]

    assert [cell.value for cell in sheet[2]] == ["abcd", "e\tf\n"]
    assert sheet["B1"].value == "Count"


def test_what_is_too_long_is_cut_and_says_so():
    text = xlsx([Row(name=LONG, count=1)]).worksheets[0]["A2"].value

    assert len(text) == LONGEST_CELL
    assert text.endswith("xxx [cut here: the text has 40000 letters]")
    assert neutralise_xlsx("x" * LONGEST_CELL) == "x" * LONGEST_CELL
    assert read_csv([Row(name=LONG, count=1)])[1][0] == LONG


def test_too_many_rows_go_on_in_a_second_part_with_headings():
    workbook = xlsx([Row(name=f"n{number}", count=number) for number in range(5)], most_rows=3)

    assert [[row[0][0] for row in cells(sheet)] for sheet in workbook.worksheets] == [
        ["=HYPERLINK(1)", "n0", "n1"],
        ["=HYPERLINK(1)", "n2", "n3"],
        ["=HYPERLINK(1)", "n4"],
    ]
    assert workbook.sheetnames == ["Part 1", "Part 2", "Part 3"]


def test_no_rows_give_the_headings():
    assert [row[0][0] for row in cells(xlsx([]).worksheets[0])] == ["=HYPERLINK(1)"]


def test_what_is_no_text_stays():
    assert [clean_text(value) for value in (1, None, True, gettext_lazy("x\x0b"))] == [1, None, True, "x"]
