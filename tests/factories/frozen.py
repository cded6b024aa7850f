"""Frozen texts as plain data, as ``freezing.freeze`` makes them, without a database."""

from policy_pages.changes.words import read
from policy_pages.freezing import force_of, text_of


def make_content(*blocks, **facts) -> dict:
    known = {
        "title": "Infection prevention",
        "reference": "IP-001",
        "document_type": "policy",
        "audience": "staff",
        "audience_groups": [],
        "essential_for": [],
    }
    return known | facts | {"blocks": list(blocks)}


def make_clause(number: str, html: str, *, id="", roles=(), heading="") -> dict:
    """``html`` without a tag is one paragraph. Its id is made of its number unless it is given."""
    html = html if html.startswith("<") else f"<p>{html}</p>"
    words = text_of(html)
    return {
        "type": "clause",
        "id": id or f"clause-{number}",
        "number": number,
        "heading": heading,
        "html": html,
        "text": words,
        "force": force_of(words),
        "roles": [{"id": pk, "name": name} for pk, name in roles],
    }


def make_section(number: str, title: str, *, level=1, id="") -> dict:
    return {
        "type": "section",
        "id": id or f"section-{number}",
        "number": number,
        "title": title,
        "level": level,
    }


def make_table(*rows, head=("When", "Whom to call"), caption="Contacts", id="table") -> dict:
    cells = [[f"<p>{cell}</p>" for cell in row] for row in rows]
    return {"type": "table", "id": id, "caption": caption, "head": list(head), "rows": cells}


def words_of(html: str) -> list[str]:
    return list(read(html).words)
