"""What was recognised, read out for the receipt: lines of text, headed parts, roles, numbers."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser

from policy_pages import placeholders as marks
from policy_pages.importing import numbering
from policy_pages.importing.recognised import Block, Recognised
from policy_pages.importing.source import Source
from policy_pages.importing.wording import texts_of

ITEM = "· "


def sections(recognised: Recognised) -> list[dict]:
    """Every headed part in reading order; the level of a clause is one beneath its section's.

    The heading of the notes is ours, not the document's, and so is no part of it.
    """
    found, level = [], 0
    for block in recognised.blocks:
        if block.type in ("section", "appendix") and not block.added:
            level = block.level
            found.append(_headed(block, block.value["title"], level))
        elif block.type == "clause" and block.value["heading"]:
            found.append(_headed(block, block.value["heading"], level + 1))
    return found


def _headed(block: Block, title: str, level: int) -> dict:
    return {"number": block.number, "title": title, "level": level, "kind": block.type}


def text(recognised: Recognised) -> list[str]:
    """All that a reader sees, in order, each number in front of its words."""
    lines = [recognised.title] if recognised.title else []
    facts = [fact for fact in recognised.facts if fact.in_body]
    for index, block in enumerate(recognised.blocks):
        lines += [_fact(fact) for fact in facts if fact.before == index]
        lines += _lines(block)
    return lines + [_fact(fact) for fact in facts if fact.before >= len(recognised.blocks)]


def _fact(fact) -> str:
    return f"{fact.label}: {fact.value}".strip()


def _lines(block: Block) -> list[str]:
    value = block.value
    if block.type in ("section", "appendix"):
        return [f"{block.number} {value['title']}".strip()]
    if block.type == "clause":
        return _numbered(block.number, [value["heading"], *lines_of(value["text"])])
    if block.type == "table":
        heads = [column["heading"] for column in value["table"]["columns"]]
        return [line for line in [value["caption"], *heads, *_rows(value)] if line]
    if block.type == "figure":
        return [value["caption"]] if value["caption"] else []
    lines = [value["heading"], *block.implied]
    for row in value["rows"]:
        for text in row["value"].values():
            lines += lines_of(text) if text.startswith("<") else [text]
    return [line for line in lines if line]


def _numbered(number: str, lines: list[str]) -> list[str]:
    lines = [line for line in lines if line]
    if not number:
        return lines
    return [f"{number} {lines[0]}", *lines[1:]] if lines else [number]


def _rows(value: dict) -> list[str]:
    return [line for row in value["table"]["rows"] for cell in row["values"] for line in lines_of(cell)]


def lines_of(html: str) -> list[str]:
    """The paragraphs and items of rich text, an item with its sign or its number."""
    reader = _Lines()
    reader.feed(html)
    reader.close()
    return [line for line in reader.lines() if line]


class _Lines(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found: list[list[str]] = [["", ""]]  # what stands in front, and the words
        self.counts: list[int | None] = []

    def handle_starttag(self, tag, attrs):
        if tag in ("ul", "ol"):
            self.counts.append(0 if tag == "ol" else None)
        elif tag == "li":
            self.found.append([self._sign(), ""])
        elif tag in ("p", "br"):
            self.found.append(["", ""])

    def handle_endtag(self, tag):
        if tag in ("ul", "ol") and self.counts:
            self.counts.pop()
        if tag in ("ul", "ol", "p", "li"):
            self.found.append(["", ""])

    def handle_data(self, data):
        self.found[-1][1] += data

    def _sign(self) -> str:
        if not self.counts or self.counts[-1] is None:
            return ITEM
        self.counts[-1] += 1
        return f"{self.counts[-1]}. "

    def lines(self) -> list[str]:
        return [_line(front, " ".join(words.split())) for front, words in self.found if words.strip()]


def _line(front: str, words: str) -> str:
    """An item with a number of its own, "(a) first", needs no sign."""
    return words if front == ITEM and numbering.typed(words) else front + words


def document_control(recognised: Recognised) -> dict[str, str]:
    return _told_apart((fact.label, fact.value) for fact in recognised.facts)


def _told_apart(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """A name that stands already has a count behind it."""
    found: dict[str, str] = {}
    last: dict[str, int] = {}
    for name, value in rows:
        free = name
        while free in found:
            last[name] = last.get(name, 1) + 1
            free = f"{name} ({last[name]})"
        found[free] = value
    return found


def roles(recognised: Recognised) -> list[dict]:
    rows = [
        row["value"]
        for block in recognised.blocks
        if block.type == "roles_table"
        for row in block.value["rows"]
    ]
    return [
        {
            "role": row["role"],
            "responsibilities": _items(row["responsibilities"]),
            "tasks": _items(row["tasks"]),
        }
        for row in rows
    ]


def _items(html: str) -> list[str]:
    return [line.removeprefix(ITEM) for line in lines_of(html)]


def appendices(recognised: Recognised) -> list[dict]:
    found = [block for block in recognised.blocks if block.type == "appendix"]
    return [{"number": block.number, "title": block.value["title"]} for block in found]


def placeholders(recognised: Recognised) -> list[str]:
    """Every open mark in reading order, as often as it stands."""
    texts = [
        recognised.title,
        *(text for block in recognised.blocks for text in texts_of(block, recognised.notes)),
    ]
    texts += [fact.value for fact in recognised.facts if fact.in_body]
    return [f"[{mark}]" for text in texts for mark in marks.marks_in(re.sub(r"\s+", " ", text))]


def left_out(source: Source, recognised: Recognised) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in [*source.left_out, *recognised.left_out]:
        found[one.kind] = f"{found[one.kind]}\n{one.words}" if one.kind in found else one.words
    return found


def numbering_map(recognised: Recognised) -> dict[str, str]:
    """Number of the source to the id of what holds it. A number that stands twice has its second in brackets."""
    numbers = ((number, block.id) for block in recognised.blocks for number in (block.number, block.counted))
    return _told_apart((number, key) for number, key in numbers if number)
