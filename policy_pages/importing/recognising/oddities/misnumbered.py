"""Numbers that stand in a place that is not theirs, twice, or with one missing before them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from policy_pages.importing import numbering
from policy_pages.importing.recognised import Block, Recognised
from policy_pages.importing.source import Oddity


def oddities(recognised: Recognised) -> list[Oddity]:
    numbered = list(_numbered(recognised.blocks))
    return [
        *_out_of_place(numbered),
        *_gaps(numbered),
        *_labels(recognised.blocks),
        *_without(recognised.blocks),
    ]


def _numbered(blocks: list[Block]) -> Iterator[tuple[Block, Block | None]]:
    """Every numbered block of the text proper with the section that holds it; appendices count for themselves."""
    above: list[Block] = []
    for block in blocks:
        if block.type == "appendix":
            above = [block]
        elif block.type == "section" and not (above and above[0].type == "appendix"):
            above = [one for one in above if one.level < block.level]
            if block.number:
                yield block, above[-1] if above else None
            above.append(block)
        elif block.type == "clause" and block.number and not (above and above[0].type == "appendix"):
            yield block, next((one for one in reversed(above) if one.number), None)


def _out_of_place(numbered) -> Iterator[Oddity]:
    """19.0 contains 18.1; and what stands twice in the same place."""
    seen: dict[tuple, Block | None] = {}
    for block, section in numbered:
        parts = numbering.parts(block.number)
        twin = seen.get(parts, False)
        if _is_strange(parts, section):
            yield Oddity("number_out_of_place", _where(block, section), _strange(block, section, twin))
        elif twin is not False and not numbering.is_digits(block.number):
            words = {"number": block.number, "place": _name(twin)}
            message = (
                _("%(number)s stands twice; the first is in %(place)s. Both are kept as written.") % words
            )
            yield Oddity("duplicate_number", _where(block, section), message)
        seen.setdefault(parts, section)


def _is_strange(parts: tuple, section: Block | None) -> bool:
    if section is None or not section.number or len(parts) < 2:
        return False
    above = numbering.parts(section.number)
    return parts[: len(above)] != above and len(above) < len(parts)


def _strange(block: Block, section: Block, twin) -> str:
    words = {"section": section.number, "number": block.number}
    if twin is False:
        return _("%(section)s contains %(number)s. It is kept as written.") % words
    words["place"] = _name(twin)
    return (
        _("%(section)s contains %(number)s (duplicate of %(number)s in %(place)s). Both are kept as written.")
        % words
    )


def _name(section: Block | None) -> str:
    return section.number if section is not None and section.number else _("the text before")


def _where(block: Block, section: Block | None) -> str:
    return f"{section.number}, {block.place}" if section is not None and section.number else block.place


def _gaps(numbered) -> Iterator[Oddity]:
    """Between neighbours of one order a number is missing: 3.1, 3.3."""
    last: dict[tuple, int] = {}
    for block, section in numbered:
        parts = numbering.parts(block.number)
        if not parts or not parts[-1].isdigit() or _is_strange(parts, section):
            continue
        before, now = last.get(parts[:-1]), int(parts[-1])
        if before is not None and now > before + 1:
            words = {"number": block.number, "missing": _missing(block.number, before + 1)}
            message = _("%(missing)s is missing before %(number)s. Nothing was renumbered.") % words
            yield Oddity("number_gap", _where(block, section), message)
        last[parts[:-1]] = now


def _missing(number: str, value: int) -> str:
    """The number as its neighbour is written: 3.0 after 2.0, 3.2 after 3.1."""
    stem, dot, end = number.rpartition(".")
    if end == "0" and stem:
        return f"{_missing(stem, value)}.0"
    return f"{stem}{dot}{value}"


def _labels(blocks: list[Block]) -> Iterator[Oddity]:
    seen: dict[str, Block] = {}
    for block in blocks:
        key = block.number.lower()
        if block.type == "appendix" and key in seen:
            words = {"label": block.number, "first": seen[key].value["title"], "second": block.value["title"]}
            message = _("Two appendices are called %(label)s: “%(first)s” and “%(second)s”.") % words
            yield Oddity("duplicate_label", block.place, message)
        if block.type == "appendix":
            seen.setdefault(key, block)


def _without(blocks: list[Block]) -> Iterator[Oddity]:
    """A numbered section whose first clause has no number, where those of most sections have one."""
    end = next((n for n, block in enumerate(blocks) if block.type == "appendix"), len(blocks))
    pairs = [
        (section, clause)
        for section, clause in zip(blocks[:end], blocks[1:end], strict=False)
        if section.type == "section" and section.number and clause.type == "clause"
    ]
    bare = [(section, clause) for section, clause in pairs if not clause.number]
    if len(bare) * 2 >= len(pairs):
        return
    for section, clause in bare:
        words = {"number": section.number, "title": section.value["title"]}
        message = _("%(number)s %(title)s has a clause without a number. It stays without.") % words
        yield Oddity("clause_without_number", _where(clause, section), message)
