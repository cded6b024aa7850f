"""The duties that a frozen text holds, in its order, as plain data."""

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

from policy_pages.changes.duties import strongest
from policy_pages.duties import cadence, naming
from policy_pages.enums import Cadence, DutySource

# Words in bold that stand on a line of their own above the rest of a clause.
LEAD_IN = re.compile(r"<p><(b|strong)>([^<]+)</\1>(?:<br ?/?>|</p>)")
BLOCKS, LISTS = ("p", "h2", "h3", "h4", "h5", "h6"), ("ul", "ol")


@dataclass(frozen=True)
class Duty:
    """``job_roles``: (number, name as frozen); ``written``: a role as the text has it. Neither: for everyone."""

    source: str
    anchor: str
    number: str
    heading: str
    words: str
    force: str
    cadence: str
    job_roles: tuple[tuple[int, str], ...] = ()
    written: str = ""

    @property
    def everyone(self) -> bool:
        named = set(naming.aliases_of(self.written)) if self.written else set()
        return bool(named & naming.EVERYONE) or not (self.job_roles or self.written)

    @property
    def same_as(self) -> tuple:
        """What makes it another duty; a new number does not."""
        return (self.source, self.anchor, self.words, self.force, self.cadence, self.job_roles, self.written)


def duties_of(content: dict) -> list[Duty]:
    found, title = [], ""
    for block in content["blocks"]:
        if block["type"] in ("section", "appendix"):
            title = block["title"]
        elif block["type"] == "clause" and (block["force"] or block["roles"]) and block["text"]:
            found.append(_clause(block, title))
        elif block["type"] == "roles_table":
            found += [duty for row in block["rows"] for duty in _row(block, row, title)]
    return found


def stated(words: str, chosen: str) -> str:
    """How often: as the words say; where they do not, as the author chose."""
    return str(cadence.of(words).value or chosen or Cadence.UNSTATED.value)


def _clause(block, title) -> Duty:
    return Duty(
        DutySource.CLAUSE,
        block["id"] or "",
        block["number"],
        block["heading"] or title,
        _parted(block),
        block["force"],
        stated(block["text"], block.get("cadence", "")),
        job_roles=tuple((role["id"], role["name"]) for role in block["roles"]),
    )


def _parted(block) -> str:
    """The words of a clause; a lead-in of their own line is parted from them, so that both can be read as one line."""
    words, found = block["text"], LEAD_IN.match(block.get("html", ""))
    lead = " ".join(unescape(found[2]).split()) if found else ""
    if not lead or lead[-1] in ".:;,?!" or not words.startswith(f"{lead} "):
        return words
    return f"{lead}: {words[len(lead) + 1 :]}"


def _row(block, row, title):
    columns = ((DutySource.RESPONSIBILITY, "responsibilities"), (DutySource.TASK, "tasks"))
    for source, column in columns:
        for words in items_of(row[column]):
            yield Duty(
                source,
                block["id"] or "",
                "",
                block["heading"] or title,
                words,
                strongest(words).partition(" ")[0],
                stated(words, row.get("cadence", "")),
                written=row["role"],
            )


def items_of(html: str) -> list[str]:
    """The points of a cell: each of a list, with what stands beneath it, and each paragraph.

    A paragraph that ends with a colon leads what follows and is said with each point.
    """
    reader = _Points()
    reader.feed(html)
    reader.close()
    reader.end()
    reader.flush()
    return reader.items


class _Points(HTMLParser):
    def __init__(self):
        super().__init__()
        self.items: list[str] = []
        self.depth, self.pieces, self.lead, self.led = 0, [], "", False

    def handle_starttag(self, tag, attrs):
        if tag in LISTS:
            if self.depth == 0:
                self.end()
            self.depth += 1
        elif self._parts(tag):
            self.end()

    def handle_endtag(self, tag):
        if self._parts(tag):
            self.end()
        if tag in LISTS:
            self.depth -= 1
            if self.depth == 0:
                self.lead = ""

    def _parts(self, tag) -> bool:
        return self.depth == 0 and tag in BLOCKS or self.depth == 1 and tag == "li"

    def handle_data(self, data):
        self.pieces.append(data)

    def end(self):
        words, self.pieces = " ".join(" ".join(self.pieces).split()), []
        if words.endswith(":") and self.depth == 0:
            self.flush()
            self.lead, self.led = words, False
        elif words:
            self.items.append(f"{self.lead} {words}".strip())
            self.led = True
            self.lead = self.lead if self.depth else ""

    def flush(self):
        """A lead that led nothing is a point of its own."""
        if self.lead and not self.led:
            self.items.append(self.lead)
