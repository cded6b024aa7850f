"""A process that dies while it books leaves all of it or nothing, and pressing again shows the same booking (B12)."""

import json
import uuid
from decimal import Decimal

import pytest

from course_catalogue.models import Booking, LedgerEntry
from kernel.audit.models import AuditEntry
from kernel.outbox.models import OutboxEvent, OutboxMail
from tests.factories import booking as b
from tests.factories import charging as charges
from tests.factories import courses as make
from tests.processes import run_python

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPT = """
import json, uuid
from datetime import datetime
from django.utils import timezone
from course_catalogue.booking import asking, ending, placing, states
from course_catalogue.charging import ledger
from course_catalogue.models import Booking, CourseSession
from course_catalogue.telling import mails
from kernel.organisation.models import StaffProfile

PLACES = {
    "before the charge": (states.ledger, "charge_fee"),
    "before the mail": (placing.mails, "confirmed"),
    "at the end": (asking, "Asked"),
    "before the ledger of the end": (ending.ledger, "on_cancelled"),
    "before the list moves on": (ending.offering, "settle_desk"),
}
values = json.loads(os.environ["VALUES"])
if values["at"] in PLACES:
    setattr(*PLACES[values["at"]], lambda *args, **more: die())
now = timezone.make_aware(datetime.fromisoformat(values["now"]))
if values["act"] == "ask":
    session, person = CourseSession.objects.get(pk=values["session"]), StaffProfile(pk=values["person"])
    asking.ask(session, [person], actor=None, now=now, key=uuid.UUID(values["key"]), agreed=True)
else:
    ending.cancel(Booking.objects.get(pk=values["booking"]), actor=None, now=now)
die()
"""


def killed(**values) -> None:
    code, _out, err = run_python(SCRIPT, VALUES=json.dumps(values))
    assert code == -9, err[-800:]


def left(session) -> dict:
    return {
        "bookings": session.bookings.count(),
        "charges": LedgerEntry.objects.count(),
        "mails": OutboxMail.objects.count(),
        "events": OutboxEvent.objects.count(),
        "trail": AuditEntry.objects.filter(
            action__in=["training.ask", "training.charge", "training.cancel"]
        ).count(),
    }


NOTHING = {"bookings": 0, "charges": 0, "mails": 0, "events": 0, "trail": 0}
ALL = {"bookings": 1, "charges": 1, "mails": 1, "events": 1, "trail": 2}


@pytest.fixture
def asked():
    """A priced session, somebody who pays, and the key of the form."""
    charges.make_classes()
    charges.make_policy(prices=[(charges.PLACE, None, charges.FULL, Decimal("35.00"))])
    return make.make_session(), b.make_staff(agency=b.make_partner()), str(uuid.uuid4())


@pytest.mark.parametrize(
    ("at", "found"),
    [
        ("before the charge", NOTHING),
        ("before the mail", NOTHING),
        ("at the end", NOTHING),
        ("after the commit", ALL),
    ],
)
def test_no_place_without_its_charge_and_confirmation(asked, at, found):
    session, person, key = asked
    form = {"session": session.pk, "person": person.pk, "key": key}

    killed(act="ask", at=at, now="2026-11-23T10:00", **form)
    after = left(session)
    pressed = b.ask(session, person, actor=None, key=uuid.UUID(key), agreed=True)

    assert (after, left(session)) == (found, ALL)
    assert (pressed.again, pressed.bookings) == (found == ALL, [Booking.objects.get()])


@pytest.mark.parametrize(
    ("at", "states"),
    [
        ("before the ledger of the end", ["booked", "waiting"]),
        ("before the list moves on", ["booked", "waiting"]),
        ("after the commit", ["cancelled", "offered"]),
    ],
)
def test_a_place_is_given_back_with_its_charge_and_offered_on_or_kept(at, states):
    charges.make_classes()
    charges.make_policy()
    session, (booking,) = b.full()
    b.wait(session)
    before = left(session)

    killed(act="cancel", at=at, now="2026-12-30T10:00", booking=booking.pk)

    done = states[0] == "cancelled"
    assert b.states(session) == states
    assert LedgerEntry.objects.count() == (1 if done else 0)
    assert (left(session) == before) is not done
