"""Tracked changes, comments and hidden text: reported with their place, and never mistaken for the text."""

import pytest

from policy_pages.importing.source import Kind
from tests.factories.word_writing import level, note, numbered, paragraph, run, text_box
from tests.policy_pages.importing.seen import codes, left, numbers, source_of, texts, words_lost

MARK_TAKEN = "<w:rPr><w:del w:id='9'/></w:rPr>"


def added(words) -> str:
    return f"<w:ins w:id='1' w:author='Secret Person' w:initials='SP'>{run(words)}</w:ins>"


def taken(words) -> str:
    return f"<w:del w:id='2' w:author='Secret Person'><w:r><w:delText>{words}</w:delText></w:r></w:del>"


def test_no_report_names_a_person():
    comments = (
        f'<w:comment w:id="4" w:author="Secret Person" w:initials="SP">{paragraph("Really?")}</w:comment>'
    )
    source = source_of(paragraph(added("new") + taken("old")), comments=comments)
    said = [f"{oddity.where} {oddity.message}" for oddity in source.oddities]

    assert len(said) == 3 and not [words for words in said if "Secret" in words or "SP" in words]


def test_one_report_for_all_changes_of_a_kind_in_a_paragraph():
    source = source_of(paragraph(added("one ") + added("two") + run(" three ") + taken("four")))

    assert codes(source) == [("tracked_deletion", "paragraph 1"), ("tracked_insertion", "paragraph 1")]
    assert "“one two”" in source.oddities[1].message and "“four”" in source.oddities[0].message


def test_a_paragraph_taken_away_leaves_its_number_to_the_next():
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "%1.")}</w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    )
    counted = numbered(5)
    body = (
        paragraph("First", counted)
        + paragraph(taken("Gone"), counted + MARK_TAKEN)
        + paragraph("Second", counted)
    )

    assert numbers(source_of(body, numbering=numbering)) == [("1.", "First"), ("2.", "Second")]


def test_a_paragraph_whose_end_is_taken_away_runs_on():
    source = source_of(paragraph("The ward ", MARK_TAKEN) + paragraph("is open.") + paragraph("Next."))

    assert texts(source.parts) == ["The ward is open.", "Next."] and words_lost(source) == {}


@pytest.mark.parametrize("after", ["", "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"])
def test_a_paragraph_that_runs_on_into_nothing_stays(after):
    source = source_of(paragraph("The ward", MARK_TAKEN) + after)

    assert texts(source.parts) == ["The ward"] and words_lost(source) == {}


def test_within_added_text_a_word_taken_away_is_gone():
    source = source_of(paragraph(f"<w:ins w:id='1'>{run('kept ')}{taken('gone')}</w:ins>"))

    assert texts(source.parts) == ["kept "] and left(source, Kind.DELETED) == ["gone"]


def test_a_note_that_only_deleted_text_refers_to_is_no_note():
    footnotes = f'<w:footnote w:id="2">{paragraph("Nobody sees this.")}</w:footnote>'
    source = source_of(paragraph(run("Text") + f"<w:del>{note('footnote', 2)}</w:del>"), footnotes=footnotes)

    assert (source.notes, source.words) == ({}, ["Text"])


def test_changes_of_the_look_are_none():
    looked = "<w:r><w:rPr><w:b/><w:rPrChange w:id='1'><w:rPr/></w:rPrChange></w:rPr><w:t>Text</w:t></w:r>"
    properties = "<w:pPrChange w:id='2'><w:pPr><w:pStyle w:val='Heading1'/></w:pPr></w:pPrChange>"
    source = source_of(paragraph(looked, properties))

    assert (source.oddities, source.parts[0].level, source.parts[0].is_bold) == ([], 0, True)


def test_where_comments_stand():
    comments = "".join(
        f'<w:comment w:id="{number}">{paragraph(words)}{paragraph("Second line.")}</w:comment>'
        for number, words in enumerate(("Range", "Mark", "Nowhere"))
    )
    body = paragraph("<w:commentRangeStart w:id='0'/>" + run("one"))
    body += paragraph(run("two") + "<w:r><w:commentReference w:id='1'/></w:r>")
    source = source_of(body, comments=comments)

    assert codes(source) == [
        ("comment", "paragraph 1"),
        ("comment", "paragraph 2"),
        ("comment", "place unknown"),
    ]
    assert left(source, Kind.COMMENTS)[0] == "Range\nSecond line."
    assert source.words == ["one", "two"]


def test_hidden_by_style_and_a_paragraph_hidden_whole():
    styles = (
        '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Away"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = paragraph(run("Seen ") + run("unseen", '<w:rStyle w:val="Secret"/>'))
    body += paragraph("All of this", '<w:pStyle w:val="Away"/>')
    source = source_of(body, styles=styles)

    assert texts(source.parts) == ["Seen "] and left(source, Kind.HIDDEN) == ["unseen", "All of this"]
    assert source.words == ["Seen"]


def test_a_hidden_paragraph_is_not_counted():
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "%1.")}</w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    )
    hidden = paragraph(run("Hidden", "<w:vanish/>"), numbered(5) + "<w:rPr><w:vanish/></w:rPr>")
    body = paragraph("First", numbered(5)) + hidden + paragraph("Second", numbered(5))

    assert numbers(source_of(body, numbering=numbering)) == [("1.", "First"), ("2.", "Second")]


def test_a_lost_note_is_named():
    source = source_of(paragraph(run("Text") + note("footnote", 8)))

    assert codes(source) == [("missing_note", "paragraph 1")] and source.notes == {}


def test_a_note_referred_to_twice_is_one_and_may_hold_a_table():
    table = f"<w:tbl><w:tr><w:tc>{paragraph('in a cell')}</w:tc></w:tr></w:tbl>"
    endnotes = f'<w:endnote w:id="2">{paragraph("Words")}{table}</w:endnote>'
    body = paragraph(run("One") + note("endnote", 2)) + paragraph(run("Two") + note("endnote", 2))
    source = source_of(body, endnotes=endnotes)

    assert {key: texts(lines) for key, lines in source.notes.items()} == {"endnote 1": ["Words", "in a cell"]}
    assert words_lost(source) == {}


def test_letters_marked_as_deleted_without_their_change_are_left_out_too():
    source = source_of(paragraph(run("Text") + "<w:r><w:delText>gone</w:delText></w:r>"))

    assert texts(source.parts) == ["Text"] and left(source, Kind.DELETED) == ["gone"]
    assert words_lost(source) == {}


def test_a_box_in_hidden_letters_is_hidden_and_what_follows_is_not():
    hidden = text_box(paragraph("boxed secret")).replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>", 1)
    source = source_of(paragraph(run("Before ") + hidden + run("after")))

    assert texts(source.parts) == ["Before after"] and left(source, Kind.HIDDEN) == ["boxed secret"]
    assert words_lost(source) == {}


def test_a_page_that_ends_where_a_paragraph_runs_on_parts_its_words():
    page = '<w:r><w:br w:type="page"/></w:r>'
    body = (
        paragraph(run("One") + page, MARK_TAKEN)
        + paragraph("two", MARK_TAKEN)
        + paragraph(page + run("three"))
    )
    source = source_of(body)

    assert texts(source.parts) == ["One\ntwo\nthree"] and words_lost(source) == {}
