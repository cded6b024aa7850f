"""Short words for writing a policy's body as data; every block gets an id that is the same on every machine."""

from collections.abc import Callable
from uuid import NAMESPACE_URL, uuid5

from kernel.organisation.models import JobRole

Block = Callable[[dict[str, str]], tuple[str, dict]]


def section(title: str, level: int = 1) -> Block:
    return lambda roles: ("section", {"number": "", "title": title, "level": str(level)})


def clause(text: str, *codes: str, heading: str = "") -> Block:
    """``text`` is one paragraph or, beginning with a tag, HTML; ``codes`` name the job roles with this duty."""
    return lambda roles: (
        "clause",
        {"number": "", "heading": heading, "text": _html(text), "roles": [roles[code] for code in codes]},
    )


def roles_table(*rows: tuple[str, str, str]) -> Block:
    names = ("role", "responsibilities", "tasks")
    values = [(row[0], _html(row[1]), _html(row[2])) for row in rows]
    return lambda roles: (
        "roles_table",
        {"heading": "", "rows": [_item(dict(zip(names, row, strict=True))) for row in values]},
    )


def definitions(**meanings: str) -> Block:
    rows = [_item({"term": term.replace("_", " "), "meaning": _html(m)}) for term, m in meanings.items()]
    return lambda roles: ("definitions", {"heading": "", "rows": rows})


def table(caption: str, head: list[str], *rows: list[str]) -> Block:
    values = {
        "columns": [{"type": "text", "heading": words} for words in head],
        "rows": [{"values": [_html(cell) for cell in row]} for row in rows],
        "caption": "",
    }
    return lambda roles: ("table", {"caption": caption, "table": values})


def figure(image, alt: str, caption: str) -> Block:
    return lambda roles: ("figure", {"image": image.pk, "alt": alt, "caption": caption})


def attachment(document, title: str) -> Block:
    return lambda roles: ("attachment", {"document": document.pk, "title": title})


def appendix(number: str, title: str) -> Block:
    return lambda roles: ("appendix", {"number": number, "title": title})


def body_of(reference: str, blocks: list[Block]) -> list[dict]:
    """The body as Wagtail keeps it."""
    roles = {role.code: str(role.pk) for role in JobRole.objects.all()}
    made = [block(roles) for block in blocks]
    return [
        {"type": kind, "value": value, "id": str(uuid5(NAMESPACE_URL, f"{reference}/{place}"))}
        for place, (kind, value) in enumerate(made)
    ]


def reword(body: list[dict], before: str, after: str) -> list[dict]:
    """The same body with ``before`` said as ``after`` in the one clause that has it; its id stays."""
    for block in body:
        if block["type"] == "clause" and before in block["value"]["text"]:
            block["value"]["text"] = block["value"]["text"].replace(before, after)
            return body
    raise ValueError(f"no clause says {before!r}")


def _html(words: str) -> str:
    return words if not words or words.startswith("<") else f"<p>{words}</p>"


def _item(value: dict) -> dict:
    return {"type": "item", "value": value, "id": str(uuid5(NAMESPACE_URL, repr(value)))}
