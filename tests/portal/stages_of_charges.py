"""Forms of the register of a day, and of charges: policies, classes, waivers, invoices."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from course_catalogue.charging import policies, waiving
from course_catalogue.charging.kinds import EntryKind
from course_catalogue.models import (
    AgencyClass,
    Attendance,
    ChargePolicy,
    Invoice,
    InvoiceLine,
    LedgerEntry,
    PlatformUpload,
    Price,
    RegisterClosing,
    Waiver,
    WaiverGround,
)
from course_catalogue.register import checking_in, exporting
from tests.factories.charging import make_classes, make_policy
from tests.factories.courses import make_booking, make_session
from tests.factories.organisation import make_agency, make_person, make_role_holder
from tests.factories.register import close_all, end_day, make_administrator, make_teacher
from tests.portal.staged import Staged, on

# --- the register ----------------------------------------------------------------------------------------


class Register(Staged):
    """Of a day that began a minute ago, for the trainer of that day."""

    writes = {Attendance: ("mark", "minutes_late", "reason", "own"), RegisterClosing: ("day__number",)}

    def begin(self):
        self.now = timezone.now()
        session = make_session(starts=self.now - timedelta(minutes=1))
        self.booking = make_booking(session=session, person=make_person(user=True))
        self.day = session.days.get()
        self.step()

    def mark(self):
        words = {"seen": 0, "mark": "attended", "late": "10", "early": ""}
        return {"person": self.booking.person_id, **words}

    def step(self):
        self.set(make_teacher(self.day), "training_register", self.day.pk, act="mark", **self.mark())


class MarkRest(Register):
    def step(self):
        words = {"mark": "attended", "shown": [self.booking.person_id]}
        self.set(make_teacher(self.day), "training_register", self.day.pk, act="rest", **words)


class CloseRegister(Register):
    def step(self):
        marks = {"person": self.booking.person, "booking": self.booking, "mark": "attended"}
        Attendance.objects.create(day=self.day, by_name="Trainer", at=self.now, **marks)
        end_day(self.day)
        self.set(make_teacher(self.day), "training_register", self.day.pk, act="close")


class WalkIn(Register):
    def step(self):
        number = Attendance.objects.count()
        make_person(email=f"walks{number}@example.org")
        words = {"who": f"walks{number}@example.org", "late": "5"}
        self.set(make_teacher(self.day), "training_walk_in", self.day.pk, **words)


class CheckIn(Register):
    """With the letters of the minute of the press."""

    elsewhere = 200
    writes = {Attendance: ("mark", "own")}

    def step(self):
        self.set(self.booking.person.user, "training_check_in", self.day.pk, code="")

    def press(self, client=None, **more):
        return super().press(client, **{"code": checking_in.letters(self.day, timezone.now()), **more})


class CorrectMark(Register):
    elsewhere = None

    def step(self):
        admin = make_administrator()
        end_day(self.day)
        close_all(self.day.session, actor=admin, now=self.now)
        words = {"mark": "did not attend", "late": "", "early": "", "reason": "Nobody saw them."}
        row = Attendance.objects.get(day=self.day)
        person = self.booking.person_id
        self.set(admin, "training_correct", self.day.pk, person, seen=row.pk, **words)


class ConfirmUpload(CorrectMark):
    writes = {PlatformUpload: ("uploaded_on",)}

    def step(self):
        admin = make_administrator()
        end_day(self.day)
        close_all(self.day.session, actor=admin, now=self.now)
        last = exporting.newest_mark(self.day.session)
        self.set(admin, "training_upload", self.day.pk, last_mark=last, **on("uploaded_on", self.today))


# --- charges ---------------------------------------------------------------------------------------------


class Charge(Staged):
    """Of 50 pounds, for a place that was cancelled late."""

    writes = {LedgerEntry: ("kind", "amount"), Waiver: ("state", "words", "answer")}

    def begin(self):
        self.now = timezone.now()
        person = make_person(user=True, agency=make_agency())
        values = {"state": "cancelled", "ended_at": self.now, "cancelled_by": "own", "late": True}
        session = make_session(starts=self.now + timedelta(days=2))
        self.booking = make_booking(session=session, person=person, **values, **self.terms())
        values = {"kind": EntryKind.LATE, "amount": Decimal("50.00"), "words": "Late", "by_name": "System"}
        self.entry = LedgerEntry.objects.create(
            agency=person.agency, booking=self.booking, at=self.now, **values
        )
        self.step()

    def terms(self):
        return {}

    def step(self):
        words = {"ground": "", "words": "I fell ill.", "link": "https://example.org/note"}
        self.set(self.booking.person.user, "training_ask_waiver", self.entry.pk, **words)


class DecideWaiver(Charge):
    elsewhere = None

    def step(self):
        asks = {"ground": None, "words": "I fell ill."}
        row = waiving.ask(self.entry, actor=self.booking.person.user, now=self.now, **asks)
        self.set(make_administrator(), "training_waiver", row.pk, granted="yes", answer="Of course.")


class ExtraCost(Charge):
    elsewhere = None

    def terms(self):
        policy = ChargePolicy.objects.first()
        policy = policy or make_policy(from_on=self.today, now=self.now, extra_costs=True)
        return {"charge_policy_id": policy.pk}

    def step(self):
        words = {"amount": "30.00", "words": "An interpreter"}
        self.set(make_administrator(), "training_extra_cost", self.booking.pk, **words)


class MakeInvoice(Charge):
    elsewhere = None
    writes = {Invoice: ("kind", "total"), InvoiceLine: ("entry__amount",)}

    def step(self):
        words = {"agency": self.booking.agency_id, "seen": "50.00"}
        days = on("first", self.today) | on("last", self.today)
        self.set(make_administrator(), "training_invoices", **words, **days)


class AddPolicy(Staged):
    """While none is in force or to come: the one of another situation has ended by then."""

    writes = {
        ChargePolicy: ("number", "unit", "extra_words", "withdrawn_on"),
        Price: ("kind", "length", "amount"),
        WaiverGround: ("words", "needs_evidence"),
    }
    elsewhere = None

    def begin(self):
        self.now = timezone.now()
        self.begins = self.today + timedelta(days=30 * (1 + ChargePolicy.objects.count()))
        for row in ChargePolicy.objects.filter(until_on=None, withdrawn_on=None):
            last = self.begins - timedelta(days=1)
            policies.end_policy(row, actor=None, now=self.now, until_on=last)
        self.officer = make_role_holder("ld-officer")
        self.step()

    def step(self):
        words = {"name": "Charges", "reference": "", "number": 7, "unit": "working days", "add": "yes"}
        words |= {"counting": "inclusive", "cut_off": "17:00", "nation": "ENG", "basis": "flat"}
        words |= {"percent": "", "half_minutes": 240, "late_minutes": "", "late_rule": "nothing"}
        words |= {"early_minutes": "", "early_rule": "nothing", "person_cancels": "on", "extra_words": ""}
        words |= {"coordinator_cancels": "on", "extra_costs": "", "late_full": "50.00"}
        words |= {"grounds": "Sudden illness\nBereavement *", "until_on_month": ""}
        self.set(self.officer, "training_charging_new", **words, **on("from_on", self.begins))


class EndPolicy(AddPolicy):
    def policy(self):
        return make_policy(from_on=self.begins, now=self.now)

    def step(self):
        words = {"do": "end", **on("until_on", self.begins)}
        self.set(self.officer, "training_charging_policy", self.policy().pk, **words)

    def facts(self):
        return {"ended": [row.until_on is not None for row in ChargePolicy.objects.order_by("pk")]}


class WithdrawPolicy(EndPolicy):
    def step(self):
        self.set(self.officer, "training_charging_policy", self.policy().pk, do="")

    def facts(self):
        return {"taken back": [row.withdrawn_on is not None for row in ChargePolicy.objects.order_by("pk")]}


class SayClass(Staged):
    writes = {AgencyClass: ("payer_class__slug", "reason")}
    elsewhere = None

    def begin(self):
        agency, row = make_agency(), make_classes()["profit-making"]
        words = {"payer_class": row.pk, "reason": "A company since June."}
        officer = make_role_holder("ld-officer")
        self.set(officer, "training_payer_class", agency.pk, **words, **on("from_on", self.today))


CHARGES = {
    "mark": Register,
    "mark rest": MarkRest,
    "close register": CloseRegister,
    "walk in": WalkIn,
    "check in": CheckIn,
    "correct mark": CorrectMark,
    "confirm upload": ConfirmUpload,
    "ask waiver": Charge,
    "decide waiver": DecideWaiver,
    "extra cost": ExtraCost,
    "make invoice": MakeInvoice,
    "add policy": AddPolicy,
    "end policy": EndPolicy,
    "withdraw policy": WithdrawPolicy,
    "say class": SayClass,
}
