"""Short words for writing a policy as its author does in Word, and what only the editor can add afterwards."""

import json
from dataclasses import dataclass, field
from uuid import uuid4

from course_catalogue.models import CoursePage
from kernel.organisation.models import JobRole
from policy_pages.models import PolicyPage


@dataclass(frozen=True)
class Block:
    """``words`` goes into the Word file; ``roles`` (codes of job roles), ``document`` and ``course`` (its code) do not.

    Those are added in the editor.
    """

    kind: str
    words: dict
    roles: tuple[str, ...] = ()
    document: object = None
    course: str = ""
    links: dict[str, str] = field(default_factory=dict)


def section(title: str, level: int = 1) -> Block:
    return Block("section", {"title": title, "level": level})


def clause(text: str, *codes: str, heading: str = "", links: dict[str, str] | None = None) -> Block:
    """``codes`` name the job roles with this duty; ``links`` leads words of the text to a policy by its reference."""
    return Block("clause", {"text": text, "heading": heading}, codes, links=links or {})


def roles_table(*rows: tuple[str, str, str]) -> Block:
    """Role, responsibilities, related tasks; what ends with a newline and more is a list."""
    return Block("roles_table", {"head": ["Role", "Responsibilities", "Related tasks"], "rows": rows})


def definitions(**meanings: str) -> Block:
    rows = [(term.replace("_", " "), meaning) for term, meaning in meanings.items()]
    return Block("definitions", {"head": ["Term", "Meaning"], "rows": rows})


def table(caption: str, head: list[str], *rows: list[str]) -> Block:
    return Block("table", {"caption": caption, "head": head, "rows": rows})


def figure(picture: bytes, alt: str, caption: str) -> Block:
    return Block("figure", {"picture": picture, "alt": alt, "caption": caption})


def attachment(document, title: str) -> Block:
    return Block("attachment", {"title": title}, document=document)


def course(code: str) -> Block:
    """A course that the text names, by its code."""
    return Block("named", {}, course=code)


def appendix(number: str, title: str) -> Block:
    return Block("appendix", {"number": number, "title": title})


def finished(body: list[dict], blocks: list[Block]) -> list[dict]:
    """The imported ``body`` with what ``blocks`` add to it; it must follow them one by one."""
    roles = {role.code: str(role.pk) for role in JobRole.objects.all()}
    imported, made = iter(body), []
    for block in blocks:
        if added := _added(block):
            made.append({"type": block.kind, "value": added, "id": str(uuid4())})
            continue
        found = next(imported)
        if found["type"] != block.kind:
            raise ValueError(f"{found['type']} came for {block.kind}: {found['value']}")
        if block.kind == "clause":
            found["value"]["roles"] = [roles[code] for code in block.roles]
            found["value"]["text"] = _linked(found["value"]["text"], block.links)
        made.append(found)
    if left := list(imported):
        raise ValueError(f"more came than was written: {left}")
    return made


def _added(block: Block) -> dict:
    """What a Word file cannot bring: an attachment, a course."""
    if block.kind == "attachment":
        return {"document": block.document.pk, "title": block.words["title"]}
    if block.kind == "named":
        return {"thing": f"course:{CoursePage.objects.get(code=block.course).pk}"}
    return {}


def _linked(html: str, links: dict[str, str]) -> str:
    for words, reference in links.items():
        page = PolicyPage.objects.get(reference=reference)
        html = html.replace(words, f'<a linktype="page" id="{page.pk}">{words}</a>')
    return html


def reword(body: list[dict], before: str, after: str) -> list[dict]:
    """The same body with ``before`` said as ``after`` in the one clause that has it; its id stays."""
    for block in body:
        if block["type"] == "clause" and before in block["value"]["text"]:
            block["value"]["text"] = block["value"]["text"].replace(before, after)
            return body
    raise ValueError(f"no clause says {before!r} in {json.dumps(body)[:200]}")
