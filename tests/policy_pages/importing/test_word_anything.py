"""Documents put together at random, deeper than anybody writes: nothing is lost, nothing twice, nothing breaks."""

from random import Random

import pytest

from tests.factories.word_writing import field, level, note, numbered, paragraph, run, text_box
from tests.policy_pages.importing.seen import source_of, tables, words_lost

STYLES = (
    '<w:style w:type="paragraph" w:styleId="Caps"><w:rPr><w:caps/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Away"><w:rPr><w:vanish/></w:rPr></w:style>'
)
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "%1.")}{level(1, "lowerLetter", "(%2)")}</w:abstractNum>'
    '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
)
LETTERS = ("", "", "", "<w:b/>", "<w:caps/>", "<w:vanish/>", '<w:rFonts w:ascii="Symbol"/>')
LOOKS = (
    "",
    "",
    "",
    *(f'<w:pStyle w:val="{name}"/>' for name in ("Caps", "Away", "Heading1", "TOC1")),
    "<w:framePr/>",
)
SIGNS = ("<w:r><w:tab/></w:r>", "<w:r><w:noBreakHyphen/></w:r>", '<w:r><w:br w:type="page"/></w:r>')
CELLS = ("", "", "<w:vMerge/>", '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>', "<w:hMerge/>")
ROWS = ("", "", "", "<w:del/>", "<w:ins/>")
WRAPS = ("ins", "del", "moveFrom", "moveTo", "hyperlink", "smartTag", "customXml")
CODES = ("PAGE", "REF x", 'HYPERLINK "a"', "FORMTEXT", "TOC")
DEEPEST = 4
FOOTNOTES = "".join(
    f'<w:footnote w:id="{number}">{paragraph(f"note {number}")}</w:footnote>' for number in (1, 2)
)


class Writer:
    def __init__(self, seed):
        self.random = Random(seed)
        self.words = 0

    def some(self, write, depth, most=3) -> str:
        return "".join(write(depth + 1) for _number in range(self.random.randint(1, most)))

    def run(self, depth) -> str:
        self.words += 1
        return run(
            self.random.choice(("{} ", " {}", "{}")).format(f"w{self.words}"), self.random.choice(LETTERS)
        )

    def inline(self, depth) -> str:
        ways = (
            self.run,
            self.run,
            self.run,
            self.wrapped,
            self.control,
            self.sign,
            self.field,
            self.both,
            self.box,
        )
        return self.random.choice(ways if depth < DEEPEST else ways[:3])(depth)

    def wrapped(self, depth) -> str:
        name = self.random.choice(WRAPS)
        return f'<w:{name} w:id="1">{self.some(self.inline, depth)}</w:{name}>'

    def control(self, depth) -> str:
        return f"<w:sdt><w:sdtContent>{self.some(self.inline, depth)}</w:sdtContent></w:sdt>"

    def sign(self, depth) -> str:
        return self.random.choice((*SIGNS, note("footnote", 1), note("footnote", 2), note("footnote", 3)))

    def field(self, depth) -> str:
        return field(self.random.choice(CODES), self.some(self.inline, depth))

    def both(self, depth) -> str:
        new, old = self.some(self.inline, depth), self.some(self.inline, depth)
        branches = f"<mc:Choice Requires='x'>{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>"
        return f"<mc:AlternateContent>{branches}</mc:AlternateContent>"

    def box(self, depth) -> str:
        return text_box(self.some(self.block, depth + 1, most=2))

    def block(self, depth) -> str:
        ways = (self.line, self.line, self.line, self.table, self.held)
        return self.random.choice(ways if depth < DEEPEST else ways[:1])(depth)

    def line(self, depth) -> str:
        counted = numbered(5, self.random.randint(0, 1)) if self.random.random() < 0.3 else ""
        return paragraph(self.some(self.inline, depth), self.random.choice(LOOKS) + counted)

    def held(self, depth) -> str:
        gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
        properties = self.random.choice(("", "", gallery))
        inside = self.some(self.block, depth)
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    def table(self, depth) -> str:
        return f"<w:tbl>{self.some(self.row, depth)}</w:tbl>"

    def row(self, depth) -> str:
        properties = self.random.choice(ROWS)
        return f"<w:tr><w:trPr>{properties}</w:trPr>{self.some(self.cell, depth)}</w:tr>"

    def cell(self, depth) -> str:
        return f"<w:tc><w:tcPr>{self.random.choice(CELLS)}</w:tcPr>{self.block(depth)}<w:p/></w:tc>"


def made(seed):
    writer = Writer(seed)
    body = writer.some(writer.block, 0, most=6)
    return source_of(body, styles=STYLES, numbering=NUMBERING, footnotes=FOOTNOTES)


@pytest.mark.parametrize("seed", range(60))
def test_no_word_of_any_document_is_lost_or_read_twice(seed):
    assert words_lost(made(seed)) == {}


def test_most_of_these_documents_have_words_in_tables_boxes_and_lists():
    sources = [made(seed) for seed in range(60)]

    assert sum(len(source.words) for source in sources) > 500
    assert sum(bool(tables(source)) for source in sources) > 15
    assert sum(bool(source.left_out) for source in sources) > 30
