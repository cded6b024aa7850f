"""Writes Word documents for tests: python-docx, and markup of our own for what it cannot write."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.shared import Pt

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def run(text, properties="") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(inside="", properties="") -> str:
    """Markup of a paragraph; plain words become a run."""
    runs = inside if inside.startswith("<") else run(inside)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def numbered(number, level=0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def field(code, result="") -> str:
    """A complex field with its last result, as runs."""
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    words = result if result.startswith("<") else run(result)
    return f"{begin}<w:r><w:instrText xml:space='preserve'> {escape(code)} </w:instrText></w:r>{separate}{words}{end}"


def level(depth, format, text, *, start=1, more="") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def text_box(*paragraphs) -> str:
    """A run with a text box as Word writes it: once as a shape, once for older programs."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
        "<wp:docPr id='90' name='Box'/><a:graphic><a:graphicData uri='shape'><wps:wsp><wps:txbx>"
        f"{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def picture(relation, alt="", *, kind="embed") -> str:
    return (
        f"<w:r><w:drawing><wp:inline><wp:docPr id='91' name='Picture 1' descr='{escape(alt)}'/><a:graphic>"
        "<a:graphicData uri='picture'><pic:pic><pic:blipFill>"
        f"<a:blip r:{kind}='{relation}'/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing></w:r>"
    )


def package(body, *, targets=None, parts=None, **named) -> bytes:
    """A package written by hand. ``named`` is the inside of styles, numbering, comments; ``targets`` is
    relation to (kind, target); ``parts`` is name below word/ to content."""
    default = '<Default Extension="xml" ContentType="application/xml"/>'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">{default}</Types>',
        "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    relations = dict(targets or {})
    for name in ("styles", "numbering", "comments", "settings", "footnotes", "endnotes"):
        if name in named:
            files[f"word/{name}.xml"] = f"<w:{name} {NAMESPACES}>{named[name]}</w:{name}>"
            relations[name] = (name, f"{name}.xml")
    files["word/_rels/document.xml.rels"] = _relations(relations)
    files |= {f"word/{name}": content for name, content in (parts or {}).items()}
    return zipped(files)


def zipped(files) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _relations(rows) -> str:
    """Rows of id to kind and target. A target with a scheme is outside the package."""
    lines = []
    for name, (kind, target) in rows.items():
        outside = ' TargetMode="External"' if ":" in target else ""
        lines.append(f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{escape(target)}"{outside}/>')
    return f'<Relationships xmlns="{RELATIONS}">{"".join(lines)}</Relationships>'


class Paper:
    """A document that is being written."""

    def __init__(self, title=""):
        self.document = Document()
        self.document.core_properties.title = title
        self.lists = 0

    def line(self, text="", style=None, *, bold=False, size=None, centred=False, number=None):
        """A paragraph. ``number`` is (list, depth)."""
        paragraph = self.document.add_paragraph(style=style)
        if text:
            written = paragraph.add_run(text)
            written.bold = bold or None
            written.font.size = Pt(size) if size else None
        if centred:
            paragraph.alignment = 1
        if number:
            paragraph._p.get_or_add_pPr().append(_parsed(numbered(*number)))
        return paragraph

    def lines(self, *texts, **look) -> None:
        for text in texts:
            self.line(text, **look)

    def markup(self, text) -> None:
        """Paragraphs, tables or controls in our own markup."""
        for element in _parsed(f"<w:body>{text}</w:body>"):
            self.document.element.body.insert_element_before(element, "w:sectPr")

    def inside(self, paragraph, markup) -> None:
        for element in _parsed(f"<w:p>{markup}</w:p>"):
            paragraph._p.append(element)

    def numbering(self, *levels, style_link="") -> int:
        """A list of its own with these levels, as (format, text) or markup; answers with its number."""
        self.lists += 1
        number = 900 + self.lists
        root = self.document.part.numbering_part.element
        inside = "".join(
            one if isinstance(one, str) else level(depth, *one) for depth, one in enumerate(levels)
        )
        abstract = _parsed(f'<w:abstractNum w:abstractNumId="{number}">{inside}</w:abstractNum>')
        root.insert(0, abstract)
        root.append(_parsed(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))
        return number

    def number_style(self, style, number, depth) -> None:
        """Paragraphs of ``style`` count in the list ``number``."""
        properties = self.document.styles[style].element.get_or_add_pPr()
        properties.append(_parsed(numbered(number, depth)))

    def table(self, rows, *, style="Table Grid", heading=False):
        """Rows of words; a list in place of words is several paragraphs."""
        table = self.document.add_table(len(rows), max(map(len, rows)), style=style)
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, words in zip(row.cells, cells, strict=False):
                first, *others = words if isinstance(words, list) else [words]
                cell.paragraphs[0].add_run(first)
                for other in others:
                    cell.add_paragraph(other)
        if heading:
            table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        return table

    def part(self, name, kind, content, content_type) -> str:
        """A part below word/, related to the document; answers with the relation's id."""
        part = Part(PackURI(f"/word/{name}"), content_type, content, self.document.part.package)
        return self.document.part.relate_to(part, f"{OFFICE}/{kind}")

    def notes(self, kind, *texts) -> None:
        """The part of footnotes or endnotes, with ids from 1."""
        name = f"{kind}s"
        sign = f"<w:r><w:{kind}Ref/></w:r>"
        rows = "".join(
            f'<w:{kind} w:id="{number}">{paragraph(sign + run(f" {text}"))}</w:{kind}>'
            for number, text in enumerate(texts, 1)
        )
        separator = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
        content = f"<w:{name} {NAMESPACES}>{separator}{rows}</w:{name}>".encode()
        self.part(f"{name}.xml", name, content, f"{MAIN}.{name}+xml")

    def link(self, paragraph, text, address) -> None:
        relation = self.document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        self.inside(paragraph, f'<w:hyperlink r:id="{relation}">{run(text)}</w:hyperlink>')

    def bytes(self) -> bytes:
        stream = BytesIO()
        self.document.save(stream)
        return stream.getvalue()


def note(kind, number) -> str:
    """A reference to a footnote or endnote, as a run."""
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def _parsed(markup):
    end = min(place for place in (markup.find(" "), markup.find(">"), markup.find("/>")) if place > 0)
    return parse_xml(f"{markup[:end]} {NAMESPACES}{markup[end:]}")
