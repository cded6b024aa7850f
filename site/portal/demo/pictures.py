"""Drawn here, so that the demo carries no file from elsewhere: a figure for each way of acting, and a form."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont
from wagtail.documents import get_document_model

WIDE, HIGH, GAP = 720, 96, 44
BLUE, INK, PALE = "#005eb8", "#212b32", "#f0f4f5"


def steps_picture(steps: list[str]) -> bytes:
    """Boxes from top to bottom, an arrow between each and the next."""
    picture = Image.new("RGB", (WIDE, len(steps) * (HIGH + GAP) - GAP + 40), "white")
    draw = ImageDraw.Draw(picture)
    for place, words in enumerate(steps):
        top = 20 + place * (HIGH + GAP)
        _box(draw, top, words, number=place + 1)
        if place:
            _arrow(draw, top - GAP, top)
    return _png(picture)


def text_document(title: str, name: str, lines: list[str]):
    return _kept(get_document_model(), title, name, "\r\n".join(lines).encode())


def _box(draw, top, words, *, number) -> None:
    draw.rounded_rectangle((20, top, WIDE - 20, top + HIGH), 8, fill=PALE, outline=BLUE, width=3)
    draw.ellipse((40, top + 26, 84, top + 70), fill=BLUE)
    draw.text((62, top + 48), str(number), fill="white", font=ImageFont.load_default(26), anchor="mm")
    draw.text((108, top + HIGH // 2), words, fill=INK, font=ImageFont.load_default(25), anchor="lm")


def _arrow(draw, top, bottom) -> None:
    middle = WIDE // 2
    draw.line((middle, top + 4, middle, bottom - 6), fill=BLUE, width=4)
    draw.polygon(((middle - 10, bottom - 14), (middle + 10, bottom - 14), (middle, bottom - 2)), fill=BLUE)


def _png(picture) -> bytes:
    stream = BytesIO()
    picture.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _kept(model, title, name, content):
    row = model(title=title, file=ContentFile(content, name=name))
    row.full_clean()
    row.save()
    return row
