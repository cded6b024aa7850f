"""The count of words knows nothing of how a document is read, so it tells what a reading has lost."""

import pytest

from policy_pages.importing.word.columns import Column
from policy_pages.importing.word.drawings import DrawingReader
from policy_pages.importing.word.lines import LineReader
from policy_pages.importing.word.notes import Notes
from policy_pages.importing.word.tables import TableReader
from tests.factories import word
from tests.factories.word_writing import paragraph, run
from tests.policy_pages.importing.seen import opened, source_of, words_lost


def test_a_reader_that_drops_tables_is_found_out(monkeypatch):
    monkeypatch.setattr(TableReader, "read", lambda self, element: None)

    lost = words_lost(opened(word.roles_table()))

    assert lost["Responsibility"] == 1 and sum(lost.values()) == 42


def test_a_reader_that_drops_boxes_is_found_out(monkeypatch):
    monkeypatch.setattr(DrawingReader, "read", lambda self, drawing: [])

    assert words_lost(opened(word.text_boxes())) == {
        word: 1 for word in ("Call", "2222", "Do", "not", "wait", "for", "result.")
    } | {"a": 1}


def test_a_reader_that_drops_notes_is_found_out(monkeypatch):
    monkeypatch.setattr(Notes, "_read", lambda self, kind, row, place: [])

    assert sum(words_lost(opened(word.notes())).values()) == 18


def test_a_reader_that_drops_links_is_found_out(monkeypatch):
    real = LineReader._take
    monkeypatch.setattr(
        LineReader,
        "_take",
        lambda self, child, state: None if child.tag.endswith("}hyperlink") else real(self, child, state),
    )

    source = source_of(paragraph(run("See ") + f'<w:hyperlink w:anchor="a">{run("the plan")}</w:hyperlink>'))

    assert words_lost(source) == {"the": 1, "plan": 1}


def test_a_reader_that_reads_twice_is_found_out(monkeypatch):
    real = Column._paragraph
    monkeypatch.setattr(Column, "_paragraph", lambda self, one: [real(self, one), real(self, one)] and None)

    assert words_lost(source_of(paragraph("Once only"))) == {"Once": -1, "only": -1}


@pytest.mark.parametrize("tag", ["w:unheardOf", "w14:conflictIns", "w:pgNum"])
def test_words_in_a_wrapper_that_nobody_knows_are_counted(tag):
    source = source_of(paragraph(run("known ") + f"<{tag}>{run('unknown')}</{tag}>"))

    assert words_lost(source) == {"unknown": 1}


def test_what_is_no_word_of_the_body_is_not_counted():
    source = opened(word.headers_with_control())

    assert source.words == "Waste policy Introduction Waste is parted where it arises.".split()


def test_the_words_of_a_contents_list_are_counted():
    assert opened(word.contents_list()).words[:8] == [
        "Falls", "policy", "Contents", "1.", "Purpose", "2", "2.", "Duties",
    ]  # fmt: skip


def test_numbers_that_word_counts_are_no_words():
    assert opened(word.auto_numbered()).words[:5] == ["Lone", "working", "policy", "Purpose", "This"]
