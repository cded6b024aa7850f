"""Word files of the demo, made here so that it carries none from elsewhere; they come in by the real importer."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.oxml.ns import qn

from portal.demo.pictures import steps_picture
from portal.demo.writing import Block, clause, figure, section, table

STILL = (2026, 1, 5, 9, 0, 0)  # the time of every part, so that the same file is the same bytes each time


@dataclass(frozen=True)
class WordFile:
    """``control`` is the table on the first page; what is blank there reads "not stated"."""

    title: str
    control: dict[str, str]
    blocks: list[Block]
    name: str
    after: Callable = lambda document: None

    def content(self) -> bytes:
        document = docx.Document()
        document.core_properties.author = "Northmoor Community NHS Trust"
        document.add_heading(self.title, 0)
        _rows(document, [[label, value] for label, value in self.control.items()])
        numbers = _Numbers()
        for block in self.blocks:
            WRITERS[block.kind](document, block.words, numbers)
        self.after(document)
        stream = BytesIO()
        document.save(stream)
        return _still(stream)


class _Numbers:
    """Counts as the house style does: 1, 1.1, 1.2; clauses of Appendix A are A.1, A.2."""

    def __init__(self):
        self.sections = self.clauses = self.parts = self.tables = 0
        self.stem = ""

    def section(self, level: int) -> str:
        self.clauses = 0
        self.sections, self.parts = (self.sections + 1, 0) if level == 1 else (self.sections, self.parts + 1)
        self.stem = str(self.sections) if level == 1 else f"{self.sections}.{self.parts}"
        return self.stem

    def appendix(self, label: str) -> None:
        self.clauses, self.stem = 0, label.split()[-1]

    def table(self) -> int:
        self.tables += 1
        return self.tables

    def clause(self) -> str:
        self.clauses += 1
        return f"{self.stem}.{self.clauses}"


def _section(document, words, numbers):
    document.add_heading(f"{numbers.section(words['level'])} {words['title']}", words["level"])


def _appendix(document, words, numbers):
    numbers.appendix(words["number"])
    document.add_heading(f"{words['number']}: {words['title']}", 1)


def _clause(document, words, numbers):
    first, *items = words["text"].split("\n")
    number = numbers.clause()
    if words["heading"]:
        paragraph = document.add_paragraph(f"{number} ")
        paragraph.add_run(words["heading"]).bold = True
        paragraph.add_run().add_break()
        paragraph.add_run(first)
    else:
        document.add_paragraph(f"{number} {first}")
    for item in items:
        document.add_paragraph(item, style="List Bullet")


def _table(document, words, numbers):
    _rows(document, [words["head"], *words["rows"]])
    if caption := words.get("caption"):
        document.add_paragraph(f"Table {numbers.table()}: {caption}")


def _figure(document, words, numbers):
    paragraph = document.add_paragraph()
    shape = paragraph.add_run().add_picture(BytesIO(words["picture"]), width=docx.shared.Inches(5))
    shape._inline.docPr.set("descr", words["alt"])
    if words["caption"]:
        document.add_paragraph(words["caption"])


WRITERS = {
    "section": _section,
    "appendix": _appendix,
    "clause": _clause,
    "table": _table,
    "roles_table": _table,
    "definitions": _table,
    "figure": _figure,
    "attachment": lambda document, words, numbers: None,
    "named": lambda document, words, numbers: None,
}


def _rows(document, rows) -> None:
    made = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            first, *items = text.split("\n")
            cell.text = first
            for item in items:
                cell.add_paragraph(item, style="List Bullet")


def _still(stream: BytesIO) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(stream) as parts, zipfile.ZipFile(made, "w") as whole:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, STILL)
            part.compress_type = zipfile.ZIP_DEFLATED
            whole.writestr(part, parts.read(name))
    return made.getvalue()


def _remark(document) -> None:
    """A paragraph on which somebody left a comment."""
    words = "3.2 A visitor may stay outside visiting hours when the nurse in charge agrees."
    run = document.add_paragraph().add_run(words)
    made = document.add_comment(
        runs=run, text="Do we still need this sentence?", author="Farah Qureshi", initials="F"
    )
    made._comment_elm.set(qn("w:date"), datetime(*STILL, tzinfo=UTC).isoformat())


#: To be downloaded from the demo's page and brought by hand: a bit of everything that a receipt tells of.
SAMPLE = WordFile(
    name="visitors-policy.docx",
    title="Visitors policy",
    control={
        "Reference": "CP-021",
        "Version": "2.1",
        "Author": "Amara Nwosu",
        "Ratified by": "Policy Group",
        "Review date": "",
    },
    blocks=[
        section("Why we have this"),
        clause("Visits help people to recover. This policy is for every ward of [insert organisation name]."),
        clause("A child who visits must be with an adult at all times."),
        section("Welcoming a visitor"),
        clause(
            "The nurse in charge must know who is on the ward. Staff should:\ngreet each visitor by name\n"
            "say where to wash hands\nask before they share any news"
        ),
        figure(steps_picture(["Ring the bell", "Say whom you visit", "Wash your hands"]), "", ""),
        table(
            "Visiting hours",
            ["Ward", "Hours"],
            ["Ward 4", "11am to 8pm"],
            ["Children's ward", "At any time for parents"],
        ),
        section("When a visit cannot go on"),
        clause("The nurse in charge may end a visit that harms somebody, and must write down why."),
    ],
    after=_remark,
)
