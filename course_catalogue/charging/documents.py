"""The document of the library that says the rules of a charging policy: chosen from it, shown as a link."""

from collections.abc import Iterable
from datetime import datetime

from course_catalogue.models import ChargePolicy
from kernel.content import links
from kernel.content.links import Link

KIND = "policy"
"""The kind of ``kernel.content.links`` under which another app offers its policies; there may be none."""


def choices() -> list[tuple[str, str]]:
    return links.choices_of([KIND])


def fields(chosen: str) -> dict:
    """The fields of a policy for what was chosen; its title stays with it, whatever becomes of the document."""
    found = links.parted(chosen)
    if found is None:
        return {"document_kind": "", "document_id": None}
    return {"document_kind": found[0], "document_id": found[1], "reference": links.title_of(*found)[:60]}


def chosen(policy) -> str:
    """What stands in the form for the document of ``policy``; empty for none."""
    return f"{policy.document_kind}:{policy.document_id}" if policy.document_id else ""


def links_of(policies: Iterable[ChargePolicy], request, now: datetime) -> dict[int, Link]:
    """By policy the document as this reader may reach it; none where there is none, or it is not theirs."""
    named = {row.pk: (row.document_kind, row.document_id) for row in policies if row.document_id}
    found = links.links(named.values(), request, now)
    return {pk: found[thing] for pk, thing in named.items() if thing in found}


def behind(bookings, request, now: datetime) -> list[Link]:
    """The documents behind the terms of these bookings, each once, by title."""
    keys = {row.charge_policy_id for row in bookings if row.charge_policy_id}
    found = links_of(ChargePolicy.objects.filter(pk__in=keys), request, now) if keys else {}
    return sorted(set(found.values()), key=lambda link: link.title)
