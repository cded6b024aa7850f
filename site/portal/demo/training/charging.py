"""Charging rules, late cancellations, waivers and invoices. Every amount is illustrative; none is anybody's."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from course_catalogue.booking import ending
from course_catalogue.charging import classes, invoicing, policies, waiving
from course_catalogue.charging.kinds import EarlyRule, EntryKind, LateRule, Length, PriceKind
from course_catalogue.enums import BookingState, CancelledBy
from course_catalogue.models import Booking, ChargePolicy, LedgerEntry, PayerClass, Waiver
from course_catalogue.planning import programme
from kernel.organisation.models import Agency
from portal.demo.organisation import person
from portal.demo.steps import login
from portal.demo.training.pool import OFFICER, at_ten

ADMINISTRATOR, COORDINATOR = "Marcus Ilesanmi", "Joel Fairbrother"
GROUNDS = (
    ("Sudden illness, with a note of the line manager", True),
    ("Bereavement", False),
    ("Emergency at work", False),
)
# what for, class, half day, full day, several days; illustrative
LATE = ("25.00", "50.00", "80.00")
PLACES = {
    "private-sector": ("60.00", "120.00", "200.00"),
    "non-contributing": ("40.00", "80.00", "140.00"),
    "large-charity": ("30.00", "60.00", "100.00"),
    "profit-making": ("60.00", "120.00", "200.00"),
}
LENGTHS = (Length.HALF, Length.FULL, Length.SEVERAL)
RULES = {
    "late_minutes": 30,
    "late_rule": LateRule.NOT_ATTENDED,
    "early_minutes": 30,
    "early_rule": EarlyRule.NO_CERTIFICATE,
    "extra_costs": True,
    "extra_words": "An interpreter who had been ordered.",
    "reference": "CH-004",
}


def build(today: date) -> bool:
    """Last year's policy and this year's, and one class that a person said."""
    if ChargePolicy.objects.exists():
        return False
    year = programme.year_of(today)
    _policy(year - 1, number=5, factor=Decimal("0.9"))
    _policy(year, number=7, factor=Decimal(1))
    harbour = Agency.objects.filter(kind="partner").order_by("-name").first()
    profit = PayerClass.objects.filter(slug="profit-making").first()
    if harbour and profit:
        now = at_ten(today)
        reason = "Runs its training as a company since last year (illustrative)."
        classes.set_class(harbour, profit, actor=login(OFFICER), now=now, from_on=today, reason=reason)
    return True


def _policy(year: int, *, number: int, factor: Decimal) -> None:
    first = programme.begins(year)
    known = {row.slug: row for row in PayerClass.objects.all()}
    prices = [(PriceKind.LATE, None, *pair) for pair in _priced(LATE, factor)]
    for slug, amounts in PLACES.items():
        if slug in known:
            prices += [(PriceKind.PLACE, known[slug], *pair) for pair in _priced(amounts, factor)]
    policies.add_policy(
        actor=login(OFFICER),
        now=at_ten(first - timedelta(days=30)),
        name=f"Charges {year}/{(year + 1) % 100:02d}, illustrative amounts",
        from_on=first,
        number=number,
        prices=prices,
        grounds=GROUNDS,
        **RULES,
    )


def _priced(amounts, factor):
    return [
        (length, (Decimal(amount) * factor).quantize(Decimal("0.01")))
        for length, amount in zip(LENGTHS, amounts, strict=True)
    ]


def cancel_late(today: date) -> bool:
    """On four dates that are over, somebody cancelled after the last free moment."""
    if LedgerEntry.objects.filter(kind=EntryKind.LATE).exists():
        return False
    rows = Booking.objects.filter(
        state=BookingState.BOOKED,
        session__last_at__lt=at_ten(today),
        session__closings__isnull=True,
        late_charge__gt=0,
    )
    done: set[int] = set()
    for booking in rows.select_related("session", "person__user").order_by("-session__first_at", "pk"):
        if booking.session_id not in done and len(done) < 4:
            try:
                _cancel(booking)
            except ValidationError:
                continue
            done.add(booking.session_id)
    return bool(done)


def _cancel(booking) -> None:
    now = booking.session.first_at - timedelta(days=2)
    ending.cancel(
        booking, actor=login(ADMINISTRATOR), now=now, by=CancelledBy.AGENCY, reason="Ward short of staff"
    )


def settle(today: date) -> bool:
    """Waivers asked, granted and refused; last month's invoices. After the registers are closed."""
    if Waiver.objects.exists() or not LedgerEntry.objects.exists():
        return False
    now = min(at_ten(today), timezone.now())
    _waivers(now)
    last = today.replace(day=1) - timedelta(days=1)
    for batch in invoicing.batches(last.replace(day=1), last):
        if batch.kind:
            first = last.replace(day=1)
            invoicing.make(batch.agency, actor=login(ADMINISTRATOR), now=now, first=first, last=last)
    return True


def _waivers(now: datetime) -> None:
    """The newest charge whose person can sign in is waived; of a coordinator's two newest one waits, one is refused."""
    rows = LedgerEntry.objects.filter(kind__in=(EntryKind.LATE, EntryKind.ABSENT), answers__isnull=True)
    rows = rows.select_related("agency", "booking__person__user").order_by("-at", "pk")
    for entry in rows.filter(booking__person__user__isnull=False)[:1]:
        _decide(_ask(entry, now, entry.booking.person.user), now, True, "The note says so.")
    left = rows.filter(agency=person(COORDINATOR).agency, waivers__isnull=True)
    asked = [_ask(entry, now, login(COORDINATOR)) for entry in left[:2]]
    for waiver in asked[1:]:
        _decide(waiver, now, False, "The ground is not one of the policy's.")


def _decide(waiver, now: datetime, granted: bool, words: str) -> None:
    waiving.decide(waiver, actor=_decider(waiver), now=now, granted=granted, answer=words)


def _ask(entry, now: datetime, actor) -> Waiver:
    ground = ChargePolicy.objects.get(pk=entry.booking.charge_policy_id).grounds.first()
    note = SimpleUploadedFile("note.txt", b"Was taken ill on the morning of the course. (Invented.)\n")
    return waiving.ask(
        entry,
        actor=actor,
        now=now,
        ground=ground,
        words="Taken ill on the morning of the course; the ward was told by telephone.",
        file=note,
    )


def _decider(waiver):
    found = [login(ADMINISTRATOR), login(OFFICER)]
    return next(
        user for user in found if waiving.may_decide(user, waiver, timezone.localdate(waiver.asked_at))
    )
