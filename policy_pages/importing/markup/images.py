"""Pictures of a page: those inside it are taken, those that lie elsewhere are never fetched."""

import base64
import binascii
from urllib.parse import unquote_to_bytes

from policy_pages.importing.pictures import picture_of
from policy_pages.importing.source import Oddity, Picture

INSIDE = "data:"
COUNTING_DOT = {"0", "1"}


def read(element, place: str) -> tuple[Picture | None, list[Oddity]]:
    """The picture of ``element``; None for a dot that only counts visitors or makes room."""
    if element.get("width") in COUNTING_DOT and element.get("height") in COUNTING_DOT:
        return None, []
    source, alt = (element.get("src") or "").strip(), (element.get("alt") or "").strip()
    if source[: len(INSIDE)].lower() == INSIDE:
        return picture_of(_inside(source), place, "", alt)
    return picture_of(b"", place, _name(source), alt)


def _inside(source: str) -> bytes:
    head, _comma, content = source.partition(",")
    try:
        return (
            base64.b64decode(unquote_to_bytes(content))
            if ";base64" in head.lower()
            else unquote_to_bytes(content)
        )
    except binascii.Error:
        return b""


def _name(source: str) -> str:
    return source.split("?")[0].split("#")[0].replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
