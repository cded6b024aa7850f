"""Documents that nobody would write: whatever stands in them comes out again, word for word."""

from random import Random

import pytest

from policy_pages.importing.source import Cell, Paragraph, Picture, Piece, Table
from policy_pages.models import PolicyPage
from tests.factories.sources import make_source
from tests.policy_pages.importing.recognised_as import receipt_for, recognised

WORDS = (
    "1. 1.1 1.0 2.1.3 (a) b) iv. B.1 Section 3: 4.2(a) AIM Duties Version: Author Ratified by Review date: Appendix A "
    "APPENDIX 1: Contents the ward must lift, a belt. Table 1: Figure 2 • - · [bookmark: x] [image: [insert name] [3] "
    "years .... 12 5.2 see Notes <b> & “care” café HSCB \t \n \x0b Role Responsibilities Term Meaning yes ? : 2.5 mg"
).split(" ")
SEEDS = range(60)


class Anything:
    """A document made of dice; each number of a seed is another one."""

    def __init__(self, seed):
        self.dice = Random(seed)
        self.notes = {}

    def parts(self, depth=0):
        return [self.part(depth) for _part in range(self.dice.randint(1, 9 - 3 * depth))]

    def part(self, depth):
        kind = self.dice.random()
        if kind < 0.18 and depth < 2:
            return self.table(depth + 1)
        if kind < 0.22:
            return Picture("here", self.dice.choice([b"", b"png"]), alt=self.dice.choice(["", "a chart"]))
        return self.paragraph()

    def text(self):
        return " ".join(self.dice.choices(WORDS, k=self.dice.choice([0, 1, 2, 3, 9])))

    def piece(self):
        note = ""
        if self.dice.random() < 0.04:
            note = f"n{len(self.notes)}"
            self.notes[note] = [Paragraph([Piece(self.text())], "note")]
        looks = {name: self.dice.random() < 0.3 for name in ("bold", "italic")}
        raised, href = (
            self.dice.choice(["", "", "", "sup"]),
            self.dice.choice(["", "", "", "#", "https://a.example"]),
        )
        return Piece(self.text(), raised=raised, href=href, note=note, **looks)

    def paragraph(self):
        pieces = [self.piece() for _piece in range(self.dice.choice([0, 1, 1, 1, 2, 3]))]
        depth = self.dice.choice([None, None, None, 0, 1, 2])
        return Paragraph(
            pieces,
            "here",
            number=self.dice.choice(["", "", "", "1.", "1.1", "(a)", "Appendix B", "4.", "Section 2"]),
            depth=depth,
            ordered=depth is not None and self.dice.random() < 0.5,
            level=self.dice.choice([0, 0, 0, 0, 1, 2, 3, 7]),
            is_title=self.dice.random() < 0.02,
            size=self.dice.choice([0, 0, 11, 20]),
            boxed=self.dice.random() < 0.05,
        )

    def table(self, depth):
        rows = [
            [self.cell(depth) for _cell in range(self.dice.randint(1, 4))]
            for _r in range(self.dice.randint(1, 4))
        ]
        return Table(rows, "here", self.dice.random() < 0.5, self.dice.choice(["", "", self.text()]))

    def cell(self, depth):
        spans = {"across": self.dice.choice([1, 1, 1, 2]), "down": self.dice.choice([1, 1, 1, 3])}
        return Cell(self.parts(depth) if self.dice.random() < 0.85 else [], **spans)


def source_values(seed):
    anything = Anything(seed)
    parts = anything.parts()
    return parts, {"notes": anything.notes}


@pytest.mark.parametrize("seed", SEEDS)
def test_no_word_is_lost_and_none_is_added(seed):
    parts, values = source_values(seed)
    if not make_source(*parts, **values).words:
        return

    receipt = receipt_for(*parts, **values)

    assert (receipt["lost"], [w["message"] for w in receipt["warnings"] if w["code"] == "words_added"]) == (
        [],
        [],
    )
    assert receipt["words_in"] == receipt["words_out"]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_block_is_one_that_a_policy_holds(seed):
    parts, values = source_values(seed)
    if not make_source(*parts, **values).words:
        return
    found = recognised(*parts, **values)
    body = PolicyPage._meta.get_field("body")
    raw = [{"type": b.type, "value": b.value, "id": b.id} for b in found.blocks if b.type != "figure"]

    stream = body.to_python(raw)

    assert [block.id for block in stream] == [block["id"] for block in raw]
    assert [block["type"] for block in stream.get_prep_value()] == [block["type"] for block in raw]
