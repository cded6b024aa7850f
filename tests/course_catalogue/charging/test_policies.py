from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from course_catalogue import dated_tables
from course_catalogue.booking import ending
from course_catalogue.charging import classes, payers, policies
from course_catalogue.charging.kinds import Basis, LateRule
from course_catalogue.charging.notice import LONDON
from course_catalogue.charging.terms import policy_on
from course_catalogue.models import AgencyClass, ChargePolicy, Price
from tests.course_catalogue.charging.test_ledger import book
from tests.factories.charging import FULL, LATE, make_classes, make_policy
from tests.factories.courses import MOMENT
from tests.factories.organisation import make_agency, make_role_holder

pytestmark = pytest.mark.django_db
APRIL = date(2027, 4, 1)


def officer():
    return make_role_holder("ld-officer")


def test_a_new_policy_ends_the_one_before_the_day_before():
    old = make_policy()
    new = make_policy(from_on=APRIL)

    old.refresh_from_db()
    assert old.until_on == date(2027, 3, 31)
    assert (policy_on(date(2027, 3, 31)), policy_on(APRIL)) == (old, new)
    assert policy_on(date(2026, 11, 22)) is None


def test_two_policies_on_one_day_are_refused_by_service_and_database():
    old = make_policy(until_on=date(2027, 3, 31))
    with pytest.raises(ValidationError, match="is in force on some of these days"):
        make_policy(from_on=date(2027, 3, 31))

    copy = ChargePolicy.objects.get(pk=old.pk)
    copy.pk, copy.from_on, copy.until_on = None, date(2027, 3, 31), None
    with pytest.raises(DatabaseError, match="share a day|never_two"), transaction.atomic():
        copy.save(force_insert=True)
    assert ChargePolicy.objects.count() == 1


def test_a_policy_never_changes_but_for_its_end():
    policy = make_policy()
    for attempt in (
        lambda: ChargePolicy.objects.update(number=1),
        lambda: Price.objects.update(amount=Decimal("1.00")),
        lambda: ChargePolicy.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()

    policies.end_policy(policy, actor=officer(), now=MOMENT, until_on=APRIL)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ChargePolicy.objects.update(until_on=None)


def test_a_policy_that_has_not_begun_is_taken_back():
    policy = make_policy(from_on=APRIL)
    policies.withdraw_policy(policy, actor=officer(), now=MOMENT)

    assert policy_on(APRIL) is None
    assert policy_on(make_policy(from_on=APRIL).from_on) is not None


def test_a_policy_in_force_is_not_taken_back():
    with pytest.raises(ValidationError, match="has begun"):
        policies.withdraw_policy(make_policy(), actor=officer(), now=MOMENT)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"from_on": date(2026, 11, 22)}, "from_on"),
        ({"from_on": APRIL, "until_on": date(2027, 3, 31)}, "__all__"),
        ({"number": 0}, "number"),
        ({"number": 367}, "number"),
        ({"basis": Basis.PERCENT}, "__all__"),
        ({"percent": Decimal("50")}, "__all__"),
        ({"late_rule": LateRule.CHARGED}, "__all__"),
        ({"prices": [(LATE, None, FULL, Decimal("-1.00"))]}, "amount"),
        ({"prices": [(LATE, None, FULL, Decimal("1.005"))]}, "amount"),
        ({"prices": [(LATE, None, FULL, Decimal("NaN"))]}, "amount"),
        ({"prices": [(LATE, None, FULL, Decimal("1e9"))]}, "amount"),
        ({"tiers": [(3, Decimal("50"), None)]}, "number"),
        ({"tiers": [(7, Decimal("50"), Decimal("1.00"))]}, "__all__"),
    ],
)
def test_a_policy_that_does_not_fit_is_refused_and_leaves_nothing(values, field):
    with pytest.raises(ValidationError) as refused:
        make_policy(**values)
    assert field in refused.value.message_dict
    assert ChargePolicy.objects.count() == 0


@pytest.mark.parametrize("role", ["training-administrator", "line-manager", "author"])
def test_only_the_officer_adds_a_policy(role):
    with pytest.raises(PermissionDenied):
        policies.add_policy(actor=make_role_holder(role), now=MOMENT, name="x", from_on=APRIL, number=7)


def test_who_cancels_follows_the_policy_of_the_booking():
    class Booked:
        charge_policy_id = None

    assert policies.who_cancels(Booked) == {"person", "coordinator"}
    Booked.charge_policy_id = make_policy(person_cancels=False).pk
    assert policies.who_cancels(Booked) == {"coordinator"}


def said(agency, slug, from_on, **more):
    payer_class = make_classes()[slug]
    return classes.set_class(
        agency, payer_class, actor=officer(), now=MOMENT, from_on=from_on, reason="by contract", **more
    )


def test_a_class_that_somebody_said_comes_before_what_follows_from_the_agency():
    agency = make_agency(sector="education")
    said(agency, "profit-making", date(2026, 12, 1))
    said(agency, "contributing-partner", APRIL)

    days = [date(2026, 11, 30), date(2026, 12, 1), date(2027, 3, 31), APRIL]
    found = [payers.payer_of(agency, day).payer_class.slug for day in days]
    assert found == ["non-contributing", "profit-making", "profit-making", "contributing-partner"]
    assert payers.payer_of(agency, APRIL).why == "by contract"


def test_two_classes_on_one_day_are_refused_by_service_and_database():
    agency = make_agency()
    row = said(agency, "profit-making", APRIL)
    with pytest.raises(ValidationError, match="already"):
        said(agency, "private-sector", date(2026, 12, 1))

    values = {"agency": agency, "payer_class": row.payer_class, "reason": "x", "by_name": "x"}
    with pytest.raises(DatabaseError, match="share a day|never_two"), transaction.atomic():
        AgencyClass.objects.create(from_on=date(2027, 5, 1), **values)
    AgencyClass.objects.create(from_on=date(2027, 5, 1), **{**values, "agency": make_agency()})


def test_a_class_in_the_past_is_refused():
    with pytest.raises(ValidationError, match="today or later"):
        said(make_agency(), "profit-making", date(2026, 11, 22))


def test_only_the_officer_says_a_class():
    with pytest.raises(PermissionDenied):
        classes.set_class(
            make_agency(),
            make_classes()["profit-making"],
            actor=make_role_holder("training-administrator"),
            now=MOMENT,
            from_on=APRIL,
            reason="x",
        )


@pytest.mark.sqlite
def test_lost_triggers_come_back_after_migrate():
    dated_tables.run(connection, dated_tables.remove("sqlite"))
    dated_tables.restore()
    test_two_policies_on_one_day_are_refused_by_service_and_database()


def test_the_policy_of_a_day_is_told_at_midnight_in_london():
    make_policy()
    new = make_policy(from_on=APRIL)
    assert policy_on(datetime(2027, 4, 1, 0, 0, tzinfo=LONDON).date()) == new


def test_who_does_not_cancel_by_the_policy_is_told_so_and_the_office_may():
    make_policy(person_cancels=False)
    booking = book()

    with pytest.raises(ValidationError, match="somebody else cancels it") as refused:
        ending.cancel(booking, actor=booking.person.user, now=MOMENT)
    assert refused.value.code == "policy"

    ending.cancel(booking, actor=make_role_holder("training-administrator"), now=MOMENT)
    booking.refresh_from_db()
    assert (booking.state, booking.late) == ("cancelled", False)
