from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from course_catalogue.charging import checking, ledger
from course_catalogue.models import LedgerEntry
from kernel.audit.models import AuditEntry
from tests.course_catalogue.charging.test_ledger import (
    AFTER,
    FIFTY,
    FREE_UNTIL,
    LATER,
    balance,
    book,
    end,
    fits,
    lines,
)
from tests.factories.charging import make_policy
from tests.factories.organisation import make_agency, make_role_holder
from tests.factories.register import make_administrator

pytestmark = pytest.mark.django_db


def interpreter(booking, amount="85.50", actor=None):
    amount = Decimal(amount)
    return ledger.add_extra_cost(booking, actor=actor, now=AFTER, amount=amount, words="interpreter")


def test_an_extra_cost_follows_a_late_cancellation_and_can_be_taken_back():
    make_policy(extra_costs=True, extra_words="An interpreter")
    booking, admin = book(), make_administrator()
    end(booking, LATER)

    entry = interpreter(booking, actor=admin)
    assert lines(booking) == [("late", "50.00"), ("extra", "85.50")]
    assert entry.words.endswith("6 January 2027: interpreter")

    ledger.take_back_extra_cost(entry, actor=admin, now=AFTER, why="not ordered")
    assert balance(booking) == FIFTY
    with pytest.raises(ValidationError, match="already"):
        ledger.take_back_extra_cost(entry, actor=admin, now=AFTER, why="again")
    assert fits()


def test_the_same_extra_cost_stands_once_and_may_come_again_when_it_was_taken_back():
    make_policy(extra_costs=True)
    booking, admin = book(), make_administrator()
    end(booking, LATER)
    entry = interpreter(booking, actor=admin)

    with pytest.raises(ValidationError) as refusal:
        interpreter(booking, actor=admin)
    assert list(refusal.value.message_dict) == ["words"]
    interpreter(booking, "12.00", actor=admin)
    ledger.take_back_extra_cost(entry, actor=admin, now=AFTER, why="not ordered")
    interpreter(booking, actor=admin)

    assert balance(booking) == FIFTY + Decimal("12.00") + Decimal("85.50")


@pytest.mark.parametrize("amount", ["0", "-1.00", "NaN", "Infinity", "1.005", "1e9"])
def test_an_extra_cost_that_is_no_amount_is_refused(amount):
    make_policy(extra_costs=True)
    booking = book()
    end(booking, LATER)
    with pytest.raises(ValidationError, match="above 0"):
        interpreter(booking, amount, actor=make_administrator())
    assert lines(booking) == [("late", "50.00")]


def test_no_extra_cost_where_the_policy_passes_none_on_or_nothing_went_wrong():
    make_policy()
    admin, booking = make_administrator(), book()
    with pytest.raises(ValidationError, match="passes no extra costs"):
        interpreter(booking, actor=admin)


def test_no_extra_cost_for_a_place_that_was_taken():
    make_policy(extra_costs=True)
    with pytest.raises(ValidationError, match="late cancellation"):
        interpreter(book(), actor=make_administrator())


def test_an_extra_cost_is_for_administrators():
    make_policy(extra_costs=True)
    booking = book()
    end(booking, LATER)
    coordinator = make_role_holder("agency-coordinator", agency=booking.agency)
    with pytest.raises(PermissionDenied):
        interpreter(booking, actor=coordinator)
    assert AuditEntry.objects.filter(action="training.add_extra_cost", refused=True).count() == 1


def test_the_check_names_a_charge_that_is_missing_and_one_that_is_too_much():
    make_policy()
    late, kept = book(), book()
    end(late, FREE_UNTIL)
    type(late).objects.filter(pk=late.pk).update(late=True, ended_at=LATER)
    LedgerEntry.objects.create(
        agency=kept.agency, booking=kept, kind="absent", amount=FIFTY, words="by hand", at=AFTER, by_name="x"
    )

    assert list(checking.problems()) == [
        f"booking {late.pk} (cancelled): owes late 50.00, the ledger has nothing",
        f"booking {kept.pk} (booked): owes nothing, the ledger has absent 50.00",
    ]


def test_the_check_names_a_line_of_another_agency_and_a_wrong_reversal():
    make_policy()
    booking, other = book(), make_agency()
    end(booking, LATER)
    row = booking.ledger.get()
    LedgerEntry.objects.create(
        agency=other,
        booking=booking,
        kind="reversal",
        amount=Decimal("-49.99"),
        words="by hand",
        reverses=row,
        at=AFTER,
        by_name="x",
    )

    found = list(checking.problems())

    assert len(found) == 4
    assert "another booking or agency" in found[0]
    assert "does not take back 50.00" in found[1]
    assert "owes late 50.00, the ledger has nothing" in found[2]
    assert "names another agency" in found[3]
