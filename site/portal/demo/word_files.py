"""Word files of the demo, made here so that it carries none from elsewhere; they come in by the real importer.

To add one: a ``WordFile`` of lines, then ``policies._imported(PLAN, WORD_FILE, day)`` in ``policies.build``.
"""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.oxml.ns import qn

from portal.demo.pictures import steps_picture

Line = Callable[[object], None]
STILL = (2026, 1, 5, 9, 0, 0)  # the time of every part, so that the same file is the same bytes each time


@dataclass(frozen=True)
class WordFile:
    """``control`` is the table on the first page; what is blank there reads "not stated"."""

    name: str
    title: str
    control: dict[str, str]
    lines: list[Line] = field(default_factory=list)

    def content(self) -> bytes:
        document = docx.Document()
        document.core_properties.author = "Northmoor Community NHS Trust"
        document.add_heading(self.title, 0)
        _rows(document, [[label, value] for label, value in self.control.items()])
        for line in self.lines:
            line(document)
        stream = BytesIO()
        document.save(stream)
        return _still(stream)


def heading(text: str, level: int = 1) -> Line:
    return lambda document: document.add_heading(text, level)


def clause(text: str) -> Line:
    return lambda document: document.add_paragraph(text)


def items(*texts: str) -> Line:
    def add(document):
        for text in texts:
            document.add_paragraph(text, style="List Bullet")

    return add


def table(caption: str, *rows: list[str]) -> Line:
    def add(document):
        _rows(document, rows)
        document.add_paragraph(caption)

    return add


def remark(text: str, comment: str, author: str) -> Line:
    """A paragraph on which somebody left a comment."""

    def add(document):
        run = document.add_paragraph().add_run(text)
        made = document.add_comment(runs=run, text=comment, author=author, initials=author[:1])
        made._comment_elm.set(qn("w:date"), datetime(*STILL, tzinfo=UTC).isoformat())

    return add


def steps(name: str, texts: list[str]) -> Line:
    return lambda document: document.add_picture(BytesIO(steps_picture(texts)), width=docx.shared.Inches(5))


def _rows(document, rows) -> None:
    made = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text


def _still(stream: BytesIO) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(stream) as parts, zipfile.ZipFile(made, "w") as whole:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, STILL)
            part.compress_type = zipfile.ZIP_DEFLATED
            whole.writestr(part, parts.read(name))
    return made.getvalue()


PHOTOGRAPHS = WordFile(
    name="Photographs and recordings procedure.docx",
    title="Photographs and recordings procedure",
    control={
        "Reference": "IG-011",
        "Version": "3.2",
        "Owner": "Elspeth Drummond, Records and data-protection lead",
        "Ratified by": "Policy Group",
        "Review date": "",
    },
    lines=[
        heading("1 Why we have this"),
        clause(
            "1.1 A picture is part of a person's record as much as a written word, and harder to take back."
        ),
        clause("1.2 Recording means a photograph, a film or a sound recording, made with any device."),
        heading("2 Before you take one"),
        clause("2.1 You must ask for consent, say what the recording is for and write the answer down."),
        clause("2.2 You must use a device of the trust. Your own telephone is not one, even for a moment."),
        clause(
            "2.3 You should ask again when the purpose changes: consent for treatment is not consent for teaching."
        ),
        clause(
            "2.4 A person may change their mind at any time, and you must then tell them what can still be removed."
        ),
        heading("3 Afterwards"),
        clause("3.1 The recording must be moved to the record on the same day and deleted from the device."),
        clause(
            "3.2 Patients and visitors may record their own consultation; staff should not be surprised by it."
        ),
        table(
            "Table 1: How long a recording is kept",
            ["Purpose", "Kept for"],
            ["Treatment", "As long as the record"],
            ["Teaching", "As the consent says, five years at most"],
            ["Research", "As the study's approval says"],
        ),
    ],
)

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
    lines=[
        heading("1 Why we have this"),
        clause(
            "1.1 Visits help people to recover. This policy is for every ward of [insert organisation name]."
        ),
        clause("1.2 A child who visits must be with an adult at all times."),
        heading("2 Welcoming a visitor"),
        clause("2.1 The nurse in charge must know who is on the ward. Staff should:"),
        items("greet each visitor by name", "say where to wash hands", "ask before they share any news"),
        remark(
            "2.2 A visitor may stay outside visiting hours when the nurse in charge agrees.",
            "Do we still need this sentence?",
            "Farah Qureshi",
        ),
        steps("Arrival", ["Ring the bell", "Say whom you visit", "Wash your hands"]),
        heading("3 When a visit cannot go on"),
        clause("3.1 The nurse in charge may end a visit that harms somebody, and must write down why."),
        table(
            "Table 1: Visiting hours",
            ["Ward", "Hours"],
            ["Ward 4", "11am to 8pm"],
            ["Children's ward", "At any time for parents"],
        ),
    ],
)
