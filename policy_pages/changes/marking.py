"""Two texts with what was removed and what was added marked in each, every piece in its own markup.

The old text keeps its lists and paragraphs and the new one has its own, so no mark can break either.
"""

from itertools import groupby
from typing import NamedTuple

from django.utils.html import escape
from django.utils.translation import gettext, ngettext

from kernel.content import sanitise
from policy_pages.changes import looks
from policy_pages.changes.alignment import Effort, align, gaps
from policy_pages.changes.words import PLAIN, Text, read

# Of a longer text the words near a change are shown, so many to each side.
WHOLE, NEAR = 150, 25
CHANGED, LOOKS, SAME = "changed", "looks", "same"


class Marked(NamedTuple):
    """``was`` and ``now`` are clean HTML. ``notes`` say what changed in the look and where links lead.

    ``coarse``: some words were too many to be compared one by one.
    """

    was: str = ""
    now: str = ""
    deletions: int = 0
    additions: int = 0
    notes: tuple[str, ...] = ()
    coarse: bool = False
    words: int = 0

    @property
    def is_same(self) -> bool:
        return not (self.deletions or self.additions or self.notes)


def mark(old: str, new: str, effort: Effort, *, whole: bool = False) -> Marked:
    """Two pieces of cleaned HTML beside each other; ``whole``: nothing is left out of a long text."""
    return mark_texts(read(old), read(new), effort, whole=whole)


def mark_texts(old: Text, new: Text, effort: Effort, *, whole: bool = False) -> Marked:
    if old.looks() == new.looks():
        shown = _html(new, [SAME] * len(new.tokens), "ins", whole=True)
        return Marked(shown, shown, words=len(new.tokens))
    found = align(old, new, effort)
    flags = [CHANGED] * len(old.tokens), [CHANGED] * len(new.tokens)
    for run in found.runs:
        flags[0][run.old : run.old + run.length] = [SAME] * run.length
        flags[1][run.new : run.new + run.length] = [SAME] * run.length
    notes = looks.notes(old, new, found.runs)
    for pair in notes.places:
        for side, place in zip(flags, pair, strict=True):
            side[place] = LOOKS
    between = gaps(found.runs, len(old.tokens), len(new.tokens))
    return Marked(
        was=_html(old, flags[0], "del", whole=whole),
        now=_html(new, flags[1], "ins", whole=whole),
        deletions=sum(1 for a, b, _c, _d in between if a < b),
        additions=sum(1 for _a, _b, c, d in between if c < d),
        notes=notes.words,
        coarse=found.coarse,
        words=_shown(flags[0], whole) + _shown(flags[1], whole),
    )


def _shown(flags, whole) -> int:
    return sum(_near(flags, whole))


def _near(flags, whole) -> list[bool]:
    """Which words are shown: all of a short text, those near a change of a long one."""
    if whole or len(flags) <= WHOLE:
        return [True] * len(flags)
    after = _since(flags)
    before = _since(flags[::-1])[::-1]
    return [min(pair) <= NEAR for pair in zip(after, before, strict=True)]


def _since(flags) -> list[int]:
    """How many words ago the last change was."""
    found, last = [], NEAR + 1
    for flag in flags:
        last = 0 if flag != SAME else last + 1
        found.append(last)
    return found


def _html(text: Text, flags, tag: str, *, whole: bool) -> str:
    page = _Page(tag)
    near, at, left_out = _near(flags, whole), 0, 0
    for line in text.lines:
        end = at + len(line.tokens)
        if any(near[at:end]):
            page.gap(left_out)
            left_out = 0
            page.line(line, list(zip(line.tokens, flags[at:end], near[at:end], strict=True)))
        else:
            left_out += len(line.tokens)
        at = end
    page.gap(left_out)
    page.close(())
    return sanitise.clean_html("".join(page.pieces), "changes")


class _Page:
    """Writes lines into paragraphs and lists; ``pieces`` is the HTML so far."""

    def __init__(self, tag: str):
        self.tag, self.pieces, self.lists, self.paragraph = tag, [], [], False
        self.hidden = gettext("added:") if tag == "ins" else gettext("removed:")

    def gap(self, count: int):
        if count:
            self.close(())
            self.pieces.append(f"<p>{_gap(count)}</p>")

    def line(self, line, tokens):
        if line.begins == "line" and self.paragraph and self.lists == list(line.path):
            self.pieces.append("<br>")
        else:
            self.close(line.path)
            self._open(line.path)
            self.pieces.append("<p>")
            self.paragraph = True
        self.pieces.append(self._words(tokens))

    def close(self, path):
        """End what ``path`` is not in: another item ends the last one, its list stays."""
        if self.paragraph:
            self.pieces.append("</p>")
            self.paragraph = False
        while self.lists and self.lists != list(path[: len(self.lists)]):
            shut = self.lists.pop()
            stays = len(path) > len(self.lists) and path[len(self.lists)].which == shut.which
            self.pieces.append("</li>" if stays else f"</li></{shut.tag}>")
            if stays:
                self._item(path[len(self.lists)])
                return

    def _item(self, item):
        self.pieces.append(f'<li value="{item.number}">' if item.tag == "ol" else "<li>")
        self.lists.append(item)

    def _open(self, path):
        for item in path[len(self.lists) :]:
            self.pieces.append(f"<{item.tag}>")
            self._item(item)

    def _words(self, tokens) -> str:
        """Runs of one flag; a mark stands round words alone, never round a line."""
        written = []
        for (flag, near), group in groupby(tokens, key=lambda row: (row[1] == CHANGED, row[2])):
            found = [token for token, _flag, _near in group]
            space = " " if written and (found[0].space or not near) else ""
            if not near:
                written.append(space + _gap(len(found)))
            elif flag:
                hidden = f'<span class="nhsuk-u-visually-hidden">{escape(self.hidden)} </span>'
                written.append(f"{space}<{self.tag}>{hidden}{_styled(found)}</{self.tag}>")
            else:
                written.append(space + _styled(found))
        return "".join(written)


def _gap(count: int) -> str:
    words = ngettext("[%(n)d word the same]", "[%(n)d words the same]", count) % {"n": count}
    return f'<span class="wa-gap">{escape(words)}</span>'


def _styled(tokens) -> str:
    """The letters with their bold, links and so on; a space between two words of one style is of that style."""
    pieces: list[tuple[str, object]] = []
    for place, token in enumerate(tokens):
        if place and token.space:
            same = pieces[-1][1] == token.parts[0][1]
            pieces.append((" ", pieces[-1][1] if same else PLAIN))
        pieces.extend(token.parts)
    return "".join(
        _in_style("".join(text for text, _style in group), style)
        for style, group in groupby(pieces, key=lambda piece: piece[1])
    )


def _in_style(text: str, style) -> str:
    html = str(escape(text))
    for tag in (style.shift, "em" if style.italic else "", "strong" if style.bold else ""):
        html = f"<{tag}>{html}</{tag}>" if tag else html
    return f'<a href="{escape(style.link)}">{html}</a>' if style.link else html
