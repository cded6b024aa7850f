from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from django.utils.translation import override

from course_catalogue.charging import policies
from course_catalogue.charging.kinds import Basis, Counting, Unit
from course_catalogue.charging.notice import LONDON
from course_catalogue.charging.terms import Terms, kept, terms_for, terms_for_all
from kernel.lifecycle.models import ClosedDay
from tests.factories.charging import ABSENT, FULL, HALF, LATE, PLACE, SEVERAL, make_classes, make_policy
from tests.factories.courses import MOMENT, make_booking, make_session
from tests.factories.organisation import make_agency, make_host

pytestmark = pytest.mark.django_db
FIVE_ON_23 = datetime(2026, 12, 23, 17, 0, tzinfo=LONDON)
COUNTED = (
    "Back from Wed 6 January 2027: 5 and 4 January 2027; 31, 30, 29, 24 and 23 December 2026. "
    "Left out: weekends, 25 and 28 December 2026; 1 January 2027. The day you tell us counts."
)


def pounds(words: str) -> Decimal:
    return Decimal(words)


def partner():
    return make_agency(contributes_to_board=True)


def private():
    return make_agency(sector="private")


def test_terms_without_a_policy_say_that_nothing_is_set():
    terms = terms_for(make_session(), make_host(), now=MOMENT)
    assert terms == Terms(words="Your organisation has not set a charge.")


def test_terms_of_a_contributing_partner():
    policy = make_policy()

    terms = terms_for(make_session(), partner(), now=MOMENT)

    assert terms == Terms(pounds("0.00"), pounds("50.00"), FIVE_ON_23, COUNTED, policy.pk)


def test_terms_say_whole_days_where_they_are_clear():
    make_policy(counting=Counting.CLEAR)

    terms = terms_for(make_session(), partner(), now=MOMENT)

    assert terms.free_until == datetime(2026, 12, 22, 17, 0, tzinfo=LONDON)
    assert terms.words.endswith("The day you tell us does not count: whole days lie between.")
    assert "24, 23 and 22 December 2026" in terms.words


def test_terms_in_hours():
    make_policy(number=24, unit=Unit.HOURS)

    terms = terms_for(make_session(), partner(), now=MOMENT)

    assert terms.free_until == datetime(2027, 1, 5, 9, 30, tzinfo=LONDON)
    assert terms.words == "24 hours back from the start, hour by hour."


def test_terms_count_from_the_first_day_of_several():
    make_policy()
    assert terms_for(make_session(days=3), partner(), now=MOMENT).free_until == FIVE_ON_23


def test_terms_leave_out_a_day_that_is_closed_here():
    make_policy(cut_off=time(12, 0))
    ClosedDay.objects.create(day=date(2026, 12, 30), reason="Stocktaking")
    ClosedDay.objects.create(day=date(2026, 12, 29), nation="SCT", reason="Elsewhere")

    terms = terms_for(make_session(), partner(), now=MOMENT)

    assert terms.free_until == datetime(2026, 12, 22, 12, 0, tzinfo=LONDON)
    assert "25, 28 and 30 December 2026" in terms.words


CHARGED = [
    ({"sector": "private"}, "120.00"),
    ({"sector": "education"}, "80.00"),
    ({"sector": "voluntary", "turnover_band": "large"}, "60.00"),
    ({"sector": "voluntary", "turnover_band": "small"}, "0.00"),
    ({"sector": "voluntary"}, "80.00"),
    ({"sector": "private", "contributes_to_board": True}, "0.00"),
    ({"sector": "police", "contributes_to_board": True}, "0.00"),
]


@pytest.mark.parametrize(("agency", "fee"), CHARGED)
def test_a_charged_class_sees_its_price_and_a_partner_sees_free(agency, fee):
    known = make_classes()
    amounts = {"private-sector": "120.00", "non-contributing": "80.00", "large-charity": "60.00"}
    make_policy(prices=[(PLACE, known[slug], FULL, pounds(amount)) for slug, amount in amounts.items()])

    assert terms_for(make_session(), make_agency(**agency), now=MOMENT).fee == pounds(fee)


def test_no_amount_is_made_up_where_none_is_set():
    make_policy(prices=[])

    terms = terms_for(make_session(), private(), now=MOMENT)

    assert (terms.fee, terms.late_charge, terms.steps) == (None, None, ())
    assert terms.words == COUNTED + " Your organisation has not set a charge."


def test_a_fee_change_from_1_april_does_not_alter_what_was_booked_before():
    old = make_policy(now=MOMENT)
    new = make_policy(from_on=date(2027, 4, 1), prices=[(LATE, None, FULL, pounds("70.00"))])
    session = make_session(starts=timezone.make_aware(datetime(2027, 5, 12, 9, 30)))

    booked = make_booking(session=session, **terms_for(session, make_host(), now=MOMENT).as_fields())
    later = datetime(2027, 4, 1, 0, 0, tzinfo=LONDON)
    before = datetime(2027, 3, 31, 23, 59, tzinfo=LONDON)

    assert terms_for(session, make_host(), now=before).policy == old.pk
    assert terms_for(session, make_host(), now=later).late_charge == pounds("70.00")
    assert terms_for(session, make_host(), now=later).policy == new.pk
    booked.refresh_from_db()
    assert (kept(booked).policy, kept(booked).late_charge) == (old.pk, pounds("50.00"))


LENGTHS = [(1, 4, "35.00"), (1, 7, "50.00"), (2, 7, "50.00")]


@pytest.mark.parametrize(("days", "hours", "late"), LENGTHS)
def test_a_flat_charge_is_for_a_half_or_a_full_day(days, hours, late):
    make_policy(prices=[(LATE, None, HALF, pounds("35.00")), (LATE, None, FULL, pounds("50.00"))])
    assert terms_for(make_session(days=days, hours=hours), partner(), now=MOMENT).late_charge == pounds(late)


def test_half_a_day_ends_at_the_minute_of_the_policy():
    prices = [(LATE, None, HALF, pounds("35.00")), (LATE, None, FULL, pounds("50.00"))]
    make_policy(prices=prices, half_minutes=239)
    assert terms_for(make_session(hours=4), partner(), now=MOMENT).late_charge == pounds("50.00")


def test_a_charge_per_day_counts_days():
    make_policy(basis=Basis.PER_DAY)
    assert terms_for(make_session(days=2), partner(), now=MOMENT).late_charge == pounds("100.00")


@pytest.mark.parametrize(
    ("agency", "late"), [({"sector": "private"}, "99.99"), ({"contributes_to_board": True}, "70.00")]
)
def test_the_full_price_or_what_is_written_for_a_class(agency, late):
    known = make_classes()
    prices = [
        (PLACE, known["private-sector"], FULL, pounds("99.99")),
        (LATE, known["contributing-partner"], FULL, pounds("70.00")),
    ]
    make_policy(basis=Basis.PRICE, prices=prices)
    assert terms_for(make_session(), make_agency(**agency), now=MOMENT).late_charge == pounds(late)


def test_a_part_of_the_price_is_rounded_half_up_to_the_penny():
    make_policy(basis=Basis.PERCENT, percent=pounds("12.50"), prices=[(PLACE, None, FULL, pounds("99.99"))])
    terms = terms_for(make_session(), private(), now=MOMENT)
    assert (terms.fee, terms.late_charge) == (pounds("99.99"), pounds("12.50"))


def test_a_price_for_several_days_comes_before_so_many_full_days():
    make_policy(prices=[(PLACE, None, FULL, pounds("50.00")), (PLACE, None, SEVERAL, pounds("80.00"))])
    assert terms_for(make_session(days=2), private(), now=MOMENT).fee == pounds("80.00")


def test_not_coming_may_cost_something_else_than_cancelling_late():
    make_policy(prices=[(LATE, None, FULL, pounds("25.00")), (ABSENT, None, FULL, pounds("50.00"))])

    terms = terms_for(make_session(), partner(), now=MOMENT)

    assert (terms.late_charge, terms.steps) == (pounds("50.00"), ((FIVE_ON_23, pounds("25.00")),))
    assert terms.lines == [
        "Later than 5pm on Wednesday 23 December 2026: £25.00.",
        "Not coming: £50.00.",
    ]


def test_steps_rise_as_the_day_comes_nearer():
    tiers = [(14, pounds("25"), None), (7, pounds("50"), None), (2, None, pounds("80.00"))]
    make_policy(number=14, unit=Unit.CALENDAR_DAYS, tiers=tiers)
    terms = terms_for(make_session(), partner(), now=MOMENT)

    def told(day, hour=17, minute=0):
        return terms.if_told(datetime(2026, 12, day, hour, minute, tzinfo=LONDON))

    assert [str(amount) for _until, amount in terms.steps] == ["12.50", "25.00", "80.00"]
    assert (told(23), told(23, 17, 1)) == (pounds("0"), pounds("12.50"))
    assert (told(30), told(30, 17, 1)) == (pounds("12.50"), pounds("25.00"))
    assert terms.if_told(datetime(2027, 1, 4, 17, 1, tzinfo=LONDON)) == pounds("80.00")
    assert terms.late_charge == pounds("80.00")


def test_terms_come_back_from_the_booking_as_they_were():
    make_policy(prices=[(LATE, None, FULL, pounds("25.00")), (ABSENT, None, FULL, pounds("50.00"))])
    session = make_session()
    terms = terms_for(session, make_host(), now=MOMENT)

    booking = make_booking(session=session, **terms.as_fields())
    booking.refresh_from_db()

    assert kept(booking) == terms


def test_terms_of_many_agencies_take_the_same_number_of_queries(django_assert_num_queries):
    make_policy()
    session, agencies = make_session(), [partner(), private(), make_host()]
    with django_assert_num_queries(7):
        terms_for_all(session, agencies[:1], now=MOMENT)
    with django_assert_num_queries(7):
        assert set(terms_for_all(session, agencies, now=MOMENT)) == {agency.pk for agency in agencies}


def test_amounts_of_a_policy_are_read_once_and_its_end_counts_at_once(
    kept_as_served, django_assert_num_queries
):
    policy, agency, session = make_policy(), partner(), make_session()
    with django_assert_num_queries(7):
        before = terms_for(session, agency, now=MOMENT)
    with django_assert_num_queries(5):
        again = terms_for(session, agency, now=MOMENT)
    policies.end_policy(policy, actor=None, now=MOMENT, until_on=date(2026, 11, 23))

    assert before == again == terms_for(session, agency, now=MOMENT)
    assert terms_for(session, agency, now=MOMENT + timedelta(days=1)).policy is None


def test_the_counting_is_said_in_the_language_of_whoever_asks():
    make_policy()
    session, agency = make_session(), partner()
    with override("de"):
        german = terms_for(session, agency, now=MOMENT).words

    assert ("6 Januar 2027" in german, terms_for(session, agency, now=MOMENT).words) == (True, COUNTED)
