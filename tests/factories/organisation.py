from datetime import date
from itertools import count

from django.contrib.auth.models import Group

from kernel.organisation import grants
from kernel.organisation.models import (
    Agency,
    AgencyKind,
    Body,
    BodyMembership,
    Capacity,
    Delegation,
    JobRole,
    Post,
    RoleGrant,
    Sector,
    StaffGroup,
    StaffProfile,
    Team,
)
from tests.factories.accounts import make_user

_number = count(1)
SINCE = date(2020, 1, 1)


def make_agency(**overrides) -> Agency:
    """A partner with a contact who has no account; ``make_host()`` for the one host."""
    number = next(_number)
    values = {
        "name": f"Agency {number}",
        "short_name": f"A{number}",
        "slug": f"agency-{number}",
        "sector": Sector.EDUCATION,
        "contact_name": "Robin Contact",
        "contact_email": "contact@example.org",
    }
    return Agency.objects.create(**{**values, **overrides})


def make_host(**overrides) -> Agency:
    """The one host organisation, made once."""
    found = Agency.objects.filter(kind=AgencyKind.HOST).first()
    values = {"name": "Fenbrook Trust", "kind": AgencyKind.HOST, "sector": Sector.HEALTH, "contact_name": ""}
    return found or make_agency(**{**values, **overrides})


def make_team(**overrides) -> Team:
    if "agency" not in overrides:
        parent = overrides.get("parent")
        overrides["agency"] = parent.agency if parent else make_host()
    return Team.objects.create(**{"name": f"Team {next(_number)}", **overrides})


def make_job_role(**overrides) -> JobRole:
    number = next(_number)
    return JobRole.objects.create(**{"name": f"Job role {number}", "code": f"job-role-{number}", **overrides})


def make_staff_group(*, roles=(), **overrides) -> StaffGroup:
    group = StaffGroup.objects.create(**{"name": f"Staff group {next(_number)}", **overrides})
    group.job_roles.set(roles)
    return group


def make_person(*, user=None, **overrides) -> StaffProfile:
    """Of the host unless said otherwise; ``user=True`` makes a login too."""
    if user is True:
        user = make_user()
    if "agency" not in overrides:
        overrides["agency"] = make_host()
    return StaffProfile.objects.create(**{"name": f"Person {next(_number)}", "user": user, **overrides})


def make_post(**overrides) -> Post:
    person = overrides.pop("person", None) or make_person()
    team = overrides.pop("team", None) or make_team(agency=person.agency)
    job_role = overrides.pop("job_role", None) or make_job_role()
    values = {"person": person, "team": team, "job_role": job_role, "from_on": SINCE}
    return Post.objects.create(**{**values, **overrides})


def make_body(*, members=(), chair=None, secretary=None, **overrides) -> Body:
    number = next(_number)
    values = {"name": f"Body {number}", "short_name": f"B{number}", "quorum": 2}
    body = Body.objects.create(**{**values, **overrides})
    seats = [(person, Capacity.MEMBER) for person in members]
    seats += [(chair, Capacity.CHAIR)] if chair else []
    seats += [(secretary, Capacity.SECRETARY)] if secretary else []
    for person, capacity in seats:
        make_seat(body=body, person=person, capacity=capacity)
    return body


def make_seat(**overrides) -> BodyMembership:
    body = overrides.pop("body", None) or make_body()
    person = overrides.pop("person", None) or make_person(user=True)
    return BodyMembership.objects.create(**{"body": body, "person": person, "from_on": SINCE, **overrides})


def make_delegation(**overrides) -> Delegation:
    principal = overrides.pop("principal", None) or make_person(user=True)
    delegate = overrides.pop("delegate", None) or make_person(user=True)
    values = {"from_on": date(2026, 11, 1), "until_on": date(2026, 11, 30)}
    return Delegation.objects.create(principal=principal, delegate=delegate, **{**values, **overrides})


def make_role_holder(role: str, *, body=None, agency=None, team=None, user=None):
    """A login that holds the role since ``SINCE``, by group, grant, seat or post as the table says."""
    known = grants.role_named(role)
    user = user or make_person(user=True).user
    if known.how == grants.GROUP:
        user.groups.add(Group.objects.get_or_create(name=known.group)[0])
    elif known.how == grants.GRANT:
        RoleGrant.objects.create(user=user, role=role, from_on=SINCE, body=body, agency=agency, team=team)
    elif known.how == grants.MEMBERSHIP:
        make_seat(body=body, person=user.staff_profile, capacity=known.capacities[0])
    elif known.how == grants.POST:
        make_post(manager=user.staff_profile, team=team)
    elif known.how == grants.PAGE:
        raise ValueError(f"{role} is held by being named on a page: make that page")
    return user
