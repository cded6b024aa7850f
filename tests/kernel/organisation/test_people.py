from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from kernel.organisation import grants, people
from kernel.organisation.models import Absence, Capacity, RoleGrant, StaffGroup, StaffProfile
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
BEFORE, FIRST, LAST, AFTER = (date(2026, 11, day) for day in (9, 10, 20, 21))
DAYS = [(BEFORE, False), (FIRST, True), (LAST, True), (AFTER, False)]
PERIOD = {"from_on": FIRST, "until_on": LAST}


def test_profile_of_a_login_a_stranger_and_a_visitor():
    person = make_person(user=True)

    assert people.profile_of(person.user) == person
    assert people.profile_of(make_user()) is None
    assert people.profile_of(AnonymousUser()) is None
    assert people.profile_of(None) is None


@pytest.mark.parametrize(("day", "expected"), DAYS)
def test_a_seat_counts_from_its_first_to_its_last_day(day, expected):
    seat = make_seat(**PERIOD)

    assert list(people.members(seat.body, day)) == ([seat.person] if expected else [])


def test_members_come_once_and_never_after_they_left(today):
    chair, gone, shut = make_person(), make_person(left_on=LAST), make_person(agency=make_agency())
    body = make_body(chair=chair, members=[chair, gone, shut], secretary=make_person())
    shut.agency.active = False
    shut.agency.save()

    assert list(people.members(body, today)) == [chair]
    assert set(people.members(body, LAST)) == {chair, gone}


@pytest.mark.parametrize("role", [role.slug for role in grants.all_roles() if role.how != grants.PAGE])
def test_every_role_is_held_by_its_holder_and_by_no_stranger(role, today):
    holder, stranger = make_role_holder(role), make_person(user=True).user

    assert people.holds(holder, role, today) is True
    assert people.holds(stranger, role, today) is (role == "reader")
    assert people.holds(AnonymousUser(), role, today) is False
    holder.is_active = False
    holder.save()
    assert people.holds(holder, role, today) is False


@pytest.mark.parametrize("role", [role.slug for role in grants.all_roles() if role.how != grants.PAGE])
def test_no_role_is_held_after_leaving(role, today):
    holder = make_role_holder(role)
    StaffProfile.objects.filter(user=holder).update(left_on=today)

    assert people.holds(holder, role, today) is True
    assert people.holds(holder, role, date(2026, 11, 24)) is False


def test_a_role_named_on_a_page_is_answered_by_the_app_that_has_the_page(today, monkeypatch):
    monkeypatch.setattr(grants, "_providers", {})
    owner = make_person(user=True).user
    assert people.holds(owner, "policy-owner", today) is False

    grants.register_holders("policy-owner", lambda day: [owner.pk] if day == today else [])

    assert people.holds(owner, "policy-owner", today) is True
    assert people.holds(owner, "policy-owner", LAST) is False


def test_holds_of_a_word_that_is_no_role_is_an_error(today):
    for user in (make_user(), AnonymousUser()):
        with pytest.raises(ValidationError, match="There is no role"):
            people.holds(user, "emperor", today)


@pytest.mark.parametrize(("day", "expected"), DAYS)
def test_a_grant_counts_from_its_first_to_its_last_day(day, expected):
    user = make_person(user=True).user
    RoleGrant.objects.create(user=user, role="equality-lead", **PERIOD)

    assert people.holds(user, "equality-lead", day) is expected


def test_a_team_grant_covers_the_teams_below_and_an_agency_grant_all_teams(today):
    top = make_team()
    ward, beside = make_team(parent=top), make_team()
    of_team = make_role_holder("hr-partner", team=top)
    of_agency = make_role_holder("hr-partner", agency=top.agency)
    of_site = make_role_holder("hr-partner")

    def covered(user):
        places = [{"team": top}, {"team": ward}, {"team": beside}, {"agency": top.agency}]
        places += [{"agency": make_agency()}, {"body": make_body()}, {}]
        return [people.holds(user, "hr-partner", today, **place) for place in places]

    assert covered(of_team) == [True, True, False, False, False, False, True]
    assert covered(of_agency) == [True, True, True, True, False, False, True]
    assert covered(of_site) == [True] * 7


def test_a_seat_covers_its_own_body_only(today):
    seat = make_seat(capacity=Capacity.SECRETARY)
    user = seat.person.user

    assert people.holds(user, "body-secretary", today, body=seat.body) is True
    assert people.holds(user, "body-secretary", today, body=make_body()) is False
    assert people.holds(user, "body-secretary", today, team=make_team()) is False
    assert people.holds(user, "body-member", today, body=seat.body) is False


def test_a_line_manager_is_one_where_somebody_reports(today):
    boss, ward = make_person(user=True), make_team(parent=make_team())
    make_post(manager=boss, team=ward)

    assert people.holds(boss.user, "line-manager", today, team=ward.parent) is True
    assert people.holds(boss.user, "line-manager", today, team=make_team()) is False
    assert people.holds(boss.user, "line-manager", date(2019, 12, 31)) is False


def test_several_people_hold_one_role_together(today):
    body = make_body()
    three = [make_role_holder("assessor", body=body) for _ in range(3)]

    assert list(people.holders("assessor", today, body=body).order_by("pk")) == three


def test_groups_of_a_person_come_from_all_current_posts(today):
    person = make_person(user=True)
    nurse, past, other = (make_job_role() for _ in range(3))
    groups = [StaffGroup.objects.create(name=name) for name in ("Clinical", "Former", "Others")]
    for group, role in zip(groups, (nurse, past, other), strict=True):
        group.job_roles.add(role)
    make_post(person=person, job_role=nurse), make_post(person=person, job_role=past, until_on=LAST)

    assert list(people.groups_of(person.user, today)) == [groups[0]]
    assert set(people.groups_of(person.user, LAST)) == set(groups[:2])
    assert list(people.groups_of(AnonymousUser(), today)) == []


def test_who_reports_to_whom_and_who_to_nobody(today):
    top, boss = make_person(), make_person()
    volunteer, former = make_person(kind="volunteer"), make_person(left_on=LAST)
    make_post(person=boss, manager=top)
    make_post(person=volunteer, manager=boss), make_post(person=volunteer, manager=boss)
    make_post(person=former, manager=boss)
    orphan = make_post(manager=former).person

    assert list(people.reports_of(boss, today)) == [volunteer]
    assert list(people.managers_of(volunteer, today)) == [boss]
    assert set(people.people_without_manager(today)) == {top, orphan}


def test_absent_people_are_named_without_the_reason(today):
    away, back = make_person(), make_person()
    Absence.objects.create(person=away, from_on=FIRST, reason="sickness")
    Absence.objects.create(person=back, from_on=FIRST, until_on=LAST, reason="sickness")

    assert people.absent([away, back], today) == {away.pk}
    assert people.absent([away, back], LAST) == {away.pk, back.pk}


def test_agencies_without_contact_lists_those_whose_contact_left(today):
    make_host(), make_agency()
    silent, closed = make_agency(), make_agency(contact_name="", active=False)
    contact = make_person(agency=silent)
    silent.training_contact, silent.contact_name = contact, ""
    silent.save()
    assert list(people.agencies_without_contact(today)) == []

    contact.left_on = LAST
    contact.save()

    assert list(people.agencies_without_contact(today)) == [silent]
    assert closed not in people.agencies_without_contact(today)


@pytest.mark.parametrize("many", [1, 3])
def test_queries_do_not_grow_with_the_rows(many, today, django_assert_num_queries):
    person, body = make_person(user=True), make_body()
    for _ in range(many):
        make_delegation(delegate=person)
        make_seat(body=body)
        make_role_holder("assessor", body=body)
    person = StaffProfile.objects.get(pk=person.pk)

    with django_assert_num_queries(1):
        user = person.user
    with django_assert_num_queries(1):
        [str(p.agency) for p in people.members(body, today)]
    with django_assert_num_queries(1):
        people.holds(user, "assessor", today, body=body)


def test_members_between_holds_who_came_and_who_left_meanwhile():
    body = make_body()
    left = make_seat(body=body, until_on=date(2026, 11, 10)).person
    came = make_seat(body=body, from_on=date(2026, 11, 20)).person
    make_seat(body=body, until_on=date(2026, 11, 9))
    make_seat(body=body, from_on=date(2026, 11, 21))
    make_seat(body=body, capacity="secretary")

    found = people.members_between(body, date(2026, 11, 10), date(2026, 11, 20))

    assert set(found) == {left, came}
