"""The text of a course as plain data: what two people approve, and what counts as a change."""

import hashlib
import json

from django.utils.translation import gettext_lazy as _

LABELS = {
    "title": _("Title"),
    "code": _("Code"),
    "aim": _("What it is for"),
    "content": _("Content"),
    "outcomes": _("Outcomes"),
    "delivery": _("Delivery"),
    "kind": _("Kind"),
    "level": _("Level"),
    "subjects": _("Subjects"),
    "audiences": _("Whom it is for"),
    "prerequisites": _("Needed first"),
    "methods": _("How it is taught"),
    "minutes": _("Length in minutes"),
    "days_needed": _("Days needed for the certificate"),
    "sources": _("What it rests on"),
    "priorities": _("Priorities"),
    "cost": _("Cost of one session"),
    "cost_words": _("How the cost is made up"),
    "rationale": _("Why it is worth the time and cost"),
    "subject_expert": _("Sponsoring subject expert"),
    "agency": _("Whose course it is"),
    "open_to_partners": _("Open to partner agencies"),
    "review_due": _("Review due"),
}
PLAIN = (
    "title",
    "code",
    "aim",
    "content",
    "delivery",
    "minutes",
    "days_needed",
    "cost_words",
    "rationale",
    "open_to_partners",
)
KEYS = ("kind", "level", "subject_expert", "agency")
SETS = ("subjects", "audiences", "priorities")
ROWS = {
    "outcomes": ("words", "assess_months", "refresh_months"),
    "prerequisites": ("needs_id", "manager_may_confirm"),
    "methods": ("method_id", "minutes"),
    "sources": ("title", "kind", "dated_on", "address"),
}


def text_of(page) -> dict:
    """Everything that is approved, of this instance: a draft, a revision as object or the live page."""
    text = {name: getattr(page, name) for name in PLAIN}
    text |= {name: getattr(page, f"{name}_id") for name in KEYS}
    text |= {name: sorted(row.pk for row in getattr(page, name).all()) for name in SETS}
    text |= {name: _rows(getattr(page, name), fields) for name, fields in ROWS.items()}
    text["cost"] = "" if page.cost is None else f"{page.cost:.2f}"
    text["review_due"] = _plain(page.review_due)
    return text


def digest_of(page) -> str:
    """SHA-256 over the one spelling of the text."""
    spelling = json.dumps(text_of(page), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelling.encode()).hexdigest()


def changed(live, draft) -> list[str]:
    """The labels of what differs between two texts, in the order of the form."""
    old, new = text_of(live), text_of(draft)
    return [str(label) for name, label in LABELS.items() if old[name] != new[name]]


def _rows(manager, fields) -> list:
    rows = sorted(manager.all(), key=lambda row: row.sort_order or 0)
    return [[_plain(getattr(row, name)) for name in fields] for row in rows]


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value
