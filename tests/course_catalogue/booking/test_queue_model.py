"""Random histories against a queue that nobody keeps: who is in follows from who came first and is still there.

In the model a person's place is the number of those who came before and have not ended; below the capacity they are in.
Nobody is ever promoted there, so that it cannot oversell or pass anybody. The engine, with its holds, offers and
deadlines, has to say the same after every step.
"""

from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_catalogue.booking import answering, ending, offering
from course_catalogue.enums import LIVE, TAKES_A_PLACE
from course_catalogue.models import Booking
from tests.factories import booking as b
from tests.factories import courses as make
from tests.factories.organisation import make_person

pytestmark = pytest.mark.django_db
PEOPLE = 8
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ask", "ask", "ask", "end", "end", "answer", "hours", "busy", "free"]),
        st.integers(0, PEOPLE - 1),
    ),
    min_size=5,
    max_size=30,
)
TRIALS = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


class History:
    """One session, some people, a clock, and the acts of a history; what cannot be done now is not done."""

    def __init__(self, capacity: int, needs_approval: bool, auto_accept: bool = False):
        self.session = make.make_session(capacity=capacity, needs_approval=needs_approval)
        self.people = [make_person() for _number in range(PEOPLE)]
        self.other = make.make_session()
        self.auto_accept, self.now, self.moment = auto_accept, b.NOW, count(1)

    def live(self, person):
        return self.session.bookings.filter(person=person, state__in=LIVE).first()

    def step(self, act: str, number: int) -> None:
        self.now += timedelta(seconds=next(self.moment))
        person = self.people[number]
        getattr(self, f"_{act}")(person, self.live(person), number)
        offering.settle(self.session, now=self.now)

    def _ask(self, person, booking, number):
        if booking is None and not self.is_busy(person):
            b.ask(
                self.session,
                person,
                actor=None,
                now=self.now,
                join_list=True,
                auto_accept=self.auto_accept,
            )

    def _end(self, person, booking, number):
        if booking is not None:
            act = ending.leave if booking.state == "waiting" else ending.cancel
            act(booking, actor=None, now=self.now)

    def _answer(self, person, booking, number):
        if booking is not None and booking.state == "offered":
            act = answering.let_go if number % 3 == 0 else answering.take
            act(booking, actor=None, now=self.now)

    def _hours(self, person, booking, number):
        self.now += timedelta(hours=1 + 12 * number)

    def _busy(self, person, booking, number):
        """Somebody who waits is booked elsewhere at that time."""

    def _free(self, person, booking, number):
        """And is free again."""

    def is_busy(self, person) -> bool:
        return self.other.bookings.filter(person=person, state="booked").exists()


class BusyHistory(History):
    def _busy(self, person, booking, number):
        if booking is not None and booking.state == "waiting" and not self.is_busy(person):
            make.make_booking(session=self.other, person=person)

    def _free(self, person, booking, number):
        self.other.bookings.filter(person=person, state="booked").update(state="cancelled", ended_at=self.now)


def in_by_the_model(session) -> list[int]:
    """Those with fewer than ``capacity`` before them who have not ended."""
    there = list(
        session.bookings.filter(state__in=LIVE).order_by("joined_at", "pk").values_list("pk", flat=True)
    )
    return there[: session.capacity]


def in_by_the_engine(session) -> list[int]:
    rows = session.bookings.filter(state__in=TAKES_A_PLACE).order_by("joined_at", "pk")
    return list(rows.values_list("pk", flat=True))


@TRIALS
@given(capacity=st.integers(0, 4), approval=st.booleans(), auto=st.booleans(), steps=STEPS)
def test_the_engine_says_what_the_derived_queue_says(capacity, approval, auto, steps):
    history = History(capacity, approval, auto)
    for number, (act, person) in enumerate(steps):
        history.step(act, person)
        assert in_by_the_engine(history.session) == in_by_the_model(history.session), steps[: number + 1]


@TRIALS
@given(capacity=st.integers(1, 3), steps=STEPS)
def test_nobody_who_could_is_passed_by_somebody_later(capacity, steps):
    """Some who wait are booked elsewhere for a while: they alone are passed, and each has a reason on record."""
    history = BusyHistory(capacity, needs_approval=False)
    session = history.session
    before: set[int] = set()
    for number, (act, person) in enumerate(steps):
        history.step(act, person)
        so_far = steps[: number + 1]
        taking = session.bookings.filter(state__in=TAKES_A_PLACE)
        waiting = list(session.bookings.filter(state="waiting").order_by("joined_at", "pk"))
        could = [row for row in waiting if not history.is_busy(row.person)]
        assert taking.count() <= capacity, so_far
        assert not could or taking.count() == capacity, so_far
        for row in taking.exclude(pk__in=before):
            earlier = [one for one in waiting if (one.joined_at, one.pk) < (row.joined_at, row.pk)]
            assert all(history.is_busy(one.person) and one.skips.exists() for one in earlier), so_far
        before = set(taking.values_list("pk", flat=True))


def test_the_model_notices_an_engine_that_passes_somebody():
    """The control: a later one has the place."""
    history = History(1, needs_approval=False)
    for person in range(3):
        history.step("ask", person)
    first, second, third = Booking.objects.filter(session=history.session).order_by("pk")
    Booking.objects.filter(pk=first.pk).update(state="cancelled", ended_at=b.NOW)
    Booking.objects.filter(pk=third.pk).update(state="offered", answer_by=b.later(days=1))

    assert in_by_the_model(history.session) == [second.pk]
    assert in_by_the_engine(history.session) == [third.pk]
