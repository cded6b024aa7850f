"""Word documents in the shapes that real policies have, in words of our own. Each answers with the file."""

from tests.factories.files import png
from tests.factories.word_things import (  # noqa: F401  one place for all shapes
    CHANGED,
    notes,
    pictures,
    text_boxes,
    tracked_and_commented,
)
from tests.factories.word_writing import Paper, field, note, paragraph, picture, run, text_box

SECTIONS = (("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"), ("lowerRoman", "(%4)"))


def auto_numbered() -> bytes:
    """Headings and clauses that Word counts; a list begins anew in each clause."""
    paper = Paper("Lone working policy")
    _auto_numbered(paper)
    return paper.bytes()


def _auto_numbered(paper) -> None:
    paper.line("Lone working policy", "Title")
    count = paper.numbering(*SECTIONS)
    paper.number_style("Heading 1", count, 0)
    paper.line("Purpose", "Heading 1")
    paper.line("This policy protects staff who visit homes alone.", number=(count, 1))
    paper.line("It covers every visit outside a staffed building:", number=(count, 1))
    paper.line("first visits to a new address;", number=(count, 2))
    paper.line("visits after six in the evening.", number=(count, 2))
    paper.line("Duties", "Heading 1")
    paper.line("Team leaders must keep the visit board.", number=(count, 1))
    paper.line("The board stays open until everybody is back.")
    paper.line("Staff must ring in after each visit:", number=(count, 1))
    paper.line("to the duty desk;", number=(count, 2))
    paper.line("to the night desk after eight:", number=(count, 2))
    paper.line("by telephone only.", number=(count, 3))


def typed_numbers() -> bytes:
    """Numbers are typed, with tabs and spaces; Word counts nothing."""
    paper = Paper()
    paper.line("Key holding policy", bold=True, size=18, centred=True)
    paper.line("1.0\tINTRODUCTION", bold=True)
    paper.line("1.1\tKeys of the Birch House clinic are held by the nurse in charge.")
    paper.line("1.2  A key is never lent to a visitor.")
    paper.line("2.0\tDUTIES", bold=True)
    paper.line("2.1\tThe nurse in charge counts the keys:")
    paper.lines("(a)\tat the start of a shift;", "(b)\tat its end.")
    paper.line("2.2\tA missing key is reported within one hour.")
    return paper.bytes()


def mixed_numbers() -> bytes:
    """Headings counted by Word, clauses typed, and one section that goes on counting after plain text."""
    paper = Paper()
    count = paper.numbering(("decimal", "%1.0"))
    paper.line("Visitors policy", "Title")
    paper.line("INTRODUCTION", "Heading 1", number=(count, 0))
    paper.line("1.1 Visitors are welcome between two and eight.")
    paper.line("1.2 Two visitors may stay at a bed.")
    paper.line("CHILDREN", "Heading 1", number=(count, 0))
    paper.line("2.1 Children come with an adult.")
    paper.line("A sister may allow more.")
    paper.line("MONITORING", "Heading 1", number=(count, 0))
    paper.line("2.1 The matron reads the visitors' book each month.")
    return paper.bytes()


def bold_headings() -> bytes:
    """No style but Normal: headings are lines in bold."""
    paper = Paper()
    paper.line("Lost property procedure", bold=True, size=20, centred=True)
    for heading, text in (
        ("Why we have this", "Things that patients lose must find their way back."),
        ("What to do", "Put the thing in a bag, label it and take it to the porters."),
        ("Who is responsible", "The porters keep the register of found things."),
    ):
        paper.line(heading, bold=True)
        paper.line(text)
    paper.line().add_run("Note:").bold = True
    paper.document.paragraphs[-1].add_run(" money goes to the cashier.")
    return paper.bytes()


def capital_headings() -> bytes:
    """Headings in capitals, typed or by the look of the letters."""
    paper = Paper()
    paper.line("WINDOW SAFETY POLICY", centred=True)
    paper.line("INTRODUCTION")
    paper.line("Windows above the ground floor open no wider than a hand.")
    paper.line().add_run("Inspection").font.all_caps = True
    paper.line("The estates team looks at each restrictor twice a year.")
    paper.line("REPORTING")
    paper.line("A broken restrictor is reported at once.")
    return paper.bytes()


LAYOUT_ROWS = (
    ("1.0", "INTRODUCTION"),
    ("", ""),
    ("1.1", ["This policy is about safe discharge at night.", "It is for wards and for the site team."]),
    ("1.2", "Nobody goes home alone between ten and six."),
    ("2.0", "DUTIES"),
    ("2.1", ["Ward Manager", "The ward manager checks that transport is booked."]),
    ("2.2", ["Site Lead", "The site lead agrees each discharge after ten."]),
)


def layout_table() -> bytes:
    """Text laid out in a table without lines: numbers in the first column, words in the second."""
    paper = Paper()
    paper.line("Discharge at night", bold=True, size=16, centred=True)
    paper.table(LAYOUT_ROWS, style="Normal Table")
    return paper.bytes()


def data_table_merged() -> bytes:
    """A table of data with a heading row, a cell over two columns and a cell over two rows."""
    paper = Paper()
    paper.line("Fridge temperature policy", "Title")
    paper.line("Limits", "Heading 1")
    paper.line("Table 1: who acts, and how soon", "Caption")
    rows = (
        ("Reading", "First action", "Within"),
        ("Below 2 degrees", "Move the vaccines", "15 minutes"),
        ("", "Ring the pharmacy", "30 minutes"),
        ("Above 8 degrees, both wards", "", "15 minutes"),
    )
    table = paper.table(rows, heading=True)
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 1))
    paper.line("Readings are kept for two years.")
    return paper.bytes()


ROLES = (
    ("Role", "Responsibility"),
    ("Chief Executive", "Answers to the Board for this policy."),
    ("Named Nurse", ["Gives advice to staff.", "Reads every referral within one working day."]),
    ("Ward Manager", "Makes sure that new staff know this policy."),
    ("All staff", "Follow this policy and speak up."),
)


def roles_table() -> bytes:
    paper = Paper()
    paper.line("Chaperone policy", "Title")
    paper.line("Roles and responsibilities", "Heading 1")
    paper.table(ROLES, heading=True)
    paper.line("Training", "Heading 1")
    paper.line("Chaperones are trained once a year.")
    return paper.bytes()


def nested_lists() -> bytes:
    """Bullets three deep, and two counted lists that each begin at one."""
    paper = Paper()
    paper.line("Hand hygiene", "Title")
    bullets = paper.numbering(("bullet", "\uf0b7"), ("bullet", "o"), ("bullet", "\uf0a7"))
    first, second = (paper.numbering(("decimal", "%1."), ("lowerLetter", "%2)")) for _ in range(2))
    paper.line("When", "Heading 1")
    for text, depth in (("before touching", 0), ("a patient", 1), ("or a bed", 2), ("after touching", 0)):
        paper.line(text, number=(bullets, depth))
    paper.line("How", "Heading 1")
    for text, depth in (("Wet the hands.", 0), ("Rub:", 0), ("palms", 1), ("backs", 1), ("Dry.", 0)):
        paper.line(text, number=(first, depth))
    paper.line("Where", "Heading 1")
    paper.lines("At the sink.", "At the bed.", number=(second, 0))
    return paper.bytes()


CONTROL = (
    ("Document reference", "FCT 114"),
    ("Version", "2.1"),
    ("Policy owner", "Head of Facilities"),
    ("Approved by", "Estates Committee"),
    ("Date ratified", "12 March 2026"),
    ("Review date", ""),
    ("Target audience", "All staff"),
)


def control_table() -> bytes:
    """Document control in a table in front of the text."""
    paper = Paper("Waste policy")
    paper.line("Waste policy", "Title")
    paper.line("Document control", bold=True)
    paper.table(CONTROL)
    paper.line("Introduction", "Heading 1")
    paper.line("Waste is parted where it arises.")
    return paper.bytes()


def control_labels() -> bytes:
    """Document control as lines with labels, some in front and some at the end."""
    paper = Paper()
    paper.line("Waste policy", "Title")
    for label, value in CONTROL[:4]:
        paper.line(f"{label}: ", bold=True).add_run(value)
    paper.line("Introduction", "Heading 1")
    paper.line("Waste is parted where it arises.")
    paper.lines("Date ratified: 12 March 2026", "Review date:", "Target audience: All staff")
    return paper.bytes()


def headers_with_control() -> bytes:
    """Document control in the header, page numbers in the footer."""
    paper = Paper()
    _running(paper)
    paper.line("Waste policy", "Title")
    paper.line("Introduction", "Heading 1")
    paper.line("Waste is parted where it arises.")
    return paper.bytes()


def _running(paper) -> None:
    section = paper.document.sections[0]
    section.header.paragraphs[0].add_run("Reference: FCT 114\tVersion: 2.1")
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].add_run("Fernleigh Community Trust")
    footer = section.footer.paragraphs[0]
    paper.inside(footer, run("Page ") + field("PAGE", "3") + run(" of ") + field("NUMPAGES", "12"))


def appendices() -> bytes:
    """Appendices with typed and with counted letters, and two of one name."""
    paper = Paper()
    paper.line("Hot weather plan", "Title")
    paper.line("Introduction", "Heading 1")
    paper.line("Appendix 1 has the checklist, appendix B the telephone numbers.")
    paper.line("Appendix 1: Checklist for wards", "Heading 1").paragraph_format.page_break_before = True
    paper.lines("Fans are checked.", "Water is on every table.", style="List Bullet")
    count = paper.numbering(("upperLetter", "Appendix %1"))
    paper.line("Signs of heat stroke", "Heading 1", number=(count, 0))
    paper.line("Hot dry skin and confusion.")
    paper.line("Telephone numbers", "Heading 1", number=(count, 0))
    paper.table((("Desk", "Number"), ("Site", "0100"), ("Estates", "0200")), heading=True)
    paper.line("APPENDIX 1 – EQUALITY IMPACT", bold=True)
    paper.line("No group is put at a disadvantage.")
    return paper.bytes()


def with_placeholders() -> bytes:
    """Gaps in square brackets and in controls, and what a conversion left behind."""
    paper = Paper()
    paper.line("Whistleblowing policy", "Title")
    paper.line("[bookmark: _Hlk1]1.1 Ring [insert telephone number] or write to [name of guardian].")
    paper.line("The guardian is [name of guardian]. See also [1].")
    paper.line("[image: Diagram of the steps")
    inside = f"<w:sdtContent>{run('Click to enter a date.')}</w:sdtContent>"
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{inside}</w:sdt>"
    paper.markup(paragraph(run("In force from ") + control))
    return paper.bytes()


def contents_list() -> bytes:
    """A contents list that Word made, within a control."""
    paper = Paper()
    paper.line("Falls policy", "Title")
    _contents(paper, ("1.\tPurpose", "2.\tDuties"))
    paper.line("1.\tPurpose", "Heading 1")
    paper.line("Falls are reported the same day.")
    paper.line("2.\tDuties", "Heading 1")
    paper.line("The physiotherapist visits within two days.")
    return paper.bytes()


def _contents(paper, entries) -> None:
    first, *others = [
        f'<w:hyperlink w:anchor="_Toc{page}">{run(text + chr(9))}{field(f"PAGEREF _Toc{page}", str(page))}'
        "</w:hyperlink>"
        for page, text in enumerate(entries, 2)
    ]
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" \\h </w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    rows = [paragraph(begin + first), *(paragraph(other) for other in others)]
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    inside = paragraph("Contents") + "".join(rows) + end
    paper.markup(f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>")


def mixed_levels() -> bytes:
    """A heading of level 3 straight below one of level 1, and one of level 1 inside a level 3."""
    paper = Paper()
    paper.line("Restraint policy", "Title")
    for text, style in (
        ("Principles", "Heading 1"),
        ("Least force", "Heading 3"),
        ("Definitions", "Heading 1"),
        ("Forms", "Heading 2"),
        ("Physical", "Heading 3"),
        ("Review", "Heading 1"),
        ("After each event", "Heading 4"),
    ):
        paper.line(text, style)
        paper.line(f"What we say about {text.lower()}.")
    return paper.bytes()


def whole_policy() -> bytes:
    """About six pages with everything that a policy has."""
    paper = Paper("Lone working policy")
    _running(paper)
    _auto_numbered(paper)
    paper.table(CONTROL)
    _contents(paper, ("Purpose", "Duties", "Roles", "Monitoring"))
    paper.notes("footnote", "Fernleigh risk register, line 40.")
    paper.line("Roles", "Heading 1")
    paper.table(ROLES, heading=True)
    _chapters(paper, ("Assessing a visit", "Lost contact", "Vehicles", "Aggression"))
    paper.inside(paper.line("The risk is scored each quarter"), note("footnote", 1) + run("."))
    paper.inside(paper.line("In an emergency:"), text_box(paragraph("Ring 999, then the duty desk.")))
    plan = paper.part("media/flow.png", "image", png(), "image/png")
    paper.inside(paper.line(), picture(plan, "The four steps of a lost contact"))
    paper.markup(paragraph(CHANGED))
    paper.line("Monitoring", "Heading 1")
    paper.line("The lead for [name of directorate] reports to the board.")
    rows = (
        ("What", "Who", "How often"),
        ("Visit boards", "Team leaders", "Weekly"),
        ("Alarms", "Estates", "Yearly"),
    )
    paper.table(rows, heading=True)
    form = paper.line("Appendix A: Form for a first visit", "Heading 1", number=(0, 0))  # 0 counts no more
    form.paragraph_format.page_break_before = True
    paper.lines("Name of the patient", "Known risks", "Expected end", style="List Number")
    return paper.bytes()


SENTENCES = (
    "Staff read the notes of the last visit before they leave.",
    "A visit that carries a known risk is made by two people.",
    "The team leader must answer a call for help within five minutes.",
    "Whoever cannot reach a colleague rings the police and then the director on call.",
    "What happened is written down on the same day and looked at by the team within a week.",
)


def _chapters(paper, titles, *, paragraphs=6) -> None:
    for title in titles:
        paper.line(title, "Heading 1")
        for number in range(paragraphs):
            paper.line(f"In {title.lower()}, step {number + 1}: " + " ".join(SENTENCES))


def long_policy(words=30_000, tables=25) -> bytes:
    """At least ``words`` words, with ``tables`` tables of ten rows spread evenly."""
    paper = Paper("Long policy")
    count = paper.numbering(*SECTIONS)
    clause = " ".join(SENTENCES)
    length, rest = len(clause.split()), words
    chapters = max(tables, 1)
    for chapter in range(1, chapters + 1):
        paper.line(f"Chapter {chapter}", number=(count, 0), bold=True)
        while rest > words * (1 - chapter / chapters):
            paper.line(clause, number=(count, 1))
            rest -= length
        if tables:
            rows = [(f"Row {row}", f"Owner {row}", SENTENCES[row % 5]) for row in range(10)]
            paper.table([("Step", "Owner", "Rule"), *rows], heading=True)
    return paper.bytes()
