"""Pictures, boxes, shapes and charts that hang on a paragraph."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from policy_pages.importing.source import Paragraph, Part, Picture, Piece
from policy_pages.importing.word.names import DGM, MC, PIC, WP, A, O, R, V, W, chosen
from policy_pages.importing.word.stories import Story

KINDS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)
# No words of an author: what Word guessed about a picture says so itself, a name of a file says nothing.
MADE_BY_WORD = re.compile(
    r"\s*(Description automatically generated.*|AI-generated content may be incorrect\.?)\s*$"
    r"|^[^\n]*\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|webp|svg)\s*$",
    re.IGNORECASE,
)
PICTURES = {f"{A}blip", f"{V}imagedata"}


class DrawingReader:
    def __init__(self, story: Story, inside: Callable[[object, str], list[Part]], place: str):
        self.story = story
        self.place = place
        self._inside = inside

    def read(self, drawing) -> list[Part]:
        is_object = drawing.find(f".//{O}OLEObject") is not None
        parts: list[Part] = []
        for element in _within(drawing):
            if element.tag in PICTURES:
                parts += self._picture(element, drawing, is_object)
            else:
                parts += self._words(element)
        return parts

    def _words(self, element) -> list[Part]:
        if element.tag == f"{W}txbxContent":
            parts = self._inside(element, self.story.next_box())
            return [replace(part, boxed=True) if isinstance(part, Paragraph) else part for part in parts]
        if element.tag == f"{A}p":
            return self._boxed("".join(piece.text or "" for piece in element.iter(f"{A}t")))
        if element.tag == f"{V}textpath":
            return self._boxed(element.get("string", ""))
        if element.tag == f"{DGM}relIds":
            return self._diagram(element)
        return self._unread(element)

    def _boxed(self, text) -> list[Part]:
        return [Paragraph([Piece(text)], self.story.next_box(), boxed=True)] if text.strip() else []

    def _diagram(self, element) -> list[Part]:
        link = self.story.links.get(element.get(f"{R}dm", ""))
        tree = self.story.papers.package.tree(link.target) if link and not link.is_outside else None
        if tree is None:
            self.story.record.odd("missing_diagram", self.place, _("A diagram is lost from the file."))
            return []
        place = self.story.next_box()
        lines = ("".join(piece.text or "" for piece in line.iter(f"{A}t")) for line in tree.iter(f"{A}p"))
        return [Paragraph([Piece(line)], place, boxed=True) for line in lines if line.strip()]

    def _unread(self, element) -> list[Part]:
        name = element.tag.rsplit("}", 1)[-1]
        if name == "chart":
            message = _("A chart is not taken over. Put it in as a picture, and its figures as a table.")
            self.story.record.odd("chart", self.place, message)
        elif element.tag == f"{O}OLEObject":
            message = _(
                "An object of another program (%(name)s) is not taken over. Put what it shows in as text."
            )
            kind = element.get("ProgID", "?")
            self.story.record.odd("embedded_object", self.place, message % {"name": kind})
        return []

    def _picture(self, element, drawing, is_object) -> list[Part]:
        if self.story.is_running:
            return []
        link = self.story.links.get(_relation(element), None)
        alt = _alt(element, drawing)
        data = None if link is None or link.is_outside else self.story.papers.package.content(link.target)
        name = "" if link is None else PurePosixPath(link.target.replace("\\", "/")).name
        kind = _kind(data or b"")
        if kind:
            return [Picture(self.place, data, name, kind, alt)]
        if is_object:
            return []
        self._report(name, alt, is_missing=not data)
        return [Picture(self.place, name=name, alt=alt)]

    def _report(self, name, alt, *, is_missing) -> None:
        values = {"name": alt or name or _("without a name")}
        if is_missing:
            message = _("The picture “%(name)s” is not in the file. Put it in again.")
            self.story.record.odd("missing_image", self.place, message % values)
        else:
            message = _(
                "The picture “%(name)s” is in a format that browsers do not show. Replace it by PNG or JPEG."
            )
            self.story.record.odd("unusable_image", self.place, message % values)


def _within(element) -> Iterator:
    """All below a drawing in order, each alternative once; what a box holds is left to whoever reads the box."""
    for child in element:
        if child.tag == f"{MC}AlternateContent":
            yield from _within(chosen(child))
            continue
        yield child
        if child.tag not in (f"{W}txbxContent", f"{A}p"):
            yield from _within(child)


def _relation(element) -> str:
    return element.get(f"{R}embed") or element.get(f"{R}link") or element.get(f"{R}id") or ""


def _alt(element, drawing) -> str:
    """The picture's own words where several are grouped, else those of the drawing."""
    rows = [drawing.find(f".//{WP}docPr"), element.getparent()]
    for holder in element.iterancestors(f"{PIC}pic"):
        rows.insert(0, holder.find(f"{PIC}nvPicPr/{PIC}cNvPr"))
    names = ("descr", "title", "alt")
    found = (row.get(name) for row in rows if row is not None for name in names)
    return next((plain for words in found if (plain := MADE_BY_WORD.sub("", words or "").strip())), "")


def _kind(data: bytes) -> str:
    """What a picture is, by its first bytes; empty for what no browser shows."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in KINDS if data.startswith(start)), "")
