"""Word documents with notes, pictures, boxes, changes and comments; ``word`` hands them on with the others."""

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement

from tests.factories.files import png
from tests.factories.word_writing import Paper, note, paragraph, picture, run, text_box


def notes() -> bytes:
    """A footnote, an endnote, and letters raised and lowered."""
    paper = Paper()
    paper.line("Oxygen policy", "Title")
    paper.notes("footnote", "Fernleigh guideline of 2025, page 4.", "A target may be lower.")
    paper.notes("endnote", "Letter of the medical director, May 2026.")
    line = paper.line("Oxygen is a medicine")
    paper.inside(line, note("footnote", 1) + run(" and is prescribed") + note("footnote", 2) + run("."))
    line = paper.line("Target saturation (SpO")
    lowered = run("2", '<w:vertAlign w:val="subscript"/>')
    paper.inside(line, lowered + run(") is written on the chart") + note("endnote", 1) + run("."))
    return paper.bytes()


def pictures() -> bytes:
    """A picture with words for it, one that lies elsewhere, one that is lost and one in a format for print."""
    paper = Paper()
    paper.line("Fire plan", "Title")
    first = paper.part("media/plan.png", "image", png(), "image/png")
    drawing = paper.part("media/sketch.emf", "image", b"\x01\x00\x00\x00" + b"\x00" * 60, "image/x-emf")
    elsewhere = "file:///C:/plans/ward.png"
    outside = paper.document.part.relate_to(elsewhere, RELATIONSHIP_TYPE.IMAGE, is_external=True)
    paper.line("The ways out are marked in green.")
    paper.inside(paper.line(), picture(first, "Plan of the ground floor with two exits"))
    paper.line("The ward is shown next.")
    paper.inside(paper.line("Ward plan: "), picture(outside, "Plan of the ward", kind="link"))
    paper.inside(paper.line(), picture("rId999"))
    paper.inside(paper.line("Sketch: "), picture(drawing))
    return paper.bytes()


def text_boxes() -> bytes:
    """A box beside a paragraph, and a frame."""
    paper = Paper()
    paper.line("Sepsis guide", "Title")
    line = paper.line("Think of sepsis when a patient looks ill.")
    box = text_box(paragraph("Call 2222"), paragraph("Do not wait for a result."))
    paper.inside(line, box)
    paper.line("Give antibiotics within an hour.")
    paper.markup(
        paragraph("Framed advice stays beside the text.", '<w:framePr w:w="3000" w:hAnchor="page"/>')
    )
    return paper.bytes()


CHANGED = (
    run("Staff must ")
    + '<w:del w:id="1" w:author="A"><w:r><w:delText xml:space="preserve">never </w:delText></w:r></w:del>'
    f'<w:ins w:id="2" w:author="A">{run("always ")}</w:ins>' + run("wear a badge.")
)


def tracked_and_commented() -> bytes:
    """Words added, taken away and moved; a row taken away; a comment; hidden words."""
    paper = Paper()
    paper.line("Badge policy", "Title")
    paper.markup(paragraph(CHANGED))
    commented = paper.line("A lost badge is reported to security.")
    paper.document.add_comment(commented.runs, text="Which number do they ring?", author="A", initials="A")
    gone = "<w:r><w:delText>This whole line goes.</w:delText></w:r>"
    mark = '<w:rPr><w:del w:id="3" w:author="A"/></w:rPr>'
    paper.markup(paragraph(f'<w:del w:id="4" w:author="A">{gone}</w:del>', mark))
    moved = run("Badges are returned on the last day.")
    paper.markup(paragraph(f'<w:moveFrom w:id="5" w:author="A">{moved}</w:moveFrom>', mark))
    paper.line("Students wear a badge too.")
    paper.markup(paragraph(f'<w:moveTo w:id="6" w:author="A">{moved}</w:moveTo>'))
    table = paper.table((("Colour", "Group"), ("Blue", "Staff"), ("Red", "Visitors")))
    properties = table.rows[2]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:del"))
    paper.markup(paragraph(run("Shown ") + run("secret note", "<w:vanish/>") + run("to all.")))
    return paper.bytes()
