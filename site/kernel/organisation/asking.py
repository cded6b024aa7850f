"""The person behind the login of a request, among the facts that are asked in one query."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from kernel.accounts.facts import EMPOWERED, facts_of, register_fact, yes
from kernel.organisation.models import AgencyKind
from kernel.organisation.models.staff import is_here

FACTS = {
    "organisation.person": lambda today: F("staff_profile__pk"),
    "organisation.name": lambda today: F("staff_profile__name"),
    "organisation.kind": lambda today: F("staff_profile__agency__kind"),
    "organisation.here": lambda today: yes(is_here(today, "staff_profile__")),
}


@dataclass(frozen=True)
class Asking:
    """``here``: belongs to an active agency and has not left. ``empowered``: may hold a permission at all."""

    person_id: int | None = None
    name: str = ""
    host: bool = False
    here: bool = False
    empowered: bool = False


def asking(request, today: date) -> Asking:
    """Whoever sends ``request``; nobody for a visitor or a login without a person."""
    known = facts_of(request, today)
    if not known:
        return Asking()
    return Asking(
        person_id=known["organisation.person"],
        name=known["organisation.name"] or "",
        host=known["organisation.kind"] == AgencyKind.HOST,
        here=bool(known["organisation.person"] and known["organisation.here"]),
        empowered=bool(known[EMPOWERED]),
    )


__all__ = ["FACTS", "Asking", "asking", "register_fact", "yes"]
