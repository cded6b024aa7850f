"""The reference that a document states for itself, if it fits and is free. Nothing else of it is guessed."""

import re

from django.utils.translation import gettext as _

from policy_pages.converters import REFERENCE
from policy_pages.importing.recognised import Fact
from policy_pages.importing.source import Oddity
from policy_pages.models import PolicyPage, PolicyVersion

LABELS = re.compile(
    r"((policy|procedure|document|unique|controlled document)\s+)*"
    r"(ref|reference|id|identifier|number|no)(\s+(number|no|code))?"
)


def stated(control: dict[str, str]) -> str:
    """The reference as written; empty where none is stated."""
    found = (value for label, value in control.items() if _is_label(label) and value.strip())
    return next(found, "").strip()


def free(control: dict[str, str]) -> str | None:
    """The stated reference as we keep it, or None where it does not fit an address or is another policy's."""
    written = _kept(stated(control))
    return written if written and not _taken(written) else None


def oddities(facts: list[Fact]) -> list[Oddity]:
    fact = next((fact for fact in facts if _is_label(fact.label) and fact.value.strip()), None)
    if fact is None:
        return []
    written = _kept(fact.value.strip())
    if not written:
        words = _(
            "The reference “%(reference)s” cannot stand in an address: the draft has none. Enter one there."
        )
        return [Oddity("reference", fact.place, words % {"reference": fact.value.strip()})]
    if owner := _taken(written):
        words = _(
            "The reference %(reference)s belongs to “%(policy)s”: the draft has none. "
            "If this is the next text of that policy, discard this and import it from there."
        )
        return [Oddity("reference", fact.place, words % {"reference": written, "policy": owner})]
    return []


def _is_label(label: str) -> bool:
    plain = re.sub(r"[^a-z ]+", " ", label.lower())
    return LABELS.fullmatch(" ".join(plain.split())) is not None


def _kept(written: str) -> str:
    upper = written.upper()
    return upper if re.fullmatch(REFERENCE, upper) else ""


def _taken(reference: str) -> str:
    """The title of the policy that has it or had it in an issued version; empty when it is free."""
    page = PolicyPage.objects.filter(reference=reference).first()
    version = PolicyVersion.objects.filter(reference=reference).first()
    return page.draft_title if page else version.title if version else ""
