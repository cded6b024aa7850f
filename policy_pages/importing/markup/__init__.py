"""Web pages: written by hand, saved from Word, downloaded from Google Docs, made of Markdown.

Nothing is run and nothing is fetched. Words come out as words; ``kernel.content.sanitise`` has them afterwards.
"""

import re
from typing import BinaryIO

from django.utils.translation import gettext as _
from lxml import etree

from kernel.content.decoding import decoded
from policy_pages.importing.markup import words
from policy_pages.importing.markup.building import Builder
from policy_pages.importing.markup.leaving import Leaving
from policy_pages.importing.markup.notes import Notes
from policy_pages.importing.markup.sheets import Sheet
from policy_pages.importing.source import DAMAGED, Progress, Refusal, Source, quietly

DECLARED = re.compile(
    rb"""<meta[^>]{1,300}charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]{1,100}encoding\s*=\s*["']([\w-]+)""", re.I
)
PROBE = 4_096
DEEPEST = 150
# Signs without a shape that a page may carry; a parser would put a mark of damage in their place.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read(file: BinaryIO, progress: Progress = quietly) -> Source:
    content = file.read()
    found = DECLARED.search(content[:PROBE])
    return source_of(decoded(content, _declared(found)), progress)


def source_of(text: str, progress: Progress = quietly) -> Source:
    """The document in the web page ``text``."""
    root = _parsed(text)
    sheet = Sheet(root)
    leaving = Leaving(sheet, Notes(root))
    builder = Builder(sheet, leaving, progress)
    builder.build(root)
    progress(1, 1, _("Counting words"))
    return Source(
        parts=builder.parts,
        words=words.counted(root, leaving),
        title=_title(root),
        notes=builder.notes_read,
        left_out=builder.left_out,
        oddities=builder.oddities,
    )


def _declared(found) -> str:
    return next(group for group in found.groups() if group).decode("ascii", "ignore") if found else ""


def _parsed(text: str):
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_pis=True)
    root = etree.fromstring(CONTROL.sub("", text).encode("utf-8", "replace"), parser)
    if root is None:
        raise Refusal(str(DAMAGED), "damaged")
    if _depth(root) > DEEPEST:
        message = _(
            "This page holds one thing inside another %(found)s deep and more. Open it in Word, save as .docx."
        )
        raise Refusal(message % {"found": DEEPEST}, "too_deep")
    return root


def _depth(root) -> int:
    depth = deepest = 0
    for event, _element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _title(root) -> str:
    for tag in ("title", "h1"):
        found = next((element for element in root.iter(tag) if "".join(element.itertext()).strip()), None)
        if found is not None:
            return " ".join("".join(found.itertext()).split())
    return ""
