"""The receipt: its keys, its numbers, and that a loss shows wherever it happens."""

import json
import time
from dataclasses import replace

import pytest

from policy_pages import freezing
from policy_pages.importing import receipt
from policy_pages.importing.recognised import Recognised
from policy_pages.importing.recognising import recognise
from policy_pages.importing.source import Paragraph, Piece, Source, words_of
from tests.factories import policies as make
from tests.factories.sources import heading, item, make_paragraph, make_source, make_table

KEYS = {
    "title",
    "sections",
    "tables",
    "images",
    "text",
    "document_control",
    "roles",
    "appendices",
    "placeholders",
    "words_in",
    "words_out",
    "left_out",
    "numbering_map",
    "warnings",
    "refused",
    "lists",
    "lost",
}
TITLE = make_paragraph("Lifting policy", is_title=True)


def document():
    noted = Paragraph([Piece("Belts are kept dry"), Piece("", note="n1"), Piece(".")], "paragraph 9")
    return make_source(
        TITLE,
        make_table(["Version", "3.1"], ["Ratified by", "Quality Committee"], place="table 1"),
        heading("1.0 AIM", place="paragraph 2"),
        make_paragraph("1.1 Nobody lifts alone.", place="paragraph 3"),
        make_paragraph("1.2 Bring with you:", place="paragraph 4"),
        item("a belt", place="paragraph 5"),
        item("a friend", 1, place="paragraph 6"),
        heading("Who does what", 2, number="1.3", place="paragraph 7"),
        make_table(["Role", "Duties", "Tasks"], ["Matron", [item("Counts belts")], "Signs"], place="table 2"),
        heading("2.0 WORDS", place="paragraph 8"),
        make_table(["Term", "Meaning"], ["Belt", "What holds."], ["Hoist", "What lifts."], place="table 3"),
        noted,
        make_table(["Day", "Desk"], ["Monday", "North <1>"], place="table 4"),
        heading("Appendix A: Form", place="paragraph 10"),
        make_paragraph("Name of the patient & ward", place="paragraph 11"),
        notes={"n1": [make_paragraph("Makers say so.", place="note 1")]},
    )


def made(source):
    return receipt.receipt_of(source, recognise(source))


def test_the_receipt_has_its_keys_and_is_json():
    found = made(document())

    assert set(found) == KEYS
    assert json.loads(json.dumps(found)) == found
    assert (found["refused"], found["lost"], found["words_in"]) == (None, [], found["words_out"])


def test_headed_parts_stand_in_reading_order_with_level_and_kind():
    assert [
        (row["number"], row["title"], row["level"], row["kind"]) for row in made(document())["sections"]
    ] == [
        ("1.0", "AIM", 1, "section"),
        ("1.3", "Who does what", 2, "section"),
        ("2.0", "WORDS", 1, "section"),
        ("Appendix A", "Form", 1, "appendix"),
    ]


def test_the_text_is_all_that_a_reader_sees_in_order():
    assert made(document())["text"].split("\n") == [
        "Lifting policy",
        "Version: 3.1",
        "Ratified by: Quality Committee",
        "1.0 AIM",
        "1.1 Nobody lifts alone.",
        "1.2 Bring with you:",
        "· a belt",
        "· a friend",
        "1.3 Who does what",
        "Role",
        "Duties",
        "Tasks",
        "Matron",
        "· Counts belts",
        "Signs",
        "2.0 WORDS",
        "Term",
        "Meaning",
        "Belt",
        "What holds.",
        "Hoist",
        "What lifts.",
        "Belts are kept dry1.",
        "Day",
        "Desk",
        "Monday",
        "North <1>",
        "Appendix A Form",
        "Name of the patient & ward",
        "Notes",
        "1. Makers say so.",
    ]


#: Every block of the document but the heading of its notes, which is ours.
PLACES = [*range(11), 12]


def test_the_document_of_these_tests_has_thirteen_blocks():
    assert len(recognise(document()).blocks) == 13


@pytest.mark.parametrize("place", PLACES)
def test_a_block_that_is_dropped_shows_with_its_words_and_place(place):
    source = document()
    whole = recognise(source)
    dropped = whole.blocks[place]
    left = replace(whole, blocks=[block for block in whole.blocks if block is not dropped])

    found = receipt.receipt_of(source, left)

    lost = [word for row in found["lost"] for word in words_of(row["words"])]
    assert found["words_in"] - found["words_out"] == len(lost) > 0
    if dropped.id != whole.notes:
        assert dropped.place in found["lost"][0]["where"]


def test_a_fact_or_a_title_that_is_dropped_shows():
    source = document()
    whole = recognise(source)

    without_fact = receipt.receipt_of(source, replace(whole, facts=whole.facts[1:]))
    without_title = receipt.receipt_of(source, replace(whole, title="", title_place=""))

    assert [(row["words"], row["where"][:7]) for row in without_fact["lost"]] == [
        ("Version", "table 1"),
        ("3.1", "table 1"),
    ]
    assert [row["words"] for row in without_title["lost"]] == ["Lifting policy"]


def test_words_of_the_file_that_the_reader_lost_show_too():
    source = make_source(TITLE, "Lift well.", words=["Lifting", "policy", "Lift", "well.", "Never", "alone."])

    found = made(source)

    assert (found["words_in"], found["words_out"]) == (6, 4)
    assert found["lost"] == [{"words": "Never alone", "where": "in the file; the reader did not hand it on"}]


def test_words_that_the_source_does_not_have_are_told():
    source = make_source(TITLE, "Lift well.", words=["Lifting", "policy", "Lift"])

    found = made(source)

    assert (found["words_in"], found["words_out"]) == (3, 4)
    assert "words_added" in [row["code"] for row in found["warnings"]]


def test_one_lost_word_is_found_in_its_paragraph():
    source = document()
    whole = recognise(source)
    clause = next(block for block in whole.blocks if block.number == "1.1")
    clause.value["text"] = "<p>Nobody alone.</p>"

    assert receipt.receipt_of(source, whole)["lost"] == [{"words": "lifts", "where": "paragraph 3"}]


def test_thousands_of_lost_paragraphs_are_each_named_in_time():
    words = [f"lost{n} gone{n} away{n}" for n in range(8000)]
    source = Source(
        [make_paragraph(text, place=f"paragraph {n}") for n, text in enumerate(words)],
        " ".join(words).split(),
    )
    begin = time.process_time()

    lost = receipt.receipt_of(source, Recognised("", []))["lost"]

    assert (
        time.process_time() - begin < 5
    )  # of work, on whatever machine; all words for each paragraph took 10
    assert (len(lost), lost[-1]) == (8000, {"words": words[-1], "where": "paragraph 7999"})


def test_a_refusal_has_all_keys_and_its_reason():
    found = receipt.refusal_receipt("This file is a PDF.")

    assert set(found) == KEYS
    assert (found["refused"], found["words_in"], found["sections"]) == ("This file is a PDF.", 0, [])


@pytest.mark.django_db
def test_every_word_is_in_the_frozen_text_of_the_draft():
    """The blocks go the way of every draft: stored, saved as a revision, frozen."""
    source = document()
    found = recognise(source)
    page = make.make_policy(body=[make.clause("Before.")])
    draft = page.get_latest_revision_as_object()
    draft.title = found.title
    draft.body = json.dumps([{"type": b.type, "value": b.value, "id": b.id} for b in found.blocks])
    draft.save_revision(user=make.author_of(page))
    page.refresh_from_db()

    frozen = freezing.freeze(page.get_latest_revision_as_object()).content

    assert [block["id"] for block in frozen["blocks"]] == [block.id for block in found.blocks]
    assert [block["number"] for block in frozen["blocks"] if "number" in block] == [
        block.number for block in found.blocks if block.type in ("section", "clause", "appendix")
    ]
    assert page.get_latest_revision_as_object().problems() == ["A table has no caption."]
    shown = " ".join(_words(frozen))
    control = {
        "Version",
        "3.1",
        "Ratified",
        "by",
        "Quality",
        "Committee",
        "Role",
        "Duties",
        "Tasks",
        "Term",
        "Meaning",
    }
    missing = [word for word in source.words if word.strip(".:") not in shown and word not in control]
    assert missing == []


def _words(value):
    if isinstance(value, str):
        yield freezing.text_of(value) if "<" in value and ">" in value else value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _words(part)
    elif isinstance(value, list):
        for part in value:
            yield from _words(part)
