"""For whom somebody may act: oneself, the own line, the people of an agency one coordinates, or anybody (S0-40)."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from course_catalogue import permissions
from kernel.organisation.models import AgencyKind, Post, StaffProfile


def is_self(actor, person: StaffProfile) -> bool:
    return actor is not None and person.user_id is not None and person.user_id == actor.pk


def require_for(actor, people: Iterable[StaffProfile], today: date) -> None:
    """Raise PermissionDenied unless ``actor`` may book for all of the people."""
    rest = [person for person in people if not is_self(actor, person)]
    if rest and not permissions.administers(actor, today) and _others(actor, rest, today):
        raise PermissionDenied(
            _("You may act for yourself, for people of your own line, and for an agency that you coordinate.")
        )


def _others(actor, people, today) -> list[StaffProfile]:
    """Those who are neither of an agency that ``actor`` coordinates nor of their line."""
    agencies = {person.agency_id: person.agency for person in people}
    own = {pk for pk, agency in agencies.items() if permissions.coordinates(actor, agency, today)}
    rest = [person for person in people if person.agency_id not in own]
    return [person for person in rest if person.pk not in _line(actor, rest, today)] if rest else []


def _line(actor, people, today) -> set[int]:
    posts = Post.objects.on(today).filter(manager__user_id=actor.pk, person__in=[p.pk for p in people])
    return set(posts.values_list("person_id", flat=True))


def frees_without_release(actor, person: StaffProfile, today: date) -> bool:
    """A partner's coordinator who books somebody else of the agency has released them by that."""
    if actor is None or is_self(actor, person) or person.agency.kind != AgencyKind.PARTNER:
        return False
    return permissions.coordinates(actor, person.agency, today)
