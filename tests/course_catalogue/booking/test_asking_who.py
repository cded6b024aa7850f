"""Who asks for whom, who releases, and what the training team alone may do."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from course_catalogue.booking import shares
from kernel.audit.models import AuditEntry
from kernel.outbox.models import OutboxMail
from tests.factories import booking as b
from tests.factories import courses as make
from tests.factories.organisation import make_person, make_post, make_role_holder

pytestmark = pytest.mark.django_db


def act_as(persona, person):
    return {
        "oneself": lambda: person.user,
        "their line manager": lambda: b.manager_of(person).user,
        "a coordinator of the agency": lambda: b.make_coordinator(person.agency),
        "an administrator": b.make_administrator,
        "the officer": lambda: make_role_holder("ld-officer"),
        "a colleague": lambda: b.make_staff().user,
        "another's manager": lambda: b.manager_of(b.make_staff()).user,
        "a coordinator of another agency": lambda: b.make_coordinator(b.make_partner()),
        "somebody without a person": lambda: make_person(user=True).user,
        "the person they manage": lambda: _managed_by(person).user,
    }[persona]()


def _managed_by(person):
    return b.make_staff(manager=person)


MAY = [
    "oneself",
    "their line manager",
    "a coordinator of the agency",
    "an administrator",
    "the officer",
]
MAY_NOT = [
    "a colleague",
    "another's manager",
    "a coordinator of another agency",
    "somebody without a person",
    "the person they manage",
]


@pytest.mark.parametrize("persona", MAY)
def test_who_may_book_somebody(persona):
    session, person = make.make_session(), b.make_staff()

    (booking,) = b.ask(session, person, actor=act_as(persona, person)).bookings

    assert (booking.person, booking.state) == (person, "booked")


@pytest.mark.parametrize("persona", MAY_NOT)
def test_who_may_not(persona):
    session, person = make.make_session(), b.make_staff()
    actor = act_as(persona, person)

    with pytest.raises(PermissionDenied):
        b.ask(session, person, actor=actor)

    assert session.bookings.count() == 0
    assert AuditEntry.objects.get(action="training.ask").refused


def test_for_all_of_a_group_or_for_nobody():
    session, own, other = make.make_session(), b.make_staff(), b.make_staff()

    with pytest.raises(PermissionDenied):
        b.ask(session, own, other, actor=b.manager_of(own).user)

    assert session.bookings.count() == 0


def test_a_manager_who_books_and_releases_at_once_is_not_asked_again():
    person = b.make_staff()

    booking = b.book(
        make.make_session(needs_approval=True), person, actor=b.manager_of(person).user, released=True
    )

    assert (booking.state, booking.released, booking.manager) == ("booked", True, b.manager_of(person))


def test_released_is_nothing_that_somebody_says_of_themselves():
    booking = b.book(make.make_session(needs_approval=True), released=True)

    assert (booking.state, booking.released) == ("requested", None)


def test_a_partners_coordinator_books_and_releases_the_agencys_people():
    agency = b.make_partner()
    person = b.make_staff(agency=agency)

    booking = b.book(make.make_session(needs_approval=True), person, actor=b.make_coordinator(agency))

    assert (booking.state, booking.released, booking.agency) == ("booked", True, agency)


def test_a_coordinator_does_not_release_themselves():
    agency = b.make_partner()
    user = b.make_coordinator(agency)

    booking = b.book(make.make_session(needs_approval=True), user.staff_profile, actor=user)

    assert (booking.state, booking.manager) == ("requested", None)


def test_without_a_manager_the_agencys_people_for_training_are_asked():
    agency = b.make_partner()
    contact = b.make_coordinator(agency).staff_profile
    person = make_person(user=True, agency=agency)

    booking = b.book(make.make_session(needs_approval=True), person)

    assert (booking.state, booking.manager) == ("requested", contact)


def test_without_anybody_here_the_agencys_contact_hears_of_it():
    person = make_person(user=True, agency=b.make_partner(contact_email="training@partner.example"))

    booking = b.book(make.make_session(needs_approval=True), person)

    assert (booking.state, booking.manager) == ("requested", None)
    assert OutboxMail.objects.get(kind="training.ask_release").to == ["training@partner.example"]


def test_one_of_several_managers_is_chosen_and_no_stranger():
    person, second = b.make_staff(), make_person(user=True)
    make_post(person=person, manager=second)
    session = make.make_session(needs_approval=True)

    with pytest.raises(ValidationError) as refusal:
        b.book(session, person, manager=b.make_staff())
    booking = b.book(session, person, manager=second)

    assert (refusal.value.code, booking.manager) == ("manager", second)


# Priority, overriding, the brake


def test_priority_is_the_training_teams_and_has_a_reason():
    session, _booked = b.full()
    person, administrator = b.make_staff(), b.make_administrator()

    with pytest.raises(PermissionDenied):
        b.wait(session, person, priority=1, priority_reason="expires")
    with pytest.raises(ValidationError) as refusal:
        b.wait(session, person, actor=administrator, priority=1)
    booking = b.wait(session, person, actor=administrator, priority=1, priority_reason="a record expires")

    assert refusal.value.code == "priority"
    assert (booking.priority, booking.priority_reason) == (1, "a record expires")


def test_an_officer_passes_over_a_limit_with_a_reason_and_not_over_the_capacity():
    """Behaviours 10 and 20."""
    session, person = make.make_session(capacity=1), b.make_staff()
    shares.set_limit(session, size=0, agency=person.agency, actor=None, now=b.NOW)
    officer = b.make_administrator()

    with pytest.raises(PermissionDenied):
        b.book(session, person, override="please")
    booking = b.book(session, person, actor=officer, override="a court asks for it")
    with pytest.raises(ValidationError) as refusal:
        b.book(session, actor=officer, override="another one")

    entry = AuditEntry.objects.get(action="training.ask", refused=False)
    assert (booking.state, entry.facts["override"]) == ("booked", True)
    assert entry.words["why"] == "a court asks for it"
    assert refusal.value.code == "full"


def test_one_agency_asks_for_so_many_in_an_hour(settings):
    """B13."""
    settings.TRAINING_AGENCY_BRAKE = 2
    session = make.make_session()
    b.book(session)
    b.book(session)

    with pytest.raises(ValidationError) as refusal:
        b.book(session)
    another = b.book(session, b.make_staff(agency=b.make_partner()))
    after = b.book(session, now=b.later(hours=1))

    assert (refusal.value.code, another.state, after.state) == ("brake", "booked", "booked")
