"""A Word document as a person sees it in Word."""

import re
from typing import BinaryIO

from django.utils.translation import gettext as _
from lxml import etree

from policy_pages.importing.source import Part, Progress, Source, Table, quietly
from policy_pages.importing.word.columns import Column
from policy_pages.importing.word.counting import words_of_document
from policy_pages.importing.word.names import R, W
from policy_pages.importing.word.notes import Notes
from policy_pages.importing.word.package import Package, body_of, too_deep
from policy_pages.importing.word.stories import Papers, Story

TOLD_EVERY = 100  # parts of the body
DUBLIN = "{http://purl.org/dc/elements/1.1/}"
# What programs write when nobody gave a title.
NO_TITLE = re.compile(
    r"(word|office word|microsoft word)? ?document ?\d*|doc\d*|untitled.*|microsoft word - .*|title|template|"
    r"[\[<].*[\]>]|powerpoint presentation",
    re.IGNORECASE,
)


def read(file: BinaryIO, progress: Progress = quietly) -> Source:
    try:
        return _read(Package(file), progress)
    except RecursionError as error:
        raise too_deep() from error


def _read(package: Package, progress: Progress) -> Source:
    papers = Papers(package)
    body = body_of(package.tree(papers.name))
    papers.note_of = Notes(papers).key
    story = Story(papers, papers.name, body)
    parts = Column(story).read(body, lambda done: _tell(progress, done, len(body)))
    papers.record.end_contents()
    running = _running(papers, body)
    papers.record.comments(package.tree(package.related(papers.name, "comments")))
    progress(len(body), len(body), _("Reading the document"))
    return Source(
        parts,
        words_of_document(package, papers.styles),
        title=_title(package),
        notes=papers.notes,
        running=running,
        left_out=papers.record.left_out,
        oddities=papers.record.oddities,
    )


def _tell(progress, done, of) -> None:
    if done % TOLD_EVERY == 0:
        progress(min(done, of), of, _("Reading the document"))


def _title(package: Package) -> str:
    """The title in the file's properties, unless a program put it there."""
    tree = package.tree(package.related("", "core-properties"))
    found = None if tree is None else tree.find(f"{DUBLIN}title")
    title = " ".join((found.text or "").split()) if found is not None else ""
    return "" if NO_TITLE.fullmatch(title) else title


def _running(papers: Papers, body: etree._Element) -> list[Part]:
    """Headers and footers of all sections and kinds, each text once."""
    links = papers.package.links(papers.name)
    found, seen = [], set()
    for kind in ("header", "footer"):
        rows = [row.get(f"{R}id") for row in body.iter(f"{W}{kind}Reference")]
        names = dict.fromkeys(links[row].target for row in rows if row in links)
        for number, name in enumerate(names, 1):
            parts = _story_of(papers, name, f"{kind} {number}")
            text = "\n".join(_words(part) for part in parts)
            if text.strip() and text not in seen:
                seen.add(text)
                found += parts
                papers.record.running(" ".join(text.split()), f"{kind} {number}")
    return found


def _story_of(papers: Papers, name: str, place: str) -> list[Part]:
    tree = papers.package.tree(name)
    if tree is None:
        return []
    return Column(Story(papers, name, tree, place=place, is_running=True)).read(tree)


def _words(part: Part) -> str:
    if isinstance(part, Table):
        return "\n".join(_words(one) for row in part.rows for cell in row for one in cell.parts)
    return getattr(part, "text", "")
