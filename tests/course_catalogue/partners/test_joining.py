"""Logins of partners: by invitation or request, one a person, an answer that tells nothing (point 9, A3, A11)."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from course_catalogue.models import Joining
from course_catalogue.partners import joining
from kernel.outbox.models import OutboxMail
from tests.factories import booking as make
from tests.factories.accounts import make_user, make_user_manager
from tests.factories.learning import signed_in
from tests.factories.organisation import make_agency, make_host, make_person
from tests.portal.walking import changed, tables
from tests.together import press_together

pytestmark = pytest.mark.django_db
LINK = re.compile(r"https?://\S+(/training/join/\S+/)")
GOOD = "seven-slow-barges-16"


def link_of(mail) -> str:
    return LINK.search(mail.text)[1]


def sent(kind):
    return OutboxMail.objects.filter(kind=f"training.{kind}").latest("pk")


def asked(agency, email="pat.moor@partner.example.org"):
    return {"agency": agency.pk, "name": "Pat Moor", "email": email, "work": "Family worker"}


def test_an_invitation_opens_one_login_with_a_chosen_password():
    agency = make_agency()
    client = signed_in(make.make_coordinator(agency))
    client.post(
        reverse("training_agency_people"), {"name": "Pat Moor", "email": "pat.moor@partner.example.org"}
    )
    mail = sent("invited")
    assert mail.secret
    place, visitor = link_of(mail), Client()
    assert "Choose a password" in visitor.get(place).content.decode()

    visitor.post(place, {"password": GOOD, "again": GOOD})

    user = get_user_model().objects.get(email="pat.moor@partner.example.org")
    assert (user.staff_profile.agency, user.staff_profile.name, user.is_staff) == (agency, "Pat Moor", False)
    assert user.check_password(GOOD)
    assert visitor.get(place).status_code == 404
    assert visitor.post(place, {"password": GOOD, "again": GOOD}).status_code == 404
    assert get_user_model().objects.filter(email="pat.moor@partner.example.org").count() == 1


def test_an_invited_person_of_the_list_gets_the_login_and_no_second_entry():
    agency = make_agency()
    person = make_person(agency=agency, name="Cerys Lloyd")
    client = signed_in(make.make_coordinator(agency))
    client.post(
        reverse("training_agency_people"), {"person": person.pk, "email": "cerys@partner.example.org"}
    )

    Client().post(link_of(sent("invited")), {"password": GOOD, "again": GOOD})

    person.refresh_from_db()
    assert (person.user.email, person.email) == ("cerys@partner.example.org", "cerys@partner.example.org")


def test_the_same_invitation_within_a_minute_is_one_mail_and_later_another():
    agency, now = make_agency(), timezone.now()
    words = {"name": "Pat Moor", "email": "pat.moor@partner.example.org"}
    words["actor"] = make.make_coordinator(agency)

    first, again, later = (
        joining.invite(agency, now=now + timedelta(seconds=after), **words) for after in (0, 59, 60)
    )

    assert (again.pk, later.pk != first.pk) == (first.pk, True)
    assert OutboxMail.objects.filter(kind="training.invited").count() == 2


def test_a_weak_or_mistyped_password_opens_nothing():
    agency = make_agency()
    joining.invite(
        agency,
        name="Pat",
        email="pat@partner.example.org",
        actor=make.make_coordinator(agency),
        now=timezone.now(),
    )
    place = link_of(sent("invited"))

    assert "not the same" in Client().post(place, {"password": GOOD, "again": "x"}).content.decode()
    weak = Client().post(place, {"password": "password", "again": "password"})

    assert weak.status_code == 200
    assert not get_user_model().objects.filter(email="pat@partner.example.org").exists()


def test_a_coordinator_invites_for_the_own_agency_alone():
    mine, theirs = make_agency(), make_agency()
    coordinator = make.make_coordinator(mine)

    with pytest.raises(PermissionDenied):
        joining.invite(theirs, name="Pat", email="p@example.org", actor=coordinator, now=timezone.now())
    with pytest.raises(ValidationError):
        person = make_person(agency=theirs)
        joining.invite(
            mine, name="P", email="p@example.org", actor=coordinator, now=timezone.now(), person=person
        )
    assert Joining.objects.count() == 0


def test_a_request_is_confirmed_granted_and_joined():
    agency, visitor = make_agency(), Client()
    visitor.post(reverse("training_join"), asked(agency))
    place = link_of(sent("confirm_address"))
    manager = signed_in(make_user_manager())
    assert manager.get(reverse("training_joining")).content.decode().count("Pat Moor") == 0

    visitor.post(place)
    row = Joining.objects.get()
    assert "Pat Moor" in manager.get(reverse("training_joining")).content.decode()
    manager.post(reverse("training_joining_decide", args=[row.pk]), {"act": "grant"})
    assert visitor.get(place).status_code == 404
    visitor.post(link_of(sent("joining_granted")), {"password": GOOD, "again": GOOD})

    assert get_user_model().objects.get(email="pat.moor@partner.example.org").staff_profile.agency == agency


def test_a_refused_request_says_why_and_ends_the_link():
    agency, visitor = make_agency(), Client()
    visitor.post(reverse("training_join"), asked(agency))
    place = link_of(sent("confirm_address"))
    visitor.post(place)
    row = Joining.objects.get()

    signed_in(make_user_manager()).post(
        reverse("training_joining_decide", args=[row.pk]), {"act": "refuse", "reason": "Not known there."}
    )

    row.refresh_from_db()
    assert (row.granted, row.reason) == (False, "Not known there.")
    assert "Not known there." in sent("joining_refused").text
    assert visitor.get(place).status_code == 404


def test_an_unconfirmed_request_is_granted_by_nobody():
    agency = make_agency()
    Client().post(reverse("training_join"), asked(agency))
    row = Joining.objects.get()

    with pytest.raises(ValidationError, match="not confirmed"):
        joining.grant(row, actor=make_user_manager(), now=timezone.now())
    with pytest.raises(PermissionDenied):
        joining.grant(row, actor=make.make_coordinator(agency), now=timezone.now())


def test_known_and_unknown_addresses_get_the_same_answer_and_one_mail_each(undated):
    agency = make_agency()
    make_user("known@partner.example.org")

    pages = {}
    for email in ("known@partner.example.org", "KNOWN@partner.example.org", "new@partner.example.org"):
        before = OutboxMail.objects.count()
        answer = Client().post(reverse("training_join"), asked(agency, email))
        pages[email] = (answer.status_code, answer.content.decode())
        assert OutboxMail.objects.count() == before + 1

    assert len(set(pages.values())) == 1
    assert not LINK.search(sent("joining_known").text)
    coordinator = signed_in(make.make_coordinator(agency))
    invited = [
        coordinator.post(reverse("training_agency_people"), {"name": "P", "email": email}).status_code
        for email in ("known@partner.example.org", "other@partner.example.org")
    ]
    assert invited == [302, 302]
    page = coordinator.get(reverse("training_agency_people")).content.decode()
    assert page.count("sent on") == 2


def test_the_sixth_request_from_one_network_waits_as_at_sign_in():
    agency = make_agency()
    statuses = [
        Client().post(reverse("training_join"), asked(agency, f"p{number}@example.org")).status_code
        for number in range(6)
    ]

    assert statuses == [200] * 5 + [429]
    elsewhere = Client(REMOTE_ADDR="203.0.113.9").post(
        reverse("training_join"), asked(agency, "q@example.org")
    )
    assert elsewhere.status_code == 200
    Joining.objects.update(asked_at=timezone.now() - timedelta(minutes=16))
    assert Client().post(reverse("training_join"), asked(agency, "r@example.org")).status_code == 200


def test_the_host_and_a_suspended_agency_take_nobody():
    host, gone = make_host(), make_agency()
    gone.active = False
    gone.save()

    for agency in (host, gone):
        answer = Client().post(reverse("training_join"), asked(agency))
        assert "elect a valid choice" in answer.content.decode()
    assert Joining.objects.count() == 0


def test_opening_links_and_pages_changes_nothing():
    agency = make_agency()
    Client().post(reverse("training_join"), asked(agency))
    place, row = link_of(sent("confirm_address")), Joining.objects.get()
    joining.confirm(row, now=timezone.now())
    manager = signed_in(make_user_manager())
    manager.get("/desk/")
    before = tables()

    for client in (Client(), manager):
        for address in (place, reverse("training_join"), reverse("training_joining_decide", args=[row.pk])):
            client.get(address)

    assert changed(before, tables()) == []


def test_extra_fields_raise_nobody():
    agency, other = make_agency(), make_agency()
    joining.invite(
        agency,
        name="Pat",
        email="pat@partner.example.org",
        actor=make.make_coordinator(agency),
        now=timezone.now(),
    )
    lies = {
        "is_staff": "1",
        "is_superuser": "1",
        "agency": other.pk,
        "groups": "1",
        "email": "evil@example.org",
    }

    Client().post(link_of(sent("invited")), {"password": GOOD, "again": GOOD, **lies})

    user = get_user_model().objects.get(email="pat@partner.example.org")
    assert (user.is_staff, user.is_superuser, user.groups.count()) == (False, False, 0)
    assert user.staff_profile.agency == agency


def test_an_old_link_opens_nothing():
    agency = make_agency()
    joining.invite(
        agency,
        name="Pat",
        email="pat@partner.example.org",
        actor=make.make_coordinator(agency),
        now=timezone.now(),
    )
    Joining.objects.update(secret_until=timezone.now() - timedelta(minutes=1))

    answer = Client().post(link_of(sent("invited")), {"password": GOOD, "again": GOOD})

    assert answer.status_code == 404
    assert not get_user_model().objects.filter(email="pat@partner.example.org").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("trial", range(5))
def test_two_links_to_one_address_opened_at_once_open_one_login(trial):
    email = "pat@partner.example.org"
    rows = []
    for place in (email, email.upper()):
        agency = make_agency()
        coordinator = make.make_coordinator(agency)
        rows.append(joining.invite(agency, name="Pat", email=place, actor=coordinator, now=timezone.now()))

    ends = press_together(
        *(lambda row=row: joining.join(row, password=GOOD, now=timezone.now()) for row in rows)
    )

    assert ends == [
        "Somebody already signs in with this address. Sign in, or ask for a new password.",
        "done",
    ]
    assert get_user_model().objects.filter(email=email).count() == 1
