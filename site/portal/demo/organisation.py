"""Builds the trust and its partnership: agencies, teams, people with posts, bodies, roles, a stand-in."""

from datetime import date, time, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from wagtail.models import Site

from kernel.accounts.services import note_login_made
from kernel.organisation import grants, services
from kernel.organisation.models import (
    AbsenceReason,
    Agency,
    AgencyKind,
    Body,
    BodyMeeting,
    JobRole,
    SiteLabels,
    StaffGroup,
    StaffProfile,
    Team,
)
from portal.demo import cast
from portal.demo.days import meeting_day, months_ago
from portal.demo.sign_ins import PASSWORD, SIGN_INS, email_of

LABELS = {
    "organisation_name": "Northmoor Community NHS Trust",
    "organisation_short_name": "Northmoor",
    "board_name": "Northmoor Trust and Safeguarding Partnership",
    "learning_department_name": "Learning and development",
    "policy_team_name": "Policy and assurance team",
    "help_phone": "01632 960 001",
    "help_hours": "weekdays 8am to 5pm",
    "urgent_phone": "01632 960 999",
}


def build(today: date) -> bool:
    """True if it built anything; a trust that is there already is left as it is."""
    if Agency.objects.filter(slug=cast.AGENCIES[0][0]).exists():
        return False
    _name_the_site()
    since = months_ago(today, 30, 1)
    agencies = _agencies()
    teams, roles = _teams(agencies), _job_roles()
    people = _people(agencies, teams, roles, since)
    _training_contacts(agencies, people)
    bodies = _bodies(people, since, today)
    _superuser()
    _roles_of_sign_ins(people, agencies, bodies, since)
    _stand_in(people, bodies, today)
    return True


def person(name: str) -> StaffProfile:
    return StaffProfile.objects.select_related("user").get(name=name)


def _name_the_site() -> None:
    labels = SiteLabels.for_site(Site.objects.get(is_default_site=True))
    for field, words in LABELS.items():
        setattr(labels, field, words)
    labels.full_clean()
    labels.save()


def _saved(row):
    row.full_clean()
    row.save()
    return row


def _agencies() -> dict[str, Agency]:
    """A partner's contact with a login is named later, when the person is there."""
    made = {}
    for number, (slug, name, short, sector, contributes, turnover, contact) in enumerate(cast.AGENCIES):
        agency = Agency(slug=slug, name=name, short_name=short, sector=sector, turnover_band=turnover)
        agency.kind = AgencyKind.PARTNER if number else AgencyKind.HOST
        agency.contributes_to_board = contributes
        if number:
            agency.contact_name, agency.contact_phone = contact or "Front desk", f"01632 960 {number}10"
        made[slug] = _saved(agency)
    return made


def _teams(agencies) -> dict[str, Team]:
    made: dict[str, Team] = {}
    for key, agency, parent, kind, name in cast.TEAMS:
        team = Team(agency=agencies[agency], parent=made.get(parent), kind=kind, name=name)
        made[key] = _saved(team)
    return made


def _job_roles() -> dict[str, JobRole]:
    roles = {code: _saved(JobRole(code=code, name=name)) for code, name in cast.JOB_ROLES.items()}
    for name, codes in cast.STAFF_GROUPS.items():
        _saved(StaffGroup(name=name)).job_roles.set([roles[code] for code in codes])
    return roles


def _people(agencies, teams, roles, since) -> dict[str, StaffProfile]:
    encoded = make_password(PASSWORD)  # once: forty times would take longer than all the rest
    made: dict[str, StaffProfile] = {}
    for number, (name, team, role, manager, login, kind) in enumerate(cast.PEOPLE, start=1):
        user = _login(name, encoded) if login else None
        row = StaffProfile(name=name, agency=teams[team].agency, user=user, email=email_of(name), kind=kind)
        row.staff_number = f"N{number:04}"
        made[name] = _saved(row)
        services.add_post(
            row,
            actor=None,
            team=teams[team],
            job_role=roles[role],
            from_on=since,
            manager=made.get(manager),
            primary=True,
        )
    for name, team, role, manager in cast.SECOND_POSTS:
        post = {"team": teams[team], "job_role": roles[role], "from_on": since, "manager": made[manager]}
        services.add_post(made[name], actor=None, primary=False, **post)
    return made


def _login(name: str, encoded: str, **values):
    first, _space, last = name.partition(" ")
    email = email_of(name) if last else f"{name.lower()}@example.org"
    user = get_user_model()(username=email, email=email, first_name=first, last_name=last, **values)
    user.password = encoded
    _saved(user)
    note_login_made(user, actor=None)
    return user


def _superuser() -> None:
    _login("Superuser", make_password(PASSWORD), is_superuser=True, is_staff=True)


def _training_contacts(agencies, people) -> None:
    """A partner whose contact has a profile here is named by it, others by words."""
    for name in ("Priya Sandhu", "Helen Oduya", "Joel Fairbrother", "Graham Tooley", "Wendy Lacey"):
        agency = people[name].agency
        agency.training_contact = people[name]
        agency.contact_name = agency.contact_phone = ""
        _saved(agency)


def _bodies(people, since, today) -> dict[str, Body]:
    made = {}
    for short, name, quorum, way, meets, seats in cast.BODIES:
        body = Body(short_name=short, name=name, quorum=quorum, ratifies_by=way, meets=meets)
        made[short] = _saved(body)
        for who, capacity in seats:
            services.join_body(body, actor=None, person=people[who], capacity=capacity, from_on=since)
    for month in range(-2, 5):
        _meeting(made["PG"], meeting_day(today, month))
    return made


def _meeting(body, day) -> None:
    papers = day - timedelta(days=7)
    _saved(
        BodyMeeting(
            body=body, meets_on=day, starts_at=time(14), place="Boardroom, Moor House", papers_due_on=papers
        )
    )


def _roles_of_sign_ins(people, agencies, bodies, since) -> None:
    """Roles that are given by hand; those of seats, posts and pages follow from where people stand."""
    scopes = {
        "hr-partner": {"agency": agencies["northmoor"]},
        "assessor": {"body": bodies["SCC"]},
        "agency-coordinator": {"agency": agencies["harbour-light"]},
    }
    for row in SIGN_INS:
        if row.person and grants.role_named(row.role).how in (grants.GROUP, grants.GRANT):
            scope = scopes.get(row.role, {})
            user = people[row.person].user
            services.grant_role(user, role=row.role, actor=None, today=since, **scope)


def _stand_in(people, bodies, today) -> None:
    """The panel's second member is on leave; the approver acts for her meanwhile."""
    away = people["Rhiannon Bell"]
    until = today + timedelta(days=21)
    services.record_absence(
        away, actor=None, from_on=today, until_on=until, reason=AbsenceReason.OTHER, today=today
    )
    services.delegate(
        away,
        actor=None,
        to=people["Amara Nwosu"],
        from_on=today,
        until_on=until,
        limits="While on annual leave; approval of documents only.",
        body=bodies["DAP"],
    )
