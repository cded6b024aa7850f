from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kernel.organisation.models import (
    Absence,
    Agency,
    AgencyKind,
    Body,
    BodyMeeting,
    BodyMembership,
    Capacity,
    Delegation,
    PersonKind,
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
    make_seat,
    make_team,
)

pytestmark = pytest.mark.django_db
MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)


def _two_scopes():
    user = make_user()
    RoleGrant(user=user, role="equality-lead", from_on=MONDAY, body=make_body(), agency=make_agency()).save()


def _no_team_in_itself():
    team = make_team()
    Team.objects.filter(pk=team.pk).update(parent=team)


REFUSED_BY_THE_DATABASE = {
    "two hosts": lambda: (make_host(), make_agency(kind=AgencyKind.HOST)),
    "suspended host": lambda: make_agency(kind=AgencyKind.HOST, active=False),
    "active partner without a contact": lambda: make_agency(contact_name=""),
    "team in itself": _no_team_in_itself,
    "two teams of one name": lambda: [make_team(parent=p, name="Ward 7") for p in [make_team()] * 2],
    "two top teams of one name": lambda: [make_team(name="Nursing"), make_team(name="Nursing")],
    "staff number twice": lambda: [make_person(staff_number="117"), make_person(staff_number="117")],
    "gone without a day": lambda: make_person(active=False),
    "post that ends before it begins": lambda: make_post(from_on=FRIDAY, until_on=MONDAY),
    "own manager": lambda: [make_post(person=p, manager=p) for p in [make_person()]],
    "two main posts": lambda: [make_post(person=p, primary=True) for p in [make_person()] * 2],
    "absence that ends before it begins": lambda: Absence(
        person=make_person(), from_on=FRIDAY, until_on=MONDAY
    ).save(),
    "no quorum": lambda: make_body(quorum=0),
    "two chairs": lambda: [make_seat(body=b, capacity=Capacity.CHAIR) for b in [make_body()] * 2],
    "one seat twice": lambda: [make_seat(body=b, person=p) for b, p in [(make_body(), make_person())] * 2],
    "two meetings a day": lambda: [BodyMeeting(body=b, meets_on=MONDAY).save() for b in [make_body()] * 2],
    "papers after the meeting": lambda: BodyMeeting(
        body=make_body(), meets_on=MONDAY, papers_due_on=FRIDAY
    ).save(),
    "delegation to oneself": lambda: [make_delegation(principal=p, delegate=p) for p in [make_person()]],
    "delegation that ends before it begins": lambda: make_delegation(from_on=FRIDAY, until_on=MONDAY),
    "delegation without end": lambda: make_delegation(until_on=None),
    "role in two scopes": _two_scopes,
}


@pytest.mark.parametrize("name", REFUSED_BY_THE_DATABASE)
def test_the_database_refuses(name):
    with pytest.raises(IntegrityError), transaction.atomic():
        REFUSED_BY_THE_DATABASE[name]()


def test_the_database_takes_what_stands_beside_each_refusal():
    """The control: the nearest allowed neighbour of every refused row above is saved."""
    host, partner = make_host(), make_agency()
    make_agency(active=False, contact_name="")
    top = make_team(name="Nursing")
    make_team(parent=top, name="Ward 7"), make_team(parent=make_team(), name="Ward 7")
    make_team(agency=partner, name="Nursing")
    make_person(staff_number="117"), make_person(staff_number="117", agency=partner)
    make_person(staff_number=""), make_person(staff_number="")
    gone = make_person(active=False, left_on=MONDAY)
    person = make_person()
    make_post(person=person, primary=True, until_on=MONDAY), make_post(person=person, primary=True)
    make_post(person=person, manager=gone, from_on=MONDAY, until_on=MONDAY)
    body = make_body(chair=person, secretary=person, members=[person])
    make_seat(body=body, capacity=Capacity.CHAIR, until_on=MONDAY)
    BodyMeeting(body=body, meets_on=MONDAY, papers_due_on=MONDAY).save()
    make_delegation(from_on=MONDAY, until_on=MONDAY)
    RoleGrant(user=make_user(), role="equality-lead", from_on=MONDAY).save()

    assert [host, partner] == list(Agency.objects.filter(active=True).order_by("pk"))
    assert (BodyMembership.objects.count(), Post.objects.count(), Delegation.objects.count()) == (4, 3, 1)


def test_every_kind_of_person_is_known():
    assert [kind.value for kind in PersonKind] == [
        "staff",
        "student",
        "volunteer",
        "contracted",
        "bank or agency",
    ]


def test_deleting_a_login_leaves_the_person():
    person = make_person(user=True, name="Ada Okafor")

    person.user.delete()

    assert StaffProfile.objects.values_list("name", "user").get(pk=person.pk) == ("Ada Okafor", None)


def test_an_absence_never_says_why():
    absence = Absence(person=make_person(), from_on=MONDAY, reason="sickness")

    assert str(absence) == "absent"


def test_team_path_names_every_team_below_in_one_query(django_assert_num_queries):
    top = make_team(name="Nursing")
    service = make_team(name="Surgery", parent=top)
    wards = [make_team(name=f"Ward {number}", parent=service) for number in (1, 2, 3)]
    make_team(name="Estates")

    with django_assert_num_queries(1):
        below = list(Team.objects.below(top))

    assert below == [service, *wards]


def test_team_that_moves_takes_its_tree_along():
    old, new = make_team(name="Nursing"), make_team(name="Medicine")
    service = make_team(name="Surgery", parent=old)
    ward = make_team(name="Ward 1", parent=service)

    service.parent = new
    service.save()

    assert list(Team.objects.below(new)) == [service, ward]
    assert list(Team.objects.below(old)) == []
    ward.refresh_from_db()
    assert list(Team.objects.above(ward)) == [new, service, ward]


def test_team_cannot_move_below_itself_or_to_another_agency():
    top = make_team()
    ward = make_team(parent=top)
    top.parent = ward
    with pytest.raises(ValidationError, match="to itself or to a team below it"):
        top.full_clean()

    ward.parent = make_team(agency=make_agency())
    with pytest.raises(ValidationError, match="its own agency"):
        ward.full_clean()


def test_agency_contact_works_there_and_can_be_reached():
    agency = make_agency()
    agency.training_contact = make_person(agency=make_agency())
    with pytest.raises(ValidationError, match="works for another agency"):
        agency.full_clean()

    agency.training_contact = make_person(agency=agency)
    agency.full_clean()
    agency.contact_email = agency.contact_phone = ""
    with pytest.raises(ValidationError, match="how the contact is reached"):
        agency.full_clean()


def test_active_partner_needs_a_training_contact():
    agency = Agency(name="Ridge School", short_name="Ridge", slug="ridge", sector="education")
    with pytest.raises(ValidationError, match="Name the training contact"):
        agency.full_clean()

    agency.contact_name, agency.contact_phone = "Sam Hill", "01632 960117"
    agency.full_clean()


def test_post_in_a_team_of_another_agency_is_refused():
    post = Post(person=make_person(), team=make_team(agency=make_agency()), job_role=make_job_role())
    post.from_on = MONDAY

    with pytest.raises(ValidationError, match="another agency than the person"):
        post.full_clean()


def test_role_that_is_none_is_refused():
    with pytest.raises(ValidationError, match="There is no role “emperor”"):
        RoleGrant(user=make_user(), role="emperor", from_on=MONDAY).full_clean()


def test_a_body_without_a_positive_quorum_is_refused_in_words():
    with pytest.raises(ValidationError) as refusal:
        Body(name="Committee", short_name="C", quorum=0).full_clean()

    assert "quorum" in refusal.value.message_dict
