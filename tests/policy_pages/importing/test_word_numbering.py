"""The number that Word shows in front of a paragraph."""

import pytest

from policy_pages.importing.word.figures import figure
from tests.factories.word_writing import level, numbered, paragraph
from tests.policy_pages.importing.seen import numbers, source_of


def definition(number, *levels, inside="") -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{inside}{"".join(levels)}</w:abstractNum>'


def counted(number, definition, inside="") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{inside}</w:num>'


def override(depth, start) -> str:
    return f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def items(*places) -> str:
    """Paragraphs in lists, each (list, depth)."""
    return "".join(paragraph(f"{number}-{depth}", numbered(number, depth)) for number, depth in places)


def shown(numbering, *places, styles="") -> list[str]:
    return [
        number for number, _text in numbers(source_of(items(*places), numbering=numbering, styles=styles))
    ]


OUTLINE = (
    level(0, "decimal", "%1."),
    level(1, "decimal", "%1.%2"),
    level(2, "lowerLetter", "(%3)"),
    level(3, "lowerRoman", "%4)"),
)


@pytest.mark.parametrize(
    ("format", "count", "expected"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("decimalZero", 12, "12"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerRoman", 4, "iv"),
        ("upperLetter", 26, "Z"),
        ("lowerLetter", 27, "aa"),
        ("lowerLetter", 53, "aaa"),
        ("ordinal", 1, "1st"),
        ("ordinal", 12, "12th"),
        ("ordinal", 23, "23rd"),
        ("cardinalText", 21, "Twenty-one"),
        ("ordinalText", 22, "Twenty-second"),
        ("ordinalText", 30, "Thirtieth"),
        ("ordinalText", 4, "Fourth"),
        ("none", 3, ""),
        ("001", 7, "007"),
        ("chineseCounting", 5, "5"),
        ("upperRoman", 0, "0"),
    ],
)
def test_figures(format, count, expected):
    assert figure(count, format) == expected


def test_levels_count_within_each_other():
    numbering = definition(1, *OUTLINE) + counted(5, 1)
    places = [(5, 0), (5, 1), (5, 2), (5, 2), (5, 3), (5, 1), (5, 2), (5, 0), (5, 1)]

    assert shown(numbering, *places) == ["1.", "1.1", "(a)", "(b)", "i)", "1.2", "(a)", "2.", "2.1"]


def test_a_level_met_before_those_above_begins_them():
    numbering = definition(1, *OUTLINE) + counted(5, 1)

    assert shown(numbering, (5, 1), (5, 1), (5, 0)) == ["1.1", "1.2", "2."]


def test_counting_goes_on_after_other_text_and_in_lists_of_one_definition():
    numbering = definition(1, *OUTLINE) + counted(5, 1) + counted(6, 1)
    body = items((5, 0)) + paragraph("between") + items((5, 0), (6, 0))

    assert [number for number, _text in numbers(source_of(body, numbering=numbering))] == [
        "1.",
        "",
        "2.",
        "3.",
    ]


def test_a_list_of_its_own_and_one_that_says_where_it_starts():
    numbering = definition(1, *OUTLINE) + definition(2, *OUTLINE)
    numbering += counted(5, 1) + counted(6, 2) + counted(7, 1, override(0, 1)) + counted(8, 1, override(0, 4))

    assert shown(numbering, (5, 0), (6, 0), (5, 0), (7, 0), (7, 0), (8, 0), (8, 1)) == [
        "1.", "1.", "2.", "1.", "2.", "4.", "4.1",
    ]  # fmt: skip


def test_a_start_above_the_first_level_that_is_met():
    numbering = definition(1, *OUTLINE) + counted(5, 1) + counted(8, 1, override(0, 4))

    assert shown(numbering, (5, 0), (8, 1)) == ["1.", "4.1"]


def test_an_exception_of_one_list_changes_its_form_alone():
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "Part %1")}</w:lvlOverride>'
    numbering = definition(1, *OUTLINE) + counted(5, 1) + counted(6, 1, own)

    assert shown(numbering, (5, 0), (6, 0)) == ["1.", "Part B"]


def test_start_restart_and_digits_throughout():
    levels = (
        level(0, "upperRoman", "%1", start=3),
        level(1, "decimal", "%1.%2", more="<w:isLgl/>"),
        level(2, "decimal", "%3", more='<w:lvlRestart w:val="0"/>'),
        level(3, "decimal", "%4", more='<w:lvlRestart w:val="1"/>'),
    )
    numbering = definition(1, *levels) + counted(5, 1)
    places = [(5, 0), (5, 1), (5, 2), (5, 3), (5, 1), (5, 2), (5, 3), (5, 0), (5, 1), (5, 2), (5, 3)]

    assert shown(numbering, *places) == ["III", "3.1", "1", "1", "3.2", "2", "2", "IV", "4.1", "3", "1"]


def test_bullets_and_levels_without_figures():
    levels = (
        level(0, "bullet", "\uf0b7"),
        level(1, "none", "Note:"),
        level(2, "decimal", ""),
        level(3, "decimal", "%4.", more="<w:rPr><w:vanish/></w:rPr>"),
    )
    source = source_of(
        items((5, 0), (5, 1), (5, 2), (5, 3)), numbering=definition(1, *levels) + counted(5, 1)
    )

    assert [(part.number, part.depth, part.ordered) for part in source.parts] == [
        ("", 0, False),
        ("Note:", 1, True),
        ("", None, False),
        ("", None, False),
    ]


def test_a_format_of_the_users_own():
    own = (
        "<mc:AlternateContent><mc:Choice Requires='w14'><w:numFmt w:val='custom' w:format='001, 002, 003, ...'/>"
        "</mc:Choice><mc:Fallback><w:numFmt w:val='decimal'/></mc:Fallback></mc:AlternateContent>"
    )
    inside = f'<w:lvl w:ilvl="0"><w:start w:val="9"/>{own}<w:lvlText w:val="C-%1"/></w:lvl>'

    assert shown(definition(1, inside) + counted(5, 1), (5, 0), (5, 0)) == ["C-009", "C-010"]


STYLES = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/>'
    '<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="Clause"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Plain"><w:name w:val="Plain"/><w:basedOn w:val="H1"/>'
    '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="numbering" w:styleId="Listed"><w:name w:val="Listed"/>'
    '<w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:style>'
)


def styled(*names) -> str:
    return "".join(paragraph(name, f'<w:pStyle w:val="{name}"/>') for name in names)


def test_numbers_by_style_and_by_what_it_is_based_on():
    levels = (*OUTLINE[:2], level(2, "lowerLetter", "(%3)", more='<w:pStyle w:val="Clause"/>'))
    source = source_of(
        styled("H1", "H2", "Clause", "Mine", "H2", "Plain", "H1"),
        numbering=definition(1, *levels) + counted(5, 1),
        styles=STYLES,
    )

    assert numbers(source) == [
        ("1.", "H1"),
        ("1.1", "H2"),
        ("(a)", "Clause"),
        ("(b)", "Mine"),
        ("1.2", "H2"),
        ("", "Plain"),
        ("2.", "H1"),
    ]


def test_a_paragraph_switches_the_number_of_its_style_off():
    body = styled("H1") + paragraph("off", f'<w:pStyle w:val="H1"/>{numbered(0)}') + styled("H1")
    source = source_of(body, numbering=definition(1, *OUTLINE) + counted(5, 1), styles=STYLES)

    assert numbers(source) == [("1.", "H1"), ("", "off"), ("2.", "H1")]


def test_a_definition_may_be_that_of_a_style():
    numbering = definition(1, inside='<w:numStyleLink w:val="Listed"/>')
    numbering += (
        definition(2, *OUTLINE, inside='<w:styleLink w:val="Listed"/>') + counted(5, 1) + counted(9, 2)
    )

    assert shown(numbering, (5, 0), (9, 0), (5, 1), styles=STYLES) == ["1.", "2.", "2.1"]


def test_links_in_a_circle_count_nothing():
    numbering = definition(1, inside='<w:numStyleLink w:val="Listed"/>') + counted(9, 1)

    assert shown(numbering, (9, 0), styles=STYLES) == [""]


def test_the_name_of_a_list_style_tells_its_depth():
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="B{depth}"><w:name w:val="List Bullet{name}"/>'
        f'<w:pPr><w:numPr><w:numId w:val="{depth}"/></w:numPr></w:pPr></w:style>'
        for depth, name in ((1, ""), (2, " 2"), (3, " 3"))
    )
    numbering = definition(1, level(0, "bullet", "•")) + "".join(counted(number, 1) for number in (1, 2, 3))
    source = source_of(styled("B1", "B2", "B3", "B1"), styles=styles, numbering=numbering)

    assert [part.depth for part in source.parts] == [0, 1, 2, 0]


def test_a_number_alone_is_seen():
    body = paragraph("<w:r/>", numbered(5)) + items((5, 0))
    source = source_of(body, numbering=definition(1, *OUTLINE) + counted(5, 1))

    assert numbers(source) == [("1.", ""), ("2.", "5-0")]


@pytest.mark.parametrize("numbering", ["", definition(1, *OUTLINE), counted(5, 1), counted(5, 77)])
def test_a_list_that_does_not_exist_shows_nothing(numbering):
    assert shown(numbering, (5, 0), (5, 12)) == ["", ""]


def test_broken_values_in_a_list_count_as_usual():
    odd = '<w:lvl w:ilvl="x"/><w:lvl w:ilvl="0"><w:start w:val="?"/><w:lvlText w:val="%1%9"/></w:lvl>'

    assert shown(definition(1, odd) + counted(5, 1, override("y", 2)), (5, 0), (5, "z")) == ["0", "1"]


def test_notes_count_for_themselves():
    numbering = definition(1, *OUTLINE) + counted(5, 1)
    footnotes = f'<w:footnote w:id="2">{items((5, 0))}</w:footnote>'
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    source = source_of(
        items((5, 0)) + paragraph(reference) + items((5, 0)), numbering=numbering, footnotes=footnotes
    )

    assert [part.number for part in source.parts] == ["1.", "", "2."]
    assert [part.number for part in source.notes["footnote 1"]] == ["1."]


@pytest.mark.parametrize(
    ("mark", "level_letters", "expected"),
    [
        ("<w:rPr><w:caps/></w:rPr>", "", "PART A"),
        ("", "<w:rPr><w:caps/></w:rPr>", "PART A"),
        ("<w:rPr><w:caps/></w:rPr>", '<w:rPr><w:caps w:val="0"/></w:rPr>', "Part A"),
    ],
)
def test_a_number_has_the_capitals_of_its_paragraph_unless_it_says_otherwise(mark, level_letters, expected):
    numbering = definition(1, level(0, "upperLetter", "Part %1", more=level_letters)) + counted(5, 1)
    source = source_of(paragraph("Words", numbered(5) + mark), numbering=numbering)

    assert numbers(source) == [(expected, "Words")]


def test_a_bullet_lets_the_figures_beneath_it_start_over():
    numbering = definition(1, level(0, "bullet", "•"), level(1, "decimal", "%2.")) + counted(5, 1)

    assert shown(numbering, (5, 0), (5, 1), (5, 1), (5, 0), (5, 1)) == ["", "1.", "2.", "", "1."]
