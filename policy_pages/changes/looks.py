"""What changed in words that stayed: bold, links, lists, lines. Each as a sentence, so that it is seen in print."""

from itertools import groupby
from typing import NamedTuple

from django.utils.translation import gettext as _

from policy_pages.changes.words import Style, Text

# Words of a quotation; sentences on one change.
QUOTED, MOST = 12, 40
FILES = "#file-"


class Notes(NamedTuple):
    """``places`` are the words in question: (number in the old text, number in the new one)."""

    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]


class _Found(NamedTuple):
    old: int
    new: int
    words: tuple[str, ...]


def notes(old: Text, new: Text, runs) -> Notes:
    pairs = [(run.old + step, run.new + step, step) for run in runs for step in range(run.length)]
    places = _Places(old), _Places(new)
    found = [*_of_style(old, new, pairs), *_of_lines(*places, pairs), *_of_space(old, new, places, pairs)]
    same = {place for _old, place, _step in pairs}
    links = [*_links(old, {row[0] for row in pairs}, _link_gone), *_links(new, same, _link_new)]
    words = list(dict.fromkeys([note for group in found for note in group.words] + links))
    if len(words) > MOST:
        words[MOST:] = [_("And %(n)d more of the kind.") % {"n": len(words) - MOST}]
    return Notes(tuple(words), tuple((row.old, row.new) for row in found))


class _Places:
    """For each word the lists it stands in, and how its line begins if it is the first of one."""

    def __init__(self, text: Text):
        self.text, self.shapes, self.begins, self.ends = text, [], [], []
        for line in text.lines:
            count = len(line.tokens)
            self.ends += [len(self.ends) + count] * count
            self.shapes += [line.shape] * count
            self.begins += [line.begins, *[""] * (count - 1)]

    def line(self, place: int) -> str:
        """The words from ``place`` to the end of their line."""
        return _quote(self.text, range(place, self.ends[place]))


def _of_style(old, new, pairs):
    """Neighbouring words with the same change of look make one sentence."""
    changed = []
    for a, b, _step in pairs:
        if old.tokens[a].parts != new.tokens[b].parts:
            changed.append((a, b, _style(old.tokens[a]), _style(new.tokens[b])))
    rows = enumerate(changed)
    for _key, group in groupby(rows, key=lambda row: (row[1][0] - row[0], row[1][2:])):
        found = [row for _number, row in group]
        words = _quote(new, [b for _a, b, _was, _now in found])
        said = tuple(_style_words(words, *found[0][2:]))
        yield from (_Found(a, b, said) for a, b, _was, _now in found)


def _style(token) -> Style:
    """Of a word in several styles the strongest counts."""
    styles = [style for _text, style in token.parts]
    if len(styles) == 1:
        return styles[0]
    return Style(
        any(style.bold for style in styles),
        any(style.italic for style in styles),
        max(style.shift for style in styles),
        max(style.link for style in styles),
    )


def _style_words(words: str, was: Style, now: Style):
    known = {"words": words, "was": address(was.link), "now": address(now.link)}
    if was == now:
        yield _("“%(words)s”: another part of the word is bold, italic, raised or a link.") % known
    if was.bold != now.bold:
        yield (_("“%(words)s” is now bold.") if now.bold else _("“%(words)s” is no longer bold.")) % known
    if was.italic != now.italic:
        yield (
            _("“%(words)s” is now in italics.") if now.italic else _("“%(words)s” is no longer in italics.")
        ) % known
    if was.shift != now.shift:
        yield (
            {
                "sub": _("“%(words)s” is now lowered."),
                "sup": _("“%(words)s” is now raised."),
                "": _("“%(words)s” is no longer raised or lowered."),
            }[now.shift]
            % known
        )
    if was.link and now.link and was.link != now.link:
        yield _("“%(words)s” leads to %(now)s; it led to %(was)s.") % known
    elif was.link != now.link:
        yield (
            _("“%(words)s” is now a link to %(now)s.")
            if now.link
            else _("“%(words)s” is no longer a link; it led to %(was)s.")
        ) % known


def address(link: str) -> str:
    """Where a link leads, in words: a kept file by its name and the beginning of its digest."""
    if link.startswith(FILES):
        digest, _slash, name = link.removeprefix(FILES).partition("/")
        return _("the file %(name)s (%(digest)s)") % {"name": name, "digest": digest[:8]}
    return link


def _of_lines(old: _Places, new: _Places, pairs):
    """Where words stand in another kind of list, or a line begins or no longer begins."""
    changed = []
    for a, b, step in pairs:
        was, now = old.shapes[a], new.shapes[b]
        starts = old.begins[a], new.begins[b]
        if was != now and (any(starts) or not step):
            changed.append((a, b, _shape(was, starts[0]), _shape(now, starts[1])))
        elif was == now and starts[0] != starts[1] and (step or (a == 0 and b == 0)):
            changed.append((a, b, _shape(was, starts[0]), _shape(now, starts[1])))
    for (was, now), group in groupby(changed, key=lambda row: row[2:]):
        found = list(group)
        said = _line_words(new.line(found[0][1]), len(found), was, now)
        yield from (_Found(a, b, (said,)) for a, b, _was, _now in found)


def _line_words(words: str, count: int, was: str, now: str) -> str:
    known = {"words": words, "n": count - 1, "was": was, "now": now}
    if count == 1:
        return _("“%(words)s” was %(was)s and is now %(now)s.") % known
    return _("“%(words)s” and %(n)d more were %(was)s and are now %(now)s.") % known


def _shape(shape, begins: str) -> str:
    if not begins:
        return _("in the middle of a line")
    if begins == "item":
        words = _("an item of a numbered list") if shape[-1] == "ol" else _("an item of a bulleted list")
        depth = len(shape)
        return words if depth == 1 else _("%(item)s, level %(depth)d") % {"item": words, "depth": depth}
    words = _("a new line") if begins == "line" else _("a paragraph")
    return _("%(line)s inside a list") % {"line": words} if shape else words


def _of_space(old, new, places, pairs):
    """A space between two words that came or went: "log in" and "login" differ, "and / or" and "and/or" too."""
    for a, b, step in pairs:
        if step and old.tokens[a].space != new.tokens[b].space:
            if not (places[0].begins[a] or places[1].begins[b]):
                words = _quote(new, [b - 1, b])
                yield _Found(
                    a, b, (_("“%(words)s”: the space between the words changed.") % {"words": words},)
                )


def _links(text: Text, stayed: set[int], words):
    """Links among words that came or went: where they lead is said, on paper too."""
    rows = [(n, _style(token).link) for n, token in enumerate(text.tokens) if n not in stayed]
    linked = enumerate(row for row in rows if row[1])
    for (_step, link), group in groupby(linked, key=lambda row: (row[1][0] - row[0], row[1][1])):
        places = [n for _number, (n, _link) in group]
        yield words(_quote(text, places), address(link))


def _link_new(words: str, link: str) -> str:
    return _("“%(words)s” is a link to %(link)s.") % {"words": words, "link": link}


def _link_gone(words: str, link: str) -> str:
    return _("The link “%(words)s” to %(link)s is gone.") % {"words": words, "link": link}


def _quote(text: Text, places) -> str:
    tokens = [text.tokens[place] for place in places]
    words = "".join(
        (" " if n and token.space else "") + token.word for n, token in enumerate(tokens[:QUOTED])
    )
    return words + (" …" if len(tokens) > QUOTED else "")
