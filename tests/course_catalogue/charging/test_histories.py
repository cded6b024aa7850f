"""Random histories of bookings: whatever happens in whatever order, sum = balance and no line ever changes (B10)."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_catalogue.charging import checking, invoicing, ledger, reports, waiving
from course_catalogue.charging.notice import LONDON
from course_catalogue.enums import BookingState, CancelledBy, Mark
from course_catalogue.models import LedgerEntry
from tests.course_catalogue.charging.test_ledger import AFTER, FREE_UNTIL, LATER, book, correct, end
from tests.factories.charging import ABSENT, FULL, LATE, PLACE, make_policy
from tests.factories.courses import make_session
from tests.factories.organisation import make_agency, make_role_holder
from tests.factories.register import close_all, make_administrator

pytestmark = pytest.mark.django_db
FEE, LATE_CHARGE, ABSENT_CHARGE, EXTRA = (Decimal(f"{n}.00") for n in (100, 30, 70, 11))
ENDS = [
    (FREE_UNTIL, CancelledBy.OWN, Decimal("0.00")),
    (LATER, CancelledBy.OWN, LATE_CHARGE),
    (LATER, CancelledBy.AGENCY, LATE_CHARGE),
    (LATER, CancelledBy.ORGANISER, Decimal("0.00")),
]
MARKS = {
    Mark.ATTENDED: FEE,
    Mark.PART: FEE,
    Mark.DID_NOT_ATTEND: ABSENT_CHARGE,
    Mark.EXCUSED: Decimal("0.00"),
}


class Undo(Exception):
    """Ends an example and takes back what it wrote."""


class History:
    """Two bookings of one session, and beside them what each should owe by a model of four lines."""

    def __init__(self):
        prices = [
            (PLACE, None, FULL, FEE),
            (LATE, None, FULL, LATE_CHARGE),
            (ABSENT, None, FULL, ABSENT_CHARGE),
        ]
        make_policy(prices=prices, extra_costs=True, grounds=[("Any", False)])
        session, agency = make_session(), make_agency(sector="private")
        self.rows = [book(session=session, agency=agency) for _n in range(2)]
        self.admin, self.coordinator = (
            make_administrator(),
            make_role_holder("agency-coordinator", agency=agency),
        )
        self.owes = {row.pk: FEE for row in self.rows}
        self.waived = {row.pk: Decimal("0.00") for row in self.rows}
        self.extra = {row.pk: Decimal("0.00") for row in self.rows}
        self.closed, self.seen = False, []

    def end(self, place, how):
        booking = self.rows[place]
        if booking.state != BookingState.BOOKED or self.closed:
            return
        at, by, amount = ENDS[how % len(ENDS)]
        end(booking, at, by)
        self._now_owes(booking, amount)

    def mark(self, place, how):
        booking, value = self.rows[place], list(MARKS)[how % len(MARKS)]
        booked = [row for row in self.rows if row.state == BookingState.BOOKED]
        if booking not in booked:
            return
        if self.closed:
            self._correct(booking, value)
            return
        close_all(booking.session, actor=self.admin, marks={row.pk: value for row in booked})
        self.closed = True
        for row in booked:
            self._now_owes(row, MARKS[value])

    def _correct(self, booking, value):
        try:
            correct(booking, value, actor=self.admin)
        except ValidationError:  # the same mark again
            return
        self._now_owes(booking, MARKS[value])

    def _now_owes(self, booking, amount):
        """Another kind or amount takes the line and its waiver back; the same one leaves both."""
        if self.owes[booking.pk] != amount:
            self.owes[booking.pk], self.waived[booking.pk] = amount, Decimal("0.00")

    def waive(self, place, how):
        entry = self.rows[place].ledger.filter(kind__in=["fee", "late", "absent"]).last()
        ground = entry.booking and self._ground(entry)
        try:
            asked = waiving.ask(entry, actor=self.coordinator, now=AFTER, ground=ground, words="please")
        except ValidationError:
            return
        waiving.decide(asked, actor=self.admin, now=AFTER, granted=how % 2 == 0, answer="so")
        if how % 2 == 0:
            self.waived[entry.booking_id] = entry.amount

    def _ground(self, entry):
        from course_catalogue.models import WaiverGround  # noqa: PLC0415

        return WaiverGround.objects.get(policy=entry.booking.charge_policy_id)

    def add_extra(self, place, _how):
        booking = self.rows[place]
        try:
            ledger.add_extra_cost(booking, actor=self.admin, now=AFTER, amount=EXTRA, words="interpreter")
        except ValidationError:
            return
        self.extra[booking.pk] += EXTRA

    def bill(self, _place, _how):
        try:
            invoicing.make(
                self.rows[0].agency,
                actor=self.admin,
                now=datetime(2027, 2, 1, 9, 0, tzinfo=LONDON),
                first=AFTER.date() - timedelta(days=90),
                last=AFTER.date(),
            )
        except ValidationError:
            return

    def again(self, place, _how):
        """What a repeated call after a crash does: nothing."""
        ledger.charge_fee(self.rows[place], now=AFTER, actor=None) if not self.closed else ledger.on_register(
            self.rows[place].session, now=AFTER, actor=None
        )

    def check(self):
        lines = list(LedgerEntry.objects.order_by("pk").values())
        assert lines[: len(self.seen)] == self.seen
        self.seen = lines
        for row in self.rows:
            sum_of = sum((line["amount"] for line in lines if line["booking_id"] == row.pk), Decimal("0.00"))
            assert sum_of == self.owes[row.pk] - self.waived[row.pk] + self.extra[row.pk]
        assert reports.balances() == {self.rows[0].agency_id: sum(line["amount"] for line in lines)}
        assert list(checking.problems()) == []


ACTS = ("end", "mark", "waive", "add_extra", "bill", "again")
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 1), st.integers(0, 11)), max_size=9)


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_any_history_adds_up_and_changes_no_line(db, steps):
    try:
        with transaction.atomic():
            history = History()
            history.check()
            for name, place, how in steps:
                getattr(history, name)(place, how)
                history.check()
            raise Undo
    except Undo:
        pass
