"""The five seed documents, which lie beside the repository and are no part of it: our words come from nowhere else.

Where the folder is another one, ASSURANCE_SEEDS names it.
"""

import json
import os
from functools import cache
from pathlib import Path

import pytest

from policy_pages.importing import plain
from policy_pages.importing.receipt import receipt_of
from policy_pages.importing.recognising import recognise

ROOT = Path(__file__).resolve().parents[3]
SEEDS = Path(os.environ.get("ASSURANCE_SEEDS", ROOT.parent / "shared" / "seeds"))
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the folder of seeds is not beside the repository")
LISTS = {
    "strategy_checklist": "002",
    "training_plan_checklist": "002",
    "opportunity_kinds": "002",
    "qa_single_agency": "004",
    "qa_multi_agency": "004",
    "subgroup_functions": "004",
    "agency_duties": "004",
    "eia_rows": "003",
    "guiding_principles_engagement": "003",
    "patient_safety_principles": "003",
    "learning_response_types": "003",
}


@cache
def receipt(number) -> dict:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    with path.open("rb") as file:
        source = plain.read(file)
    return receipt_of(source, recognise(source))


@cache
def expected() -> dict:
    return json.loads((SEEDS / "expected.json").read_text())


def squeezed(lines):
    return [" ".join(line.split()) for line in lines]


def messages(number, code):
    return [row["message"] for row in receipt(number)["warnings"] if row["code"] == code]


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_every_word_that_comes_in_goes_out(number):
    found = receipt(number)

    assert (found["words_in"], found["lost"], found["refused"]) == (found["words_out"], [], None)
    assert found["words_in"] > 400


def test_nineteen_sections_with_their_numbers():
    """S3-10."""
    rows = [row for row in receipt("003")["sections"] if row["kind"] == "section" and row["level"] == 1]

    assert [[row["number"], row["title"]] for row in rows] == expected()["sections_003"]
    assert receipt("003")["tables"] == 3  # S3-15: the layout table is none


def test_a_clause_of_another_section_is_told_and_kept():
    """S3-11: and the map leads to both."""
    assert messages("003", "number_out_of_place") == [
        "19.0 contains 18.1 (duplicate of 18.1 in 18.0). Both are kept as written."
    ]
    numbers = receipt("003")["numbering_map"]
    assert len({numbers["18.1"], numbers["18.1 (2)"]}) == 2


def test_a_clause_without_a_number():
    """S3-12."""
    (message,) = messages("003", "clause_without_number")

    assert message.startswith("6.0 ")
    lines = receipt("003")["text"].split("\n")
    place = next(n for n, line in enumerate(lines) if line.startswith("6.0 "))
    assert lines[place + 1][0].isalpha() and lines[place + 2].startswith("7.0 ")


def test_marks_of_the_conversion_go_and_lost_pictures_are_told():
    """S3-13."""
    found = receipt("003")

    assert not [line for line in found["text"].split("\n") if "[bookmark" in line or "[image" in line]
    assert found["left_out"]["conversion marks"].count("[bookmark") == 10
    places = [row["where"].split(",")[0] for row in found["warnings"] if row["code"] == "missing_image"]
    assert places == ["15.1", "18.1"]


def test_six_appendices_two_with_one_label():
    """S3-14."""
    labels = [row["number"].lower() for row in receipt("003")["appendices"]]

    assert labels == ["appendix 1", "appendix 2", "appendix 3", "appendix 4", "appendix 5", "appendix 1"]
    assert len(messages("003", "duplicate_label")) == 1
    assert all(row["title"] for row in receipt("003")["appendices"])


def test_seven_roles_with_two_lists_each():
    """S0-06."""
    roles = receipt("000")["roles"]

    assert [row["role"] for row in roles] == squeezed(expected()["roles_000"])
    assert [(len(row["responsibilities"]), len(row["tasks"])) for row in roles] == [
        (2, 4),
        (5, 5),
        (6, 6),
        (9, 3),
        (5, 4),
        (2, 3),
        (4, 3),
    ]


def test_placeholders_one_per_occurrence():
    """S0-01, S1-02, S1-18."""
    found = {number: receipt(number)["placeholders"] for number in ("000", "001", "002", "003", "004")}

    names = ("placeholders_000", "placeholders_001")
    assert [found["000"], found["001"]] == [expected()[name] for name in names]
    assert [found["002"], found["003"], found["004"]] == [[], [], []]


def test_the_sentence_that_names_another_policy_is_told():
    """S1-03."""
    (message,) = messages("001", "other_policy_named")

    assert "recruitment" in message and "[Insert link to]" in message


def test_five_headings_are_five_sections_in_order():
    """S1-19."""
    rows = receipt("001")["sections"]

    assert [(row["level"], row["kind"]) for row in rows] == [(1, "section")] * 5
    assert [row["title"].split()[0] for row in rows] == ["What", "What", "What", "What", "Our"]


def test_what_is_left_from_another_board_is_told():
    """S4-03."""
    assert messages("004", "number_out_of_place") == [
        "3 contains 1.1 (duplicate of 1.1 in 1). Both are kept as written."
    ]
    (message,) = messages("004", "unknown_abbreviation")
    assert message.startswith("HSCB is not explained; is LSCB meant?")


def test_two_dead_links_are_told():
    """S4-04."""
    places = [row["where"].split(",")[0] for row in receipt("004")["warnings"] if row["code"] == "dead_link"]

    assert places == ["4.2", "4.4"]


def test_an_appendix_that_is_named_and_missing():
    """S2-36."""
    (message,) = messages("002", "missing_appendix")

    assert message.startswith("Appendix B is referred to and not present")


@pytest.mark.parametrize(("key", "number"), LISTS.items())
def test_lists_keep_the_words_of_the_source(key, number):
    items = [squeezed(one["items"]) for one in receipt(number)["lists"]]

    assert squeezed(expected()[key]) in items


@pytest.mark.parametrize("key", ["appendix4_service_users_lines", "appendix5_staff_lines"])
def test_lines_of_the_contact_guides_stand_in_order(key):
    lines, wanted = receipt("003")["text"].split("\n"), squeezed(expected()[key])

    starts = [place for place, line in enumerate(lines) if line == wanted[0]]
    assert any(lines[place : place + len(wanted)] == wanted for place in starts)


def test_what_no_seed_states_is_told():
    for number in ("000", "003"):
        (message,) = messages(number, "control_not_found")
        assert "title" in message and "review date" in message
