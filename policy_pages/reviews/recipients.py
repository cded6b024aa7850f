"""Who is told of a review: its keepers, whoever stands in for them, and those above when it is late."""

from dataclasses import dataclass
from datetime import date

from kernel.organisation.models import BodyMembership, Capacity, StaffProfile
from kernel.organisation.models.staff import is_here

KEEPER, STANDS_IN, TOLD = "keeper", "stands in", "told"


@dataclass(frozen=True)
class Person:
    """Somebody who is here and has an address."""

    pk: int
    name: str
    email: str


def reachable(numbers, today: date) -> dict[int, Person]:
    """Of the people with those numbers the ones who have not left and can be written to."""
    rows = StaffProfile.objects.here(today).filter(pk__in=numbers)
    found = {}
    for pk, name, email, login, open_ in rows.values_list(
        "pk", "name", "email", "user__email", "user__is_active"
    ):
        address = (login if open_ else "") if open_ is not None else email
        if address:
            found[pk] = Person(pk, name, address)
    return found


def secretaries(today: date) -> dict[int, list[int]]:
    """By body the people who write for it."""
    seats = BodyMembership.objects.on(today).filter(is_here(today, "person__"), capacity=Capacity.SECRETARY)
    found: dict[int, list[int]] = {}
    for body, person in seats.order_by("pk").values_list("body_id", "person_id"):
        found.setdefault(body, []).append(person)
    return found


def people_of(row, by_body) -> set[int]:
    """Everybody who may have to be told of a policy at all."""
    named = {row["policy_owner"], row["owner_deputy"], row["sponsor"]} - {None}
    return named | set(by_body.get(row["approving_body"], ()))


def keepers(row, people, by_body) -> dict[int, str]:
    """Owner and deputy; where neither is here, the sponsor, and after the sponsor the body's secretaries."""
    found = [pk for pk in (row["policy_owner"], row["owner_deputy"]) if pk in people]
    if found:
        return dict.fromkeys(found, KEEPER)
    return dict.fromkeys(next_after(row, people, by_body, ("sponsor",)), STANDS_IN)


def next_after(row, people, by_body, names) -> list[int]:
    """The first of the people under ``names`` who is here; after them the secretaries of the approving body."""
    named = [row[name] for name in names if row[name] in people]
    return named[:1] or [pk for pk in by_body.get(row["approving_body"], ()) if pk in people]
