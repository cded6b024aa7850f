"""Frames, shapes and groups: text boxes and pictures, which stand apart from the line that they hang on."""

import base64
import binascii

from policy_pages.importing.line import in_a_line
from policy_pages.importing.odt.names import get, long, short
from policy_pages.importing.pictures import picture_of
from policy_pages.importing.source import Oddity, Picture

TEXTS = ("text:p", "text:h", "text:list", "table:table", "draw:frame")
OBJECTS = ("draw:object", "draw:object-ole", "draw:plugin", "draw:applet", "draw:floating-frame")


def read(element, builder) -> None:
    """Put what a frame or shape holds into the parts of ``builder``."""
    name = short(element)
    if name in ("draw:g", "draw:a"):
        for child in element:
            read(child, builder)
    elif name == "draw:frame":
        _frame(element, builder)
    elif name.startswith("draw:") and _holds_text(element):
        _box(element, builder)


def _frame(element, builder) -> None:
    """A frame holds one thing in several forms; the first that can be shown is taken. Its texts are all kept."""
    boxes = [child for child in element if short(child) == "draw:text-box"]
    images = [child for child in element if short(child) == "draw:image"]
    for box in boxes:
        _box(box, builder)
    if not boxes and (images or any(short(child) in OBJECTS for child in element)):
        picture, oddities = _best(element, images, builder)
        builder.parts.append(picture)
        builder.oddities += oddities
    for image in images:
        if _holds_text(image):
            _box(image, builder)


def _box(element, builder) -> None:
    with builder.apart(builder.next_box(), boxed=True) as parts:
        builder.flow(element)
    builder.parts += parts


def _best(element, images, builder) -> tuple[Picture, list[Oddity]]:
    alt = _said(element, "svg:title") or _said(element, "svg:desc")
    found = None
    for image in images:
        address = get(image, "xlink:href")
        data = builder.package.picture(address) or _inside(image)
        picture, oddities = picture_of(data, builder.place(), _name(address), alt)
        if picture.data:
            return picture, oddities
        found = found or (picture, oddities)
    return found or picture_of(b"", builder.place(), get(element, "draw:name"), alt)


def _inside(image) -> bytes:
    binary = image.find(long("office:binary-data"))
    try:
        return base64.b64decode(binary.text or "") if binary is not None else b""
    except binascii.Error:
        return b""


def _said(element, name: str) -> str:
    found = element.find(long(name))
    return in_a_line("".join(found.itertext())) if found is not None else ""


def _name(address: str) -> str:
    return address.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


def _holds_text(element) -> bool:
    return any(short(child) in TEXTS for child in element)
