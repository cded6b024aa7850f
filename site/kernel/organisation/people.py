"""Questions about people. Each takes the day it is asked about; none changes anything."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, Q, QuerySet

from kernel.organisation import grants
from kernel.organisation.models import (
    DECIDING_CAPACITIES,
    Absence,
    Agency,
    AgencyKind,
    BodyMembership,
    Capacity,
    Post,
    RoleGrant,
    StaffGroup,
    StaffProfile,
)
from kernel.organisation.models.dated import given, in_force
from kernel.organisation.models.staff import is_here


def profile_of(user) -> StaffProfile | None:
    """The person behind a login; nobody for a visitor or a login without a person."""
    if user is None or not user.is_authenticated:
        return None
    return StaffProfile.objects.select_related("agency").filter(user_id=user.pk).first()


def name_of(user) -> str:
    """The name under which a login's acts are kept: the person's, else the login's own."""
    person = profile_of(user)
    return person.name if person else user.get_full_name() or user.get_username()


def members(body, today: date) -> QuerySet[StaffProfile]:
    """Everybody who decides in the body on that day, each once."""
    seats = BodyMembership.objects.on(today).filter(body=body, capacity__in=DECIDING_CAPACITIES)
    return StaffProfile.objects.here(today).filter(pk__in=seats.values("person_id")).select_related("agency")


def members_between(body, first: date, last: date) -> QuerySet[StaffProfile]:
    """Everybody who decided in the body on any day from ``first`` to ``last``, each once."""
    ended = Q(until_on__isnull=False, until_on__lt=first)
    seats = BodyMembership.objects.filter(body=body, capacity__in=DECIDING_CAPACITIES, from_on__lte=last)
    return StaffProfile.objects.filter(pk__in=seats.exclude(ended).values("person_id")).order_by("name")


def secretaries(body, today: date) -> QuerySet[StaffProfile]:
    seats = BodyMembership.objects.on(today).filter(body=body, capacity=Capacity.SECRETARY)
    return StaffProfile.objects.here(today).filter(pk__in=seats.values("person_id"))


def _granted(roles, today: date, body, agency, team) -> Q:
    """A grant for the site covers everything; one for an agency, its teams; one for a team, those below."""
    rows = RoleGrant.objects.filter(given(today), role__in=[role.slug for role in roles])
    site = Q(body__isnull=True, agency__isnull=True, team__isnull=True)
    if body is not None:
        rows = rows.filter(site | Q(body=body))
    if agency is not None:
        rows = rows.filter(site | Q(agency=agency))
    if team is not None:
        rows = rows.filter(site | Q(agency_id=team.agency_id) | Q(team_id__in=team.lineage))
    return Q(Exists(rows.filter(user_id=OuterRef("pk"))))


def _seated(roles, today: date, body, agency, team) -> Q:
    capacities = {capacity for role in roles for capacity in role.capacities}
    rows = BodyMembership.objects.filter(in_force(today), capacity__in=sorted(capacities))
    if body is not None:
        rows = rows.filter(body=body)
    if agency is not None or team is not None:
        rows = rows.none()
    return Q(Exists(rows.filter(person__user_id=OuterRef("pk"))))


def _manages(roles, today: date, body, agency, team) -> Q:
    rows = Post.objects.filter(in_force(today), is_here(today, "person__"))
    if agency is not None:
        rows = rows.filter(person__agency=agency)
    if team is not None:
        rows = rows.filter(team__path__startswith=team.path)
    if body is not None:
        rows = rows.none()
    return Q(Exists(rows.filter(manager__user_id=OuterRef("pk"))))


def _grouped(roles, today: date, body, agency, team) -> Q:
    return Q(Exists(Group.objects.filter(name__in=[role.group for role in roles], user=OuterRef("pk"))))


def _everybody(roles, today: date, body, agency, team) -> Q:
    return Q()


def _by_registration(roles, today: date, body, agency, team) -> Q:
    """Named on a page: the app that has the page says who, as keys of logins."""
    return Q(pk__in={number for role in roles for number in grants.named_holders(role.slug, today)})


_WAYS = {
    grants.EVERYONE: _everybody,
    grants.GROUP: _grouped,
    grants.GRANT: _granted,
    grants.MEMBERSHIP: _seated,
    grants.POST: _manages,
    grants.PAGE: _by_registration,
}


def _logins(today: date) -> QuerySet:
    """Those that count at all: open, and nobody's who has left or whose agency is suspended."""
    users = get_user_model().objects.filter(is_active=True)
    return users.filter(Q(staff_profile__isnull=True) | is_here(today, "staff_profile__"))


def _holding(roles: Iterable[str], today: date, body=None, agency=None, team=None) -> Q:
    """Whoever holds one of the roles at least: one condition for all that are held in the same way."""
    by_way: dict = {}
    for role in map(grants.role_named, roles):
        by_way.setdefault(role.how, []).append(role)
    return reduce(or_, (_WAYS[how](known, today, body, agency, team) for how, known in by_way.items()))


def holders(role: str, today: date, *, body=None, agency=None, team=None) -> QuerySet:
    """The logins that hold the role on that day, each once; several may hold one role together.

    Without a scope: wherever they hold it. With one: only those whose scope covers it.
    """
    return _logins(today).filter(_holding([role], today, body, agency, team))


def holders_of_any(roles: Iterable[str], today: date) -> QuerySet:
    """The logins that hold at least one of the roles, each once."""
    return _logins(today).filter(_holding(roles, today))


def holds(user, role: str, today: date, *, body=None, agency=None, team=None) -> bool:
    if user is None or not user.is_authenticated:
        grants.role_named(role)
        return False
    return holders(role, today, body=body, agency=agency, team=team).filter(pk=user.pk).exists()


def groups_of(user, today: date) -> QuerySet[StaffGroup]:
    """The staff groups of all posts that the person holds on that day."""
    if user is None or not user.is_authenticated:
        return StaffGroup.objects.none()
    posts = Post.objects.on(today).filter(is_here(today, "person__"), person__user_id=user.pk)
    return StaffGroup.objects.filter(job_roles__in=posts.values("job_role_id")).distinct()


def job_roles_of(user, today: date) -> list[int]:
    """The keys of the job roles of all posts that the person holds on that day."""
    if user is None or not user.is_authenticated:
        return []
    posts = Post.objects.on(today).filter(is_here(today, "person__"), person__user_id=user.pk)
    return sorted(set(posts.values_list("job_role_id", flat=True)))


def reports_of(manager: StaffProfile, today: date) -> QuerySet[StaffProfile]:
    """Those whom the person manages directly on that day, each once."""
    posts = Post.objects.on(today).filter(manager=manager)
    return StaffProfile.objects.here(today).filter(pk__in=posts.values("person_id")).select_related("agency")


def managers_of(person: StaffProfile, today: date) -> QuerySet[StaffProfile]:
    posts = Post.objects.on(today).filter(person=person, manager__isnull=False)
    return StaffProfile.objects.here(today).filter(pk__in=posts.values("manager_id"))


def people_without_manager(today: date) -> QuerySet[StaffProfile]:
    """Whoever has a post under nobody, or under somebody who left; the top of the house is among them."""
    led = Post.objects.filter(in_force(today), is_here(today, "manager__"), person_id=OuterRef("pk"))
    return StaffProfile.objects.here(today).filter(~Exists(led)).select_related("agency")


def absent(people, today: date) -> set[int]:
    """The keys of those of the people who are away on that day; never why."""
    return set(Absence.objects.on(today).filter(person__in=people).values_list("person_id", flat=True))


def agencies_without_contact(today: date) -> QuerySet[Agency]:
    """Active partners that name nobody for training, or somebody who has left."""
    contact = Q(training_contact__isnull=False) & is_here(today, "training_contact__")
    partners = Agency.objects.filter(kind=AgencyKind.PARTNER, active=True)
    return partners.exclude(contact).filter(contact_name="")
