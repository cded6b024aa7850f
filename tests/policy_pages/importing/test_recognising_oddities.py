"""What an author is told: nothing of it changes the text."""

import time

import pytest

from policy_pages.importing.source import Oddity, Paragraph, Piece
from tests.factories.sources import heading, make_paragraph, make_table
from tests.policy_pages.importing.recognised_as import clauses, codes, messages, recognised

TITLE = make_paragraph("Lifting policy", is_title=True)


def text(*lines):
    return recognised(
        TITLE, "1.0 AIM", *(f"1.{n} {line}" for n, line in enumerate(lines, 1)), "2.0 END", "2.1 Done."
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("See section 5.2 for more.", True),
        ("It is set out in paragraph 4.1.", True),
        ("As outlined in 3.3.", True),
        ("See section 1.1 for more.", False),
        ("See section 2.0 for more.", False),
        ("Section 47 enquiries follow.", False),
        ("See section 5.2 of the Care Act 2014.", False),
        ("It falls by 5.2 points.", False),
    ],
)
def test_references_to_what_is_not_there(line, told):
    assert ("dangling_reference" in codes(text(line))) is told


@pytest.mark.parametrize(
    ("line", "labels"),
    [
        ("Fill in Appendix B.", ["B"]),
        ("See appendices 1 and 2.", ["1", "2"]),
        ("See Appendix A.", []),
        ("This appendix is short.", []),
        ("See Appendix C of the Fire Policy.", []),
        ("Appendix B and later Appendix B again.", ["B"]),
    ],
)
def test_appendices_that_are_named_and_missing(line, labels):
    """S2-36."""
    found = recognised(TITLE, heading("Aim"), line, heading("Appendix A: Form"), "Words.")

    told = [words.split()[1] for words in messages(found, "missing_appendix")]
    assert told == labels


@pytest.mark.parametrize("href", ["#", "#_Toc12", "form.docx", "file:///C:/form.docx", "javascript:alert(1)"])
def test_links_that_lead_nowhere(href):
    """S4-04."""
    line = Paragraph([Piece("1.1 See "), Piece("the form", href=href)], "paragraph 3")

    found = recognised(TITLE, "1.0 AIM", line)

    (oddity,) = [one for one in found.oddities if one.code == "dead_link"]
    assert (oddity.where, "the form" in oddity.message) == ("1.1, paragraph 3", True)


@pytest.mark.parametrize("href", ["https://trust.example/form", "mailto:desk@trust.example", "tel:0123"])
def test_links_that_may_lead_somewhere_are_not_told(href):
    line = Paragraph([Piece("See "), Piece("the form", href=href)], "paragraph 3")

    assert codes(recognised(TITLE, line)) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Ring the XQTU at night.", ["XQTU"]),
        ("Ring the XQTUs at night.", ["XQTU"]),
        ("Ring the Quick Transport Unit (XQTU) at night; the XQTU is near.", []),
        ("Ring the XQTU (Quick Transport Unit) at night.", []),
        ("XQTU: Quick Transport Unit", []),
        ("Ask the NHS or your GP.", []),
        ("STOP AND READ THIS XQTU FIRST", []),
    ],
)
def test_abbreviations_that_nobody_explains(line, told):
    found = [words.split()[0] for words in messages(text(line), "unknown_abbreviation")]

    assert found == told


def test_an_abbreviation_in_a_list_of_definitions_is_explained():
    table = make_table(["Abbreviation", "Meaning"], ["XQTU", "the night desk"], ["QZT", "the day desk"])

    assert codes(recognised(TITLE, "Ring the XQTU.", heading("Terms"), table)) == []


def test_a_well_known_abbreviation_a_letter_away_from_one_in_use_is_told():
    """S4-03: left over from another board."""
    found = text(
        *["The Quick Transport Unit (LSCR) helps.", "The LSCR helps.", "The LSCR acts."] * 2,
        "The LSCB waits.",
    )

    assert messages(found, "unknown_abbreviation") == [
        "LSCB is not explained; is LSCR meant? “The LSCB waits.”"
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Read the full version of the parking policy.", True),
        ("This parking policy is for all.", True),
        ("Read the full version of the lifting policy.", False),
        ("This policy is for all.", False),
        ("See also the parking policy.", False),
        ("This is the Trust policy.", False),
    ],
)
def test_a_document_that_calls_itself_by_another_name(line, told):
    """S1-03."""
    assert ("other_policy_named" in codes(text(line))) is told


def test_each_open_placeholder_is_told_with_its_sentence():
    found = text("Ask us. Ring [insert telephone number] at night.", "Keep it for [3] years [3].")

    assert messages(found, "placeholder") == [
        "The placeholder [insert telephone number] is open: “Ring [insert telephone number] at night.”",
        "The placeholder [3] is open: “Keep it for [3] years [3].”",
    ]


def test_thousands_of_marks_and_references_in_one_text_are_told_in_time():
    line = " ".join(f"Ring [name {n}] of Appendix {n % 99} (see section {n % 900}.2)." for n in range(3000))
    begin = time.process_time()

    found = text(line)

    assert (
        time.process_time() - begin < 8
    )  # of work, on whatever machine; each mark looking at all others took 25
    assert codes(found).count("placeholder") == 3000
    assert messages(found, "placeholder")[-1] == (
        "The placeholder [name 2999] is open: “Ring [name 2999] of Appendix 29 (see section 299.2).”"
    )


def test_oddities_of_the_reader_come_through():
    oddity = Oddity("tracked_insertion", "paragraph 2", "A tracked change added this.")

    assert recognised(TITLE, "Words.", oddities=[oddity]).oddities[0] == oddity


def test_nothing_of_the_text_is_changed_by_what_is_told():
    line = "The XQTU reads section 9.9, Appendix Q and [insert name] in this parking policy."

    assert clauses(text(line))[0] == ("1.1", f"<p>{line}</p>")
