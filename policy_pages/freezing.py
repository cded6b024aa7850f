"""The exact text of a policy as plain data: what is hashed, approved, issued and shown, and nothing else."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from html.parser import HTMLParser

from bs4 import BeautifulSoup
from django.utils.text import get_valid_filename
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from kernel.content import links, sanitise
from kernel.lifecycle.controlled import ControlledPageMixin
from kernel.organisation.models import JobRole
from policy_pages import placeholders
from policy_pages.blocks import DEEPEST, NO_NUMBER
from policy_pages.enums import Force
from policy_pages.models.version import PolicyVersion

#: How frozen HTML names its files; ``with_files`` puts the address in its place when the HTML is shown.
FILES = "#file-"
FORCE_WORDS = (Force.MUST, Force.SHOULD, Force.MAY)


@dataclass
class Frozen:
    """``content`` is JSON alone; ``files`` holds by digest what has to be copied when the text is issued."""

    content: dict
    files: dict = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        return digest_of(self.content)


def digest_of(data) -> str:
    """SHA-256 over the one canonical spelling of ``data``."""
    spelling = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelling.encode()).hexdigest()


def freeze(page, *, filled: bool = True) -> Frozen:
    """Read the text of ``page`` (a draft or a revision as object) into plain data, numbers counted, marks filled.

    The text is what readers rely on: title, reference, audience and body. People and bodies are control facts:
    a new surname must not void an approval.
    """
    frozen = Frozen({})
    maker = _Maker(frozen.files, placeholders.filler() if filled else str)
    frozen.content.update(
        title=maker.fill(page.title),
        reference=page.reference or "",
        document_type=page.document_type,
        audience=page.audience,
        audience_groups=sorted(group.pk for group in page.audience_groups.all()),
        blocks=maker.blocks(page.body),
    )
    return frozen


def with_files(html: str, address: str) -> str:
    """Frozen HTML with the links to its files leading to ``address``, which ends with a slash."""
    return html.replace(f'="{FILES}', f'="{address}')


def force_of(words: str) -> str:
    """The strongest duty word in ``words``: must before should before may; none found is an empty string."""
    found = set(re.findall(r"[a-z]+", words.lower()))
    return next((str(word.value) for word in FORCE_WORDS if word.value in found), "")


class _Counter:
    """Numbers for sections and clauses that have none of their own; a written number is kept as written.

    What is marked as having no number has none, and is not counted either: nothing after it moves. No clause is given
    a number that another one has, wherever that stands. Clauses of "Appendix 1" begin with A1.
    """

    def __init__(self):
        self.taken: set[str] = set()
        self.counts = [0] * DEEPEST
        self.clause = 0
        self.prefix = ""

    def section(self, written: str, level: int) -> str:
        self.clause = 0
        if written == NO_NUMBER:
            self.prefix = ""
            return ""
        self.counts[level - 1] += 1
        self.counts[level:] = [0] * (DEEPEST - level)
        self.prefix = written or ".".join(str(count) for count in self.counts[:level])
        return self.prefix

    def appendix(self, label: str) -> str:
        self.clause = 0
        words = label.split()
        self.prefix = words[-1] if words else ""
        if self.prefix[:1].isdigit():
            self.prefix = (words[0][0].upper() if words[1:] else "A") + self.prefix
        return label

    def next_clause(self, written: str) -> str:
        if written == NO_NUMBER:
            return ""
        self.clause += 1
        stem = self.prefix.removesuffix(".0")
        number = written or self._free(stem)
        self.taken.add(number)
        return number

    def _free(self, stem: str) -> str:
        while (number := f"{stem}.{self.clause}" if stem else str(self.clause)) in self.taken:
            self.clause += 1
        return number


class _Maker:
    """Turns blocks into plain data; ``files`` gathers the images and attachments that the text shows."""

    def __init__(self, files, fill):
        self.files = files
        self.counter = _Counter()
        self.fill = fill
        self.roles = {str(role.pk): role.name for role in JobRole.objects.all()}

    def blocks(self, body) -> list[dict]:
        clauses = (block.value for block in body if block.block_type == "clause")
        self.counter.taken.update((value["number"] or "").strip() for value in clauses)
        return [{"type": b.block_type, "id": b.id, **getattr(self, b.block_type)(b.value)} for b in body]

    def section(self, value):
        number = self.counter.section(value["number"].strip(), int(value["level"] or 1))
        return {"number": number, "title": self.fill(value["title"]), "level": int(value["level"] or 1)}

    def appendix(self, value):
        return {"number": self.counter.appendix(value["number"].strip()), "title": self.fill(value["title"])}

    def clause(self, value):
        html = self.html(value["text"])
        words = text_of(html)
        roles = [{"id": int(pk), "name": self.roles[pk]} for pk in value["roles"] or [] if pk in self.roles]
        return {
            "number": self.counter.next_clause((value["number"] or "").strip()),
            "heading": self.fill(value["heading"] or ""),
            "html": html,
            "text": words,
            "force": force_of(words),
            "roles": roles,
            **_how_often(value),
        }

    def roles_table(self, value):
        rows = [
            {
                "role": self.fill(row["role"]),
                "responsibilities": self.html(row["responsibilities"]),
                "tasks": self.html(row["tasks"]),
                **_how_often(row),
            }
            for row in value["rows"]
        ]
        return {"heading": self.fill(value["heading"] or ""), "rows": rows}

    def definitions(self, value):
        rows = [{"term": self.fill(row["term"]), "html": self.html(row["meaning"])} for row in value["rows"]]
        return {"heading": self.fill(value["heading"] or ""), "rows": rows}

    def table(self, value):
        table = value["table"]
        head = [self.fill(column["heading"]) for column in table.columns] if table else []
        rows = [[self.html(cell.value) for cell in row] for row in table.rows] if table else []
        return {"caption": self.fill(value["caption"]), "head": head, "rows": rows}

    def figure(self, value):
        image = value["image"]
        return {
            "alt": self.fill(value["alt"]),
            "caption": self.fill(value["caption"] or ""),
            "file": self.keep(image) if image else None,
        }

    def attachment(self, value):
        document = value["document"]
        return {"title": self.fill(value["title"]), "file": self.keep(document) if document else None}

    def named(self, value):
        """Which thing and its title of today; what is true of it later is asked when the text is shown."""
        kind, item = links.parted(value["thing"]) or ("", 0)
        return {"kind": kind, "item": item, "title": links.title_of(kind, item) if kind else ""}

    def html(self, rich) -> str:
        source = getattr(rich, "source", rich) or ""
        if "[" in unescape(source) or "linktype" in source:
            source = self.filled_and_pinned(source)
        return sanitise.clean_html(expand_db_html(source), "clause")

    def filled_and_pinned(self, source: str) -> str:
        """Taking markup apart costs most of freezing: only what has a mark or a link within the site needs it."""
        soup = BeautifulSoup(source, "html.parser")
        for words in soup.find_all(string=True):
            words.replace_with(self.fill(str(words)))
        for link in soup.find_all("a", linktype="document"):
            self._pin_document(link)
        for link in soup.find_all("a", linktype="page"):
            _pin_page(link)
        return str(soup)

    def keep(self, thing) -> dict:
        """Remember a file for copying; what the text records of it is its digest, name and kind."""
        with thing.file.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        name = get_valid_filename(thing.file.name.rsplit("/", 1)[-1])
        self.files[sha256] = (name, thing.file)
        return {"sha256": sha256, "name": name}

    def _pin_document(self, link):
        document = get_document_model().objects.filter(pk=link.get("id")).first()
        kept = self.keep(document) if document else None
        link.attrs = {"href": f"{FILES}{kept['sha256']}/{kept['name']}"} if kept else {}


def _how_often(value) -> dict:
    """Nothing at all where nothing was chosen: a text without it keeps the digest that it had before it could be."""
    return {"cadence": value["cadence"]} if value.get("cadence") else {}


def _pin_page(link):
    """What nobody can read is no place to lead to: without an address the link counts as dead."""
    page = Page.objects.filter(pk=link.get("id")).first()
    href = _address_of(page) if page else None
    link.attrs = {"href": href} if href else {}


def _address_of(page) -> str | None:
    """An issued policy has its short address, which survives moving; other live pages keep their path."""
    if issubclass(page.specific_class or Page, ControlledPageMixin):
        issued = PolicyVersion.objects.filter(policy_id=page.pk).newest_first().first()
        return f"/p/{issued.reference}/" if issued else None
    return page.url if page.live else None


class _Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.pieces = []

    def handle_data(self, data):
        self.pieces.append(data)


def text_of(html: str) -> str:
    """The words a reader sees in clean HTML, pieces parted by one space."""
    words = _Words()
    words.feed(html)
    words.close()
    return " ".join(" ".join(words.pieces).split())
