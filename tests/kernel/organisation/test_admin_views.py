from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from kernel.audit.models import AuditEntry
from kernel.lifecycle.models import ClosedDay
from kernel.organisation import people
from kernel.organisation.models import (
    Agency,
    Delegation,
    Post,
    RoleGrant,
    StaffProfile,
    Team,
)
from tests.factories.accounts import make_user
from tests.factories.organisation import (
    make_agency,
    make_body,
    make_delegation,
    make_host,
    make_job_role,
    make_person,
    make_post,
    make_team,
)

pytestmark = pytest.mark.django_db
SINCE = date(2026, 1, 1)
SCREENS = {
    "organisation_agency": make_agency,
    "organisation_team": make_team,
    "organisation_job_role": make_job_role,
    "organisation_staff_group": None,
    "organisation_body": make_body,
    "organisation_person": make_person,
    "organisation_delegation": make_delegation,
    "lifecycle_closed_day": None,
    "organisation_role": lambda: RoleGrant.objects.create(
        user=make_user(), role="subject-expert", from_on=SINCE
    ),
}
FOR_USER_MANAGERS = {"organisation_person", "organisation_delegation", "organisation_role"}


def addresses(screen):
    found = [reverse(f"{screen}:{name}") for name in ("index", "index_results", "add")]
    if SCREENS[screen] is not None:
        row = SCREENS[screen]()
        names = ["edit", "history", "history_results"]
        names += {"organisation_agency": ["standing"], "organisation_person": ["leave"]}.get(screen, [])
        found += [reverse(f"{screen}:{name}", args=[row.pk]) for name in names]
    return found


@pytest.mark.parametrize("screen", SCREENS)
def test_a_site_administrator_sees_every_set_up_screen(screen, client, sign_in):
    sign_in("site-administrator")

    answers = {address: client.get(address).status_code for address in addresses(screen)}

    assert set(answers.values()) == {200}, answers


@pytest.mark.parametrize("screen", SCREENS)
def test_a_user_manager_sees_people_and_roles_only(screen, client, sign_in):
    sign_in("user-manager")

    answers = {address: client.get(address).status_code for address in addresses(screen)}

    assert set(answers.values()) == {200 if screen in FOR_USER_MANAGERS else 302}, answers


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("role", ["author", "education-officer", "ld-officer"])
def test_others_with_admin_access_see_no_set_up_screen(screen, role, client, sign_in):
    sign_in(role)
    make_person(name="Ada Okafor")

    for address in addresses(screen):
        answer = client.get(address, follow=True)
        assert answer.redirect_chain[0][1] == 302, address
        assert "Ada Okafor" not in answer.content.decode(), address
    assert reverse("organisation_person:index") not in client.get("/admin/").content.decode()


def test_the_menu_leads_a_site_administrator_there(client, sign_in):
    sign_in("site-administrator")

    assert reverse("organisation_person:index") in client.get("/admin/").content.decode()


def test_nothing_is_deleted_copied_or_chosen_here(sign_in):
    for screen in SCREENS:
        for name in ("delete", "copy", "usage"):
            with pytest.raises(Exception, match="not found"):
                reverse(f"{screen}:{name}", args=[1])


def person_data(*posts, initial=0, **overrides):
    values = {"name": "Ada Okafor", "kind": "volunteer", "staff_number": "", "email": "", "user": ""}
    values = {**values, "agency": make_host().pk, "posts": inline_formset(posts, initial=initial)}
    return nested_form_data({**values, **overrides})


def post_row(**overrides):
    values = {"id": "", "manager": "", "from_on": "2026-01-01", "until_on": "", "primary": ""}
    if not {"team", "job_role"} <= overrides.keys():
        values |= {"team": make_team().pk, "job_role": make_job_role().pk}
    return {**values, **overrides}


def test_a_volunteer_is_entered_with_a_post_and_a_manager(client, sign_in):
    actor, boss = sign_in("user-manager"), make_person()

    answer = client.post(reverse("organisation_person:add"), person_data(post_row(manager=boss.pk)))

    assert answer.status_code == 302
    person = StaffProfile.objects.get(name="Ada Okafor")
    assert (person.kind, person.user) == ("volunteer", None)
    assert list(people.managers_of(person, SINCE)) == [boss]
    entry = AuditEntry.objects.get(action="organisation.edit")
    assert (entry.actor_id, entry.target_id) == (str(actor.pk), str(person.pk))
    assert entry.facts["rows"]["posts"][0]["manager"] == str(boss.pk)


def existing_post(post, **overrides):
    row = {
        "id": post.pk,
        "team": post.team_id,
        "job_role": post.job_role_id,
        "manager": post.manager_id or "",
    }
    return post_row(**{**row, "from_on": post.from_on.isoformat(), **overrides})


def test_a_circle_of_managers_is_refused_on_the_screen_too(client, sign_in):
    sign_in("user-manager")
    top = make_post()
    bottom = make_post(manager=top.person)
    data = person_data(existing_post(top, manager=bottom.person_id), initial=1)

    answer = client.post(reverse("organisation_person:edit", args=[top.person_id]), data)

    assert answer.status_code == 200
    assert "That would be a circle" in answer.content.decode()
    assert Post.objects.get(pk=top.pk).manager is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"DELETE": "on"}, "give it a last day instead"),
        ({"until_on": "2019-12-31"}, "cannot be before the first day"),
    ],
)
def test_posts_are_ended_and_not_deleted(change, words, client, sign_in):
    sign_in("user-manager")
    post = make_post()
    data = person_data(existing_post(post, **change), initial=1)

    answer = client.post(reverse("organisation_person:edit", args=[post.person_id]), data)

    assert words in answer.content.decode()
    assert Post.objects.get(pk=post.pk).until_on is None


def test_two_main_posts_on_one_form_are_refused(client, sign_in):
    sign_in("user-manager")
    rows = [post_row(primary="on"), post_row(primary="on")]

    answer = client.post(reverse("organisation_person:add"), person_data(*rows))

    assert "has a main post already" in answer.content.decode()


def test_a_team_of_another_agency_is_refused_on_the_form(client, sign_in):
    sign_in("user-manager")
    row = post_row(team=make_team(agency=make_agency()).pk, job_role=make_job_role().pk)

    answer = client.post(reverse("organisation_person:add"), person_data(row))

    assert "belongs to another agency than the person" in answer.content.decode()


def test_nobody_ties_their_own_or_a_superusers_login_to_a_person(client, sign_in):
    actor, chief, root = sign_in("user-manager"), make_person(), make_user(is_superuser=True)
    StaffProfile.objects.filter(user=actor).update(user=None)
    address = reverse("organisation_person:edit", args=[chief.pk])

    own = client.post(address, person_data(user=actor.pk))
    superuser = client.post(address, person_data(user=root.pk))

    assert "Nobody ties their own login" in own.content.decode()
    assert "Only a superuser ties" in superuser.content.decode()
    chief.refresh_from_db()
    assert chief.user is None


def test_a_login_is_tied_to_a_person_and_that_is_written_down(client, sign_in):
    sign_in("user-manager")
    person, login = make_person(), make_user()

    client.post(reverse("organisation_person:edit", args=[person.pk]), person_data(user=login.pk))

    assert StaffProfile.objects.get(user=login) == person
    assert AuditEntry.objects.get(action="organisation.link_login").facts == {"login": login.pk}


def test_letting_a_person_go(client, sign_in):
    sign_in("user-manager")
    person = make_person(user=True)
    address = reverse("organisation_person:leave", args=[person.pk])

    answer = client.post(address, {"last_day": "2026-01-31"})

    assert answer.status_code == 302
    person.refresh_from_db()
    assert (person.active, person.left_on, person.user.is_active) == (False, date(2026, 1, 31), False)


def test_a_team_does_not_move_below_itself(client, sign_in):
    sign_in("site-administrator")
    top = make_team()
    ward = make_team(parent=top)
    data = {"agency": top.agency_id, "parent": ward.pk, "kind": "directorate", "name": top.name}

    answer = client.post(reverse("organisation_team:edit", args=[top.pk]), data)

    assert "to itself or to a team below it" in answer.content.decode()
    assert Team.objects.get(pk=top.pk).parent is None


def test_an_agency_is_suspended_from_its_screen(client, sign_in):
    sign_in("site-administrator")
    agency = make_agency()
    address = reverse("organisation_agency:standing", args=[agency.pk])

    client.get(address)
    assert Agency.objects.get(pk=agency.pk).active is True
    client.post(address, {"sure": "on"})
    assert Agency.objects.get(pk=agency.pk).active is False
    client.post(address, {"sure": "on"})
    assert Agency.objects.get(pk=agency.pk).active is True


def test_a_closed_day_is_entered(client, sign_in):
    sign_in("site-administrator")
    data = {"day": "2026-12-24", "nation": "", "reason": "The whole trust rests"}

    client.post(reverse("lifecycle_closed_day:add"), data)

    assert list(ClosedDay.objects.values_list("day", "reason")) == [
        (date(2026, 12, 24), "The whole trust rests")
    ]


def grant_data(user, role, **overrides):
    values = {"user": user.pk, "role": role, "body": "", "agency": "", "team": "", "until_on": ""}
    return {**values, "from_on": "2026-01-01", **overrides}


def test_a_role_is_given_and_taken_back_on_the_screen(client, sign_in):
    sign_in("user-manager")
    user, today = make_person(user=True).user, timezone.localdate()

    client.post(reverse("organisation_role:add"), grant_data(user, "subject-expert"))
    assert people.holds(user, "subject-expert", today) is True

    row = RoleGrant.objects.get()
    client.post(reverse("organisation_role:edit", args=[row.pk]), {"sure": "on"})
    assert people.holds(user, "subject-expert", today) is False


@pytest.mark.parametrize("role", ["records-lead", "site-administrator", "emperor"])
def test_a_role_above_the_own_is_not_offered_and_not_taken(role, client, sign_in):
    sign_in("user-manager")
    address = reverse("organisation_role:add")

    assert f'value="{role}"' not in client.get(address).content.decode()
    assert 'value="subject-expert"' in client.get(address).content.decode()
    answer = client.post(address, grant_data(make_user(), role))

    assert answer.status_code == 200
    assert RoleGrant.objects.count() == 0


def test_giving_oneself_a_role_is_refused_on_the_screen_and_written_down(client, sign_in):
    actor = sign_in("user-manager")

    answer = client.post(reverse("organisation_role:add"), grant_data(actor, "subject-expert"))

    assert "Nobody gives a role to themselves" in answer.content.decode()
    entries = AuditEntry.objects.filter(action__startswith="organisation.").values_list("action", "refused")
    assert list(entries) == [("organisation.grant_role", True)]


def test_a_delegation_is_made_and_ended_on_the_screen(client, sign_in):
    sign_in("user-manager")
    one, other = make_person(), make_person(user=True)
    data = {"principal": one.pk, "delegate": other.pk, "body": "", "limits": "Minor texts only"}
    data |= {"from_on": "2026-01-01", "until_on": "2099-12-31"}

    client.post(reverse("organisation_delegation:add"), data)
    given = Delegation.objects.get()
    assert (given.principal, given.delegate, given.limits) == (one, other, "Minor texts only")
    client.post(reverse("organisation_delegation:edit", args=[given.pk]), {"sure": "on"})
    assert Delegation.objects.on(timezone.localdate()).count() == 0


@pytest.mark.parametrize("screen", ["organisation_person", "organisation_delegation"])
def test_queries_of_the_list_do_not_grow(screen, client, sign_in, django_assert_max_num_queries):
    sign_in("site-administrator")
    SCREENS[screen]()
    client.get(reverse(f"{screen}:index"))
    with django_assert_max_num_queries(60) as one:
        client.get(reverse(f"{screen}:index"))
    for _ in range(3):
        SCREENS[screen]()

    with django_assert_max_num_queries(len(one)):
        client.get(reverse(f"{screen}:index"))
