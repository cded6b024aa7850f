"""Lines as the HTML of a clause."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from kernel.content import sanitise
from policy_pages.importing.recognising.lines import Line
from policy_pages.importing.source import Piece, words_of


@dataclass
class Written:
    """``html`` and how its words differ from the source's: ``added`` stand in it alone, ``typed`` there alone."""

    html: str = ""
    added: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)


Marker = Callable[[str], str]
OWN_SIGNS = ""  # no list of ours shows the numbers of the source


def written(lines: list[Line], marker: Marker) -> Written:
    """``marker`` gives the HTML that refers to a note by its key."""
    found = Written()
    html, run = [], []
    for line in lines:
        if line.is_item:
            run.append(line)
            continue
        html += [_list(run, found, marker), _paragraph(line, found, marker)]
        run = []
    html.append(_list(run, found, marker))
    found.html = str(sanitise.clean_html("".join(html), "clause"))
    return found


def inline(pieces: list[Piece], found: Written, marker: Marker) -> str:
    return "".join(_piece(piece, found, marker) for piece in _trimmed(pieces))


def _paragraph(line: Line, found: Written, marker: Marker) -> str:
    """A line that is no item; a number that it shows all the same stands in front of its words."""
    words = inline(line.pieces, found, marker)
    if line.shown and line.number:
        words = _in_front(line, words, found)
    return f"<p>{words}</p>" if words else ""


def _in_front(line: Line, words: str, found: Written) -> str:
    """The number before the words, as it stands in the source; one that was counted is not the source's word."""
    found.added += [] if line.written else [line.shown]
    glued = line.written and not line.written[-1].isspace()
    return f"{escape(line.shown)}{'' if glued else ' '}{words}"


def _piece(piece: Piece, found: Written, marker: Marker) -> str:
    words = "<br>".join(escape(part, quote=False) for part in piece.text.split("\n"))
    if piece.raised in ("sup", "sub"):
        words = f"<{piece.raised}>{words}</{piece.raised}>" if words.strip() else words
    words = _around("b", words) if piece.bold else words
    words = _around("i", words) if piece.italic else words
    if piece.href and words.strip():
        words = f'<a href="{escape(piece.href)}">{words}</a>'
    if piece.note:
        words += marker(piece.note)
    return words


def _around(tag: str, words: str) -> str:
    return f"<{tag}>{words}</{tag}>" if words.strip() else words


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Without the spaces at both ends, neighbours of one look in one piece."""
    kept: list[Piece] = []
    for piece in pieces:
        if kept and _look(kept[-1]) == _look(piece) and not kept[-1].note:
            kept[-1] = _with(piece, kept[-1].text + piece.text)
        else:
            kept.append(piece)
    if kept:
        kept[0] = _with(kept[0], kept[0].text.lstrip())
        kept[-1] = _with(kept[-1], kept[-1].text.rstrip())
    return kept


def _look(piece: Piece) -> tuple:
    return (piece.bold, piece.italic, piece.raised, piece.href)


def _with(piece: Piece, text: str) -> Piece:
    return Piece(text, piece.bold, piece.italic, piece.raised, piece.href, piece.note)


def _list(run: list[Line], found: Written, marker: Marker) -> str:
    """Items of one run as nested lists. Depths begin at 0 and never jump."""
    depths = _depths(run)
    return "".join(_level(list(zip(run, depths, strict=True)), 0, found, marker)) if run else ""


def _depths(run: list[Line]) -> list[int]:
    found: list[int] = []
    stack: list[int] = []
    for line in run:
        while stack and stack[-1] >= line.depth:
            stack.pop()
        stack.append(line.depth)
        found.append(len(stack) - 1)
    return found


def _level(
    rows: list[tuple[Line, int]], depth: int, found: Written, marker: Marker, within: bool = False
) -> list[str]:
    """The lists of one depth: another begins where bullets change to numbers or back.

    ``within`` an item of another list, signs of the source make lines of that item.
    """
    html: list[str] = []
    for group in _groups(rows, depth):
        tag = _tag(group, depth)
        if tag == OWN_SIGNS and not (within and _holds_lists(group, depth)):
            html += _signed(group, depth, found, marker, within)
            continue
        tag = tag if tag != OWN_SIGNS else "ul"
        html.append(f"<{tag}>")
        for line, beneath in _items(group, depth):
            inner = "".join(_level(beneath, depth + 1, found, marker, True)) if beneath else ""
            html.append(f"<li>{_item(line, tag, found, marker)}{inner}</li>")
        html.append(f"</{tag}>")
    return html


def _signed(group, depth: int, found: Written, marker: Marker, within: bool) -> list[str]:
    """ "(a)", "ii." or "3.": the signs of the source stand in front of the words, so no bullet does."""
    html: list[str] = []
    for line, beneath in _items(group, depth):
        words = _in_front(line, inline(line.pieces, found, marker), found)
        html.append(f"<br>{words}" if within else f"<p>{words}</p>")
        html += _level(beneath, depth + 1, found, marker, within) if beneath else []
    return html


def _tag(group, depth: int) -> str:
    lines = [line for line, at in group if at == depth]
    if _counts_from_one(lines):
        return "ol"
    return OWN_SIGNS if any(line.number for line in lines) else "ul"


def _holds_lists(group, depth: int) -> bool:
    """Bullets or numbers that count from 1 stand beneath."""
    return any(
        _tag(lower, depth + 1) != OWN_SIGNS or _holds_lists(lower, depth + 1)
        for _line, beneath in _items(group, depth)
        for lower in _groups(beneath, depth + 1)
    )


def _groups(rows, depth):
    groups: list[list[tuple[Line, int]]] = []
    for line, at in rows:
        if groups and (at > depth or _belongs(groups[-1], line, depth)):
            groups[-1].append((line, at))
        else:
            groups.append([(line, at)])
    return groups


def _belongs(group, line: Line, depth: int) -> bool:
    """Bullets with bullets, numbers with numbers; 1 begins another list."""
    items = [other for other, at in group if at == depth]
    if line.ordered != items[0].ordered or bool(line.number) != bool(items[0].number):
        return False
    return not (line.number == "1" and items[0].number)


def _items(group, depth):
    items: list[tuple[Line, list]] = []
    for line, at in group:
        if at == depth:
            items.append((line, []))
        else:
            items[-1][1].append((line, at))
    return items


def _counts_from_one(lines: list[Line]) -> bool:
    """The list would show the very numbers of the source: 1, 2, 3."""
    if all(line.ordered and not line.number for line in lines):
        return True
    return [line.number for line in lines] == [str(n) for n in range(1, len(lines) + 1)]


def _item(line: Line, tag: str, found: Written, marker: Marker) -> str:
    words = inline(line.pieces, found, marker)
    if not line.number:
        return words
    if tag == "ul":
        return _in_front(line, words, found)
    if line.written and line.written[-1].isspace():
        found.typed.append(line.written)
    elif line.written:
        first = (words_of(line.text) or [""])[0]
        found.typed.append(line.written + first)
        found.added.append(first)
    return words
