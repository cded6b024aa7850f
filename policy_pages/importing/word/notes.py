"""Footnotes and endnotes: a text for each that something in the document refers to."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from policy_pages.importing.source import Paragraph, Part, Picture, Table
from policy_pages.importing.word.columns import Column
from policy_pages.importing.word.names import W
from policy_pages.importing.word.stories import Papers, Story

MARKS = ("separator", "continuationSeparator", "continuationNotice")


class Notes:
    def __init__(self, papers: Papers):
        self._papers = papers
        self._keys: dict[tuple[str, str], str] = {}
        self._stories: dict[str, Story | None] = {}
        self._rows = {kind: self._rows_of(kind) for kind in ("footnote", "endnote")}

    def key(self, kind: str, number: str, place: str) -> str:
        """Key of the note, read when it is first referred to; empty for one that is lost."""
        if (kind, number) in self._keys:
            return self._keys[kind, number]
        row = self._rows[kind].get(number)
        if row is None:
            message = _("A note is lost: the text refers to one that is not in the file.")
            self._papers.record.odd("missing_note", place, message)
            return ""
        count = sum(known == kind for known, _number in self._keys) + 1
        key = self._keys[kind, number] = f"{kind} {count}"
        self._papers.notes[key] = self._read(kind, row, key)
        return key

    def _rows_of(self, kind) -> dict:
        tree = self._papers.package.tree(self._papers.package.related(self._papers.name, f"{kind}s"))
        rows = [] if tree is None else tree.findall(W + kind)
        return {row.get(f"{W}id"): row for row in rows if row.get(f"{W}type") not in MARKS}

    def _read(self, kind, row, place) -> list[Paragraph]:
        name = self._papers.package.related(self._papers.name, f"{kind}s")
        story = Story(self._papers, name, row, place=place)
        found = list(self._flat(Column(story).read(row), place))
        if found and found[0].pieces:  # a space parts the number of a note from its words
            first = found[0].pieces[0]
            found[0].pieces[0] = replace(first, text=first.text.lstrip())
        return found

    def _flat(self, parts: list[Part], place) -> Iterator[Paragraph]:
        for part in parts:
            if isinstance(part, Paragraph):
                yield part
            elif isinstance(part, Table):
                for row in part.rows:
                    for cell in row:
                        yield from self._flat(cell.parts, place)
            elif isinstance(part, Picture):
                message = _("A picture in a note is not taken over. Put it into the text.")
                self._papers.record.odd("picture_in_note", place, message)
