"""Tracked changes: what was put in is kept and reported, what was taken out is left out and reported."""

from django.utils.translation import gettext as _

from policy_pages.importing.line import in_a_line, shortened
from policy_pages.importing.odt.names import get, long, short
from policy_pages.importing.odt.words import letters
from policy_pages.importing.source import Kind, LeftOut, Oddity


class Changes:
    def __init__(self, builder):
        self.builder = builder
        self._deleted: dict[str, str] = {}
        self._inserted: set[str] = set()
        self._open: dict[str, tuple[str, list[str]]] = {}

    def begin(self, body) -> None:
        for region in body.iter(long("text:changed-region")):
            key = get(region, "text:id") or get(region, "xml:id")
            for change in region:
                if short(change) == "text:deletion":
                    self._deleted[key] = in_a_line(letters(change, self.builder.leaving, left_out=True))
                elif short(change) == "text:insertion":
                    self._inserted.add(key)

    def meet(self, mark, name: str) -> None:
        key = get(mark, "text:change-id")
        if name == "text:change":
            self._take_out(self._deleted.pop(key, ""), self.builder.place())
        elif name == "text:change-start" and key in self._inserted:
            self._open[key] = self.builder.place(), []
        elif name == "text:change-end" and key in self._open:
            self._report_inserted(*self._open.pop(key))

    def hear(self, words: str) -> None:
        """Words of the text go by; those of an open insertion are its own."""
        for _place, heard in self._open.values():
            heard.append(words)

    def end(self) -> None:
        for place, heard in self._open.values():
            self._report_inserted(place, heard)
        for words in self._deleted.values():
            self._take_out(words, _("a place that the file does not name"))

    def _take_out(self, words: str, place: str) -> None:
        if words:
            self.builder.left_out.append(LeftOut(Kind.DELETED, words, place))
            message = _("Taken out by a tracked change, and left out: %s") % shortened(words)
            self.builder.oddities.append(Oddity("tracked_deletion", place, message))

    def _report_inserted(self, place: str, heard: list[str]) -> None:
        words = in_a_line("".join(heard))
        if words:
            message = _("Put in by a tracked change, and kept: %s") % shortened(words)
            self.builder.oddities.append(Oddity("tracked_insertion", place, message))
