"""Acts on bookings that are killed: a place with its charge, its mails and its row of the trail, or nothing (B12)."""

import uuid
from decimal import Decimal

from bench.killing.transactions import OneTransaction
from course_catalogue.booking import answering, ending, swapping
from course_catalogue.models import Booking, ChargePolicy
from tests.factories import booking as b
from tests.factories import charging as charges
from tests.factories import courses as make

PRICES = {charges.PLACE: Decimal("35.00"), charges.LATE: Decimal("50.00")}


class Placed(OneTransaction):
    """``begin`` makes a session in which a place costs something, and somebody whose agency pays."""

    approval = False

    def begin(self):
        charges.make_classes()
        if not ChargePolicy.objects.exists():
            charges.make_policy(
                prices=[(kind, None, charges.FULL, amount) for kind, amount in PRICES.items()]
            )
        self.session = make.make_session(capacity=1, needs_approval=self.approval)
        self.agency, self.key = b.make_partner(), uuid.uuid4()
        self.person = b.make_staff(agency=self.agency)
        self.beside()

    def beside(self):
        """What stands beside it."""

    def book(self):
        return b.ask(self.session, self.person, actor=None, key=self.key, agreed=True).bookings[0]

    def states(self):
        return b.states(self.session)


class Book(Placed):
    """Pressing again with the same form shows the booking that there is."""

    def run(self):
        self.book()

    def is_done(self):
        return self.states() == ["booked"]


class Approve(Placed):
    approval = True

    def beside(self):
        self.booking = self.book()

    def run(self):
        manager = b.manager_of(self.person)
        answering.approve(self.booking, actor=manager.user, now=b.NOW, released=True)

    def is_done(self):
        return self.states() == ["booked"]


class Cancel(Placed):
    """Late, with somebody who waits: the charge, the mails and the offer go together."""

    def beside(self):
        self.booking = self.book()
        b.wait(self.session, b.make_staff(agency=self.agency), agreed=True)

    def run(self):
        ending.cancel(self.booking, actor=self.person.user, now=b.later(days=40))

    def is_done(self):
        return self.states() == ["cancelled", "offered"]


class Move(Placed):
    def beside(self):
        self.booking = self.book()
        self.other = make.make_session(course=self.session.course)

    def run(self):
        swapping.move(self.booking, self.other, actor=None, now=b.NOW, agreed=True)

    def is_done(self):
        return Booking.objects.filter(session=self.other, state="booked").count() == 1
