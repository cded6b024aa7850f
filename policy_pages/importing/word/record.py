"""What is noted down while a document is read: left out on purpose, odd, or said in the margin."""

import re

from django.utils.translation import gettext as _

from policy_pages.importing.source import Kind, LeftOut, Oddity
from policy_pages.importing.word.names import W, spelled

BROKEN = re.compile(r"Error! [A-Z][^.!?\n]{0,80}(?:not found|not defined|in document)\.")
QUOTED = 30  # words of the document that a message repeats


class Record:
    def __init__(self):
        self.left_out: list[LeftOut] = []
        self.oddities: list[Oddity] = []
        self._contents: list[str] = []
        self._contents_at = ""
        self._comments_at: dict[str, str] = {}

    def odd(self, code: str, place: str, message: str) -> None:
        self.oddities.append(Oddity(code, place, message))

    def deleted(self, words: str, place: str) -> None:
        self._leave_out(Kind.DELETED, words, place)
        message = _("A tracked change takes this away, so it is left out: “%(words)s”.")
        self.odd("tracked_deletion", place, message % {"words": _quoted(words)})

    def inserted(self, words: str, place: str) -> None:
        message = _(
            "A tracked change added this, and it is kept as text: “%(words)s”. Check that it was agreed."
        )
        self.odd("tracked_insertion", place, message % {"words": _quoted(words)})

    def hidden(self, words: str, place: str) -> None:
        self._leave_out(Kind.HIDDEN, words, place)
        message = _("Hidden text is left out: “%(words)s”.")
        self.odd("hidden_text", place, message % {"words": _quoted(words)})

    def broken_references(self, text: str, place: str) -> None:
        """Word writes so where a cross reference leads to nothing; it is text, and hardly meant to be."""
        for match in BROKEN.finditer(text):
            message = _("A cross reference leads nowhere: “%(words)s”. Say in words what it refers to.")
            self.odd("broken_reference", place, message % {"words": match[0]})

    def running(self, words: str, place: str) -> None:
        self._leave_out(Kind.RUNNING, words, place)

    @property
    def in_contents(self) -> bool:
        return bool(self._contents)

    def contents(self, words: str, place: str, *, runs_on: bool = False) -> None:
        """A line of a contents list; lines that follow each other are one list."""
        self._contents_at = self._contents_at if self._contents else place
        self._contents.append(words if runs_on else f"{words}\n")

    def end_contents(self) -> None:
        if self._contents:
            self._leave_out(Kind.CONTENTS, "".join(self._contents), self._contents_at)
            self._contents = []

    def comment_at(self, number: str, place: str) -> None:
        self._comments_at.setdefault(number, place)

    def comments(self, tree) -> None:
        for comment in () if tree is None else tree.findall(f"{W}comment"):
            lines = ("".join(map(spelled, line.iter(f"{W}t"))) for line in comment.iter(f"{W}p"))
            words = "\n".join(filter(None, lines))
            place = self._comments_at.get(comment.get(f"{W}id"), _("place unknown"))
            self._leave_out(Kind.COMMENTS, words, place)
            message = _(
                "A comment is not part of the text: “%(words)s”. Settle it before the policy is issued."
            )
            self.odd("comment", place, message % {"words": _quoted(words)})

    def _leave_out(self, kind, words, place) -> None:
        if words.strip():
            self.left_out.append(LeftOut(kind, words.strip(), place))


def _quoted(words: str) -> str:
    found = words.split()
    return " ".join(found[:QUOTED]) + (" …" if len(found) > QUOTED else "")
