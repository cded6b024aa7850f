"""Word policies that count their clauses with the styles of headings, and appendices that are counted too."""

import pytest

from policy_pages.importing.receipt import receipt_of
from policy_pages.importing.recognising import recognise
from tests.factories.word_writing import Paper
from tests.policy_pages.importing.recognised_as import blocks, messages
from tests.policy_pages.importing.seen import opened

LONG = (
    "Every person who lifts a patient on a ward of this hospital asks a second person to help with it first."
)


def counted() -> Paper:
    """A policy whose headings count by themselves: 1.0, 1.1, 1.1.1."""
    paper = Paper()
    number = paper.numbering(("decimal", "%1.0"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3"))
    for depth in range(3):
        paper.number_style(f"Heading {depth + 1}", number, depth)
    paper.line("Lifting policy", "Title")
    return paper


def read(paper: Paper):
    source = opened(paper.bytes())
    found = recognise(source)
    receipt = receipt_of(source, found)
    assert (receipt["words_in"], receipt["lost"]) == (receipt["words_out"], [])
    assert not [row for row in receipt["warnings"] if row["code"] == "words_added"]
    return found


def written(*rows) -> list[tuple]:
    """Blocks of a counted policy with these rows of level and words; level 0 is running text."""
    paper = counted()
    for level, words in rows:
        paper.line(words, f"Heading {level}" if level else None)
    return blocks(read(paper))


def test_sentences_in_the_style_of_headings_are_clauses_with_their_numbers():
    found = written(
        (1, "Lists of equipment"),
        (2, LONG),
        (2, "Managers must keep a list."),
        (3, "Look at the record."),
        (3, "Sign it."),
        (2, "The list names:"),
        (3, "the belts;"),
        (3, "the hoists."),
        (1, "Review"),
        (2, "Matrons should read the list each month"),
    )

    assert found == [
        ("section", "1.0", "Lists of equipment", 1),
        ("clause", "1.1", "", f"<p>{LONG}</p>"),
        ("clause", "1.2", "", "<p>Managers must keep a list.</p>"),
        ("clause", "1.2.1", "", "<p>Look at the record.</p>"),
        ("clause", "1.2.2", "", "<p>Sign it.</p>"),
        ("clause", "1.3", "", "<p>The list names:</p>"),
        ("clause", "1.3.1", "", "<p>the belts;</p>"),
        ("clause", "1.3.2", "", "<p>the hoists.</p>"),
        ("section", "2.0", "Review", 1),
        ("clause", "2.1", "", "<p>Matrons should read the list each month</p>"),
    ]


def test_a_short_heading_above_sentences_stays_a_section():
    found = written(
        (1, "Lists"),
        (2, "Managers must keep a list."),
        (2, "Checks"),
        (3, "Staff must look at the record first."),
        (3, "Staff must sign it."),
    )

    assert found[2:] == [
        ("section", "1.2", "Checks", 2),
        ("clause", "1.2.1", "", "<p>Staff must look at the record first.</p>"),
        ("clause", "1.2.2", "", "<p>Staff must sign it.</p>"),
    ]


def test_a_short_one_with_words_beneath_it_heads_its_clause():
    found = written(
        (1, "Lists"),
        (2, "Managers must keep a list."),
        (2, "Matrons must read it."),
        (2, "Beds"),
        (0, "They are counted at night."),
    )

    assert found[3] == ("clause", "1.3", "Beds", "<p>They are counted at night.</p>")


def test_a_sentence_that_leads_to_a_list_heads_nothing():
    found = blocks(read(with_list()))

    assert found[1] == (
        "clause",
        "1.1",
        "",
        "<p>The nurse tells the office:</p><p>(a) where</p><p>(b) when</p>",
    )


def with_list() -> Paper:
    paper = counted()
    number = paper.numbering(("lowerLetter", "(%1)"))
    paper.line("Visits", "Heading 1")
    paper.line("The nurse tells the office:", "Heading 2")
    for words in ("where", "when"):
        paper.line(words, number=(number, 0))
    return paper


@pytest.mark.parametrize(
    "titles",
    [
        ["Who must read this policy", "What staff should do first"],
        ["Staff who must be trained", "Roles and responsibilities:"],
        ["Introduction.", "Purpose of the policy."],
        ["Aim", "Do all staff know whom they must call?"],
    ],
)
def test_titles_over_running_text_stay_sections(titles):
    rows = [row for title in titles for row in ((2, title), (0, "Words of the ward."))]

    found = written((1, "Lists"), *rows)

    assert [row[:3] for row in found[1::2]] == [
        ("section", f"1.{n}", title) for n, title in enumerate(titles, 1)
    ]


def test_one_sentence_among_titles_of_the_first_level_is_a_section_with_the_others():
    found = written(
        (1, "Aim"), (0, LONG), (1, "Staff must wear a badge."), (0, LONG), (1, "Review"), (0, LONG)
    )

    assert [row[:2] for row in found if row[0] == "section"] == [
        ("section", "1.0"),
        ("section", "2.0"),
        ("section", "3.0"),
    ]


def test_a_typed_number_before_a_sentence_counts_like_a_counted_one():
    paper = Paper()
    paper.line("Lifting policy", "Title")
    paper.line("1. Lists", "Heading 1")
    paper.line("1.1 Managers must keep a list.", "Heading 2")
    found = read(paper)

    assert blocks(found)[1] == ("clause", "1.1", "", "<p>Managers must keep a list.</p>")


@pytest.mark.parametrize(
    ("heading", "title"), [("Appendix 1", "Form for a lift"), ("Appendix A – Form", "Form")]
)
def test_an_appendix_that_is_counted_with_the_sections_has_its_own_label(heading, title):
    paper = counted()
    label = " ".join(heading.split()[:2])
    paper.line("Aim", "Heading 1")
    paper.line(f"{LONG} See {label}.")
    paper.line(heading, "Heading 1")
    if heading == label:
        paper.line(title, bold=True)
    paper.line("Name and ward.")
    found = read(paper)

    assert blocks(found)[2:] == [("appendix", label, title), ("clause", "", "", "<p>Name and ward.</p>")]
    assert messages(found, "missing_appendix") == []
    assert messages(found, "appendix_counted") == [
        f"{label} is counted as 2.0 in the document; here it is called {label} alone."
    ]
