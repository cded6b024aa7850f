from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError

from kernel.accounts.sessions import SessionStore
from kernel.audit.models import AuditEntry
from kernel.organisation import people, services
from kernel.organisation.models import Absence, BodyMembership, Delegation, Post, RoleGrant, StaffProfile
from kernel.organisation.permissions import may_see_reason
from tests.factories.accounts import make_user
from tests.factories.organisation import (
    make_agency,
    make_body,
    make_delegation,
    make_host,
    make_job_role,
    make_person,
    make_post,
    make_role_holder,
    make_seat,
    make_team,
)

pytestmark = pytest.mark.django_db
YESTERDAY, TODAY, TOMORROW = (date(2026, 11, day) for day in (22, 23, 24))


def make_changer(*things):
    """A colleague whose permissions cover changing these things and nothing else."""
    user = make_person(user=True).user
    user.user_permissions.set(Permission.objects.filter(codename__in=[f"change_{thing}" for thing in things]))
    return user


def trail():
    return list(
        AuditEntry.objects.filter(action__startswith="organisation.")
        .order_by("pk")
        .values_list("action", "refused")
    )


def a_post(**overrides):
    person = overrides.pop("person", None) or make_person()
    values = {"team": make_team(agency=person.agency), "job_role": make_job_role(), "from_on": TODAY}
    return person, {**values, **overrides}


ACTS = {
    "add_post": ("staffprofile", lambda actor: _add_post(actor)),
    "end_post": ("staffprofile", lambda actor: services.end_post(make_post(), actor=actor, last_day=TODAY)),
    "change_manager": (
        "staffprofile",
        lambda actor: services.change_manager(make_post(), actor=actor, manager=make_person(), today=TODAY),
    ),
    "join_body": (
        "body",
        lambda actor: services.join_body(make_body(), actor=actor, person=make_person(), from_on=TODAY),
    ),
    "leave_body": ("body", lambda actor: services.leave_body(make_seat(), actor=actor, last_day=TODAY)),
    "delegate": ("delegation", lambda actor: _delegate(make_person(), actor=actor)),
    "end_delegation": (
        "delegation",
        lambda actor: services.end_delegation(make_delegation(), actor=actor, today=TODAY),
    ),
    "leave": (
        "staffprofile",
        lambda actor: services.leave(make_person(), actor=actor, last_day=YESTERDAY, today=TODAY),
    ),
    "suspend_agency": (
        "agency",
        lambda actor: services.suspend_agency(make_agency(), actor=actor, today=TODAY),
    ),
    "reinstate_agency": (
        "agency",
        lambda actor: services.reinstate_agency(make_agency(active=False), actor=actor, today=TODAY),
    ),
}


def _add_post(actor):
    person, values = a_post()
    return services.add_post(person, actor=actor, **values)


def _delegate(principal, *, actor, **overrides):
    values = {"to": make_person(), "from_on": TODAY, "until_on": TOMORROW}
    return services.delegate(principal, actor=actor, **{**values, **overrides})


@pytest.mark.parametrize("name", ACTS)
def test_who_may_change_it_does_and_it_is_written_down(name):
    thing, run = ACTS[name]

    run(make_changer(thing))

    assert trail() == [(f"organisation.{name}", False)]


@pytest.mark.parametrize("name", ACTS)
def test_who_may_not_is_refused_and_that_is_written_down(name):
    thing, run = ACTS[name]
    others = {"staffprofile", "body", "delegation", "agency", "team"} - {thing}

    with pytest.raises(PermissionDenied):
        run(make_changer(*others))

    assert trail() == [(f"organisation.{name}", True)]


@pytest.mark.parametrize("name", ACTS)
def test_the_system_may(name):
    ACTS[name][1](None)

    assert trail() == [(f"organisation.{name}", False)]


def test_add_post_refuses_a_circle_of_managers_and_leaves_nothing():
    top, middle, bottom = (make_person() for _ in range(3))
    make_post(person=middle, manager=top), make_post(person=bottom, manager=middle)
    __, values = a_post(person=top, manager=bottom)

    with pytest.raises(ValidationError, match="That would be a circle"):
        services.add_post(top, actor=None, **values)

    assert Post.objects.filter(person=top).count() == 0
    assert trail() == [("organisation.add_post", True)]


@pytest.mark.parametrize(("first_day", "refused"), [(date(2026, 6, 30), True), (date(2026, 7, 1), False)])
def test_a_circle_counts_only_on_days_that_all_its_posts_share(first_day, refused):
    top, middle, bottom = (make_person() for _ in range(3))
    make_post(person=middle, manager=top, until_on=date(2026, 6, 30))
    make_post(person=bottom, manager=middle)
    __, values = a_post(person=top, manager=bottom, from_on=first_day)

    if refused:
        with pytest.raises(ValidationError, match="That would be a circle"):
            services.add_post(top, actor=None, **values)
    else:
        services.add_post(top, actor=None, **values)


def test_change_manager_keeps_who_managed_until_yesterday():
    old, new = make_person(), make_person()
    post = make_post(manager=old, primary=True)

    services.change_manager(post, actor=None, manager=new, today=TODAY)

    assert list(people.managers_of(post.person, YESTERDAY)) == [old]
    assert list(people.managers_of(post.person, TODAY)) == [new]


def test_change_manager_refuses_a_circle_and_leaves_the_post_as_it_was():
    top, bottom = make_person(), make_person()
    make_post(person=bottom, manager=top)
    post = make_post(person=top)

    with pytest.raises(ValidationError, match="That would be a circle"):
        services.change_manager(post, actor=None, manager=bottom, today=TODAY)

    assert list(Post.objects.filter(person=top).values_list("pk", "until_on", "manager")) == [
        (post.pk, None, None)
    ]


def test_nobody_seats_or_delegates_to_themselves():
    actor = make_changer("body", "delegation", "staffprofile")
    me = actor.staff_profile

    with pytest.raises(PermissionDenied, match="Nobody gives a seat"):
        services.join_body(make_body(), actor=actor, person=me, from_on=TODAY)
    with pytest.raises(PermissionDenied, match="Nobody makes themselves a delegate"):
        _delegate(make_person(), actor=actor, to=me)
    with pytest.raises(PermissionDenied, match="Nobody gives a seat"):
        services.change_manager(make_post(), actor=actor, manager=me, today=TODAY)

    assert (BodyMembership.objects.count(), Delegation.objects.count()) == (0, 0)


def test_a_principal_delegates_without_any_permission():
    principal = make_person(user=True)
    delegate = make_person(user=True)

    given = _delegate(principal, actor=principal.user, to=delegate)

    assert list(Delegation.objects.on(TODAY)) == [given]
    services.end_delegation(given, actor=delegate.user, today=TODAY)
    assert list(Delegation.objects.on(TODAY)) == []


def test_join_body_refuses_a_second_chair():
    body = make_body(chair=make_person())

    with pytest.raises(ValidationError, match="has a chair already"):
        services.join_body(body, actor=None, person=make_person(), from_on=TODAY, capacity="chair")

    assert body.memberships.count() == 1


def make_manager_of_users():
    return make_role_holder("user-manager")


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("author", True),
        ("equality-lead", True),
        ("hr-partner", True),
        ("user-manager", True),
        ("records-lead", False),
        ("site-administrator", False),
    ],
)
def test_a_user_manager_gives_roles_up_to_the_own(role, allowed):
    actor, user = make_manager_of_users(), make_role_holder("author")
    place = {"agency": make_host()} if role == "hr-partner" else {}

    def give():
        services.grant_role(user, role=role, actor=actor, today=TODAY, **place)

    if allowed:
        give()
    else:
        with pytest.raises(PermissionDenied, match="stands above your own"):
            give()
    assert people.holds(user, role, TODAY) is (allowed or role == "author")
    assert trail() == [("organisation.grant_role", not allowed)]


@pytest.mark.parametrize("role", ["author", "equality-lead", "site-administrator"])
def test_nobody_gives_a_role_to_themselves(role):
    actor = make_role_holder("site-administrator")

    with pytest.raises(PermissionDenied, match="Nobody gives a role to themselves"):
        services.grant_role(actor, role=role, actor=actor, today=TODAY)


def test_who_gives_no_roles_gives_none_and_nobody_touches_a_superuser():
    with pytest.raises(PermissionDenied, match="stands above your own"):
        services.grant_role(make_user(), role="trainer", actor=make_role_holder("author"), today=TODAY)
    with pytest.raises(PermissionDenied, match="Only a superuser"):
        services.withdraw_role(
            make_user(is_superuser=True), role="trainer", actor=make_manager_of_users(), today=TODAY
        )


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("equality-lead", "agency"),
        ("agency-coordinator", None),
        ("agency-coordinator", "team"),
        ("assessor", None),
        ("body-chair", None),
        ("line-manager", None),
    ],
)
def test_a_role_is_given_in_its_own_scope_only(role, place):
    rows = {"agency": make_agency, "team": make_team, "body": make_body}
    scope = {place: rows[place]()} if place else {}

    with pytest.raises(ValidationError, match="is not (held like this|given by hand)"):
        services.grant_role(make_user(), role=role, actor=None, today=TODAY, **scope)

    assert RoleGrant.objects.count() == 0


def open_session(client, user):
    client.force_login(user)
    return client.session.session_key


def test_withdrawn_role_is_gone_at_once_and_the_session_ends(client):
    user = make_role_holder("equality-lead")
    group_role = make_role_holder("author", user=user)
    key, other = open_session(client, user), SessionStore()
    other.create()
    assert SessionStore().exists(key)

    services.withdraw_role(user, role="equality-lead", actor=None, today=TODAY)
    services.withdraw_role(group_role, role="author", actor=None, today=TODAY)

    assert people.holds(user, "equality-lead", TODAY) is False
    assert people.holds(user, "equality-lead", YESTERDAY) is True
    assert people.holds(user, "author", TODAY) is False
    assert (SessionStore().exists(key), SessionStore().exists(other.session_key)) == (False, True)


def test_leaver_loses_posts_seats_delegations_roles_and_the_open_session(client):
    person = make_role_holder("author").staff_profile
    make_role_holder("equality-lead", user=person.user)
    make_post(person=person), make_post(person=person, from_on=TOMORROW)
    seat = make_seat(person=person)
    given, held = make_delegation(principal=person), make_delegation(delegate=person)
    key = open_session(client, person.user)

    services.leave(person, actor=None, last_day=YESTERDAY, today=TODAY)

    person.refresh_from_db()
    assert (person.active, person.left_on, person.user.is_active) == (False, YESTERDAY, False)
    assert list(person.posts.values_list("until_on", flat=True)) == [YESTERDAY]
    assert list(BodyMembership.objects.on(TODAY).filter(pk=seat.pk)) == []
    assert list(Delegation.objects.on(TODAY).filter(pk__in=[given.pk, held.pk])) == []
    assert list(person.user.groups.all()) == []
    assert list(RoleGrant.objects.on(TODAY).filter(user=person.user)) == []
    assert SessionStore().exists(key) is False


def test_a_last_day_to_come_shuts_the_login_on_the_day_after():
    person = make_person(user=True)
    services.leave(person, actor=None, last_day=TODAY, today=TODAY)

    assert services.close_leavers(today=TODAY) == []
    assert services.close_leavers(today=TOMORROW, dry_run=True) == [str(person.pk)]
    person.user.refresh_from_db()
    assert person.user.is_active is True

    assert services.close_leavers(today=TOMORROW) == [str(person.pk)]
    assert services.close_leavers(today=TOMORROW) == []
    person.user.refresh_from_db()
    assert person.user.is_active is False


def test_suspended_agency_is_signed_out_and_reinstated_without_those_shut_before(client):
    agency = make_agency()
    works, shut = make_person(user=True, agency=agency), make_person(user=True, agency=agency)
    shut.user.is_active = False
    shut.user.save()
    key = open_session(client, works.user)

    services.suspend_agency(agency, actor=None, today=TODAY)
    works.user.refresh_from_db()
    assert (works.user.is_active, SessionStore().exists(key)) == (False, False)
    assert works not in StaffProfile.objects.here(TODAY)

    services.reinstate_agency(agency, actor=None, today=TODAY)
    works.user.refresh_from_db(), shut.user.refresh_from_db()
    assert (works.user.is_active, shut.user.is_active) == (True, False)


def test_the_host_cannot_be_suspended():
    with pytest.raises(ValidationError, match="cannot be suspended"):
        services.suspend_agency(make_host(), actor=None, today=TODAY)


def test_why_somebody_is_absent_is_for_hr_and_the_own_manager():
    boss, upper = make_person(user=True), make_person(user=True)
    make_post(person=boss, manager=upper)
    ward = make_team(parent=make_team())
    person = make_post(manager=boss, team=ward).person
    readers = {
        "own manager": boss.user,
        "HR of the team's tree": make_role_holder("hr-partner", team=ward.parent),
        "HR of the agency": make_role_holder("hr-partner", agency=ward.agency),
        "chief people officer": make_role_holder("chief-people-officer"),
    }
    others = {
        "manager's manager": upper.user,
        "HR of another team": make_role_holder("hr-partner", team=make_team()),
        "HR of another agency": make_role_holder("hr-partner", agency=make_agency()),
        "colleague": make_post(team=ward, person=make_person(user=True)).person.user,
        "site administrator": make_role_holder("site-administrator"),
        "superuser": make_user(is_superuser=True),
    }

    absence = services.record_absence(person, actor=boss.user, from_on=TODAY, reason="sickness", today=TODAY)

    assert [name for name, user in readers.items() if not may_see_reason(user, absence, TODAY)] == []
    assert [name for name, user in others.items() if may_see_reason(user, absence, TODAY)] == []
    with pytest.raises(PermissionDenied, match="kept by HR"):
        services.record_absence(person, actor=upper.user, from_on=TODAY, today=TODAY)
    assert Absence.objects.count() == 1
    assert "sickness" not in str(AuditEntry.objects.values_list("facts"))
