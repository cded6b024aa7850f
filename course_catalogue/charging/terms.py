"""What a place costs and until when it can be given back for nothing: worked out once, shown, agreed and kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import OuterRef, Subquery, Value, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from course_catalogue.charging import amounts, notice, payers, words
from course_catalogue.models import ChargePolicy
from kernel.content import kept as keeping
from kernel.lifecycle.closed_days import closed_between
from kernel.lifecycle.enums import Nation
from kernel.organisation.models import Agency

Steps = tuple[tuple[datetime, Decimal], ...]
OF_THE_RULE = (
    "name from_on until_on withdrawn_on added_at number unit counting cut_off nation basis half_minutes percent"
).split()


@dataclass(frozen=True)
class Terms:
    """What is shown before a booking is confirmed and kept with it.

    ``fee``: for the place itself; ``late_charge``: for cancelling after ``free_until`` or not coming. None where no
    charge is set, which is not 0. ``words``: how the days were counted, in full; ``policy``: the key of the rule.
    ``steps``: where cancelling late costs something else than not coming: (told later than, amount), earliest
    first; else empty. ``named``: the rule by its name, which stands beside every amount and decides nothing.
    """

    fee: Decimal | None = None
    late_charge: Decimal | None = None
    free_until: datetime | None = None
    words: str = ""
    policy: int | None = None
    steps: Steps = ()
    named: str = field(default="", compare=False)

    def as_fields(self) -> dict:
        """The values under the names of the booking's fields."""
        return {
            "fee": self.fee,
            "late_charge": self.late_charge,
            "free_until": self.free_until,
            "terms_words": self.words,
            "charge_policy_id": self.policy,
            "charge_steps": [[until.isoformat(), str(amount)] for until, amount in self.steps],
        }

    @property
    def lines(self) -> list[str]:
        """The steps of the charge in words; empty where there is one amount for everything."""
        return words.steps(self.steps, self.late_charge) if self.steps else []

    def cancelling(self, agency, now: datetime, moment=None) -> str:
        """What it costs ``agency`` not to come, as it stands at ``now``; ``moment`` writes the last free one."""
        absent = words.charged(agency, self.late_charge, self.named) if self.late_charge else ""
        told_now = words.charged(agency, self.if_told(now), self.named) if self.steps else ""
        until, late = self.free_until, notice.is_late(self.free_until, now)
        said = (moment or words.moment)(until) if until else ""
        return words.cancelling(said, absent, late=late, told_now=told_now)

    def if_told(self, now: datetime) -> Decimal:
        """What cancelling at ``now`` costs: 0 in time, or where no charge is set."""
        if not notice.is_late(self.free_until, now):
            return Decimal(0)
        if self.steps:
            return notice.charge_at(self.steps, now) or Decimal(0)
        return self.late_charge or Decimal(0)


def kept(booking) -> Terms:
    """The terms as the booking keeps them."""
    steps = tuple((parse_datetime(until), Decimal(amount)) for until, amount in booking.charge_steps)
    return Terms(
        fee=booking.fee,
        late_charge=booking.late_charge,
        free_until=booking.free_until,
        words=booking.terms_words,
        policy=booking.charge_policy_id,
        steps=steps,
    )


def kept_named(booking) -> Terms:
    """The same with the name of the rule; one query where there is one."""
    return replace(kept(booking), named=name_of(booking) if booking.charge_policy_id else "")


def name_of(booking) -> str:
    """The name of the rule that the booking keeps; one query."""
    return (
        ChargePolicy.objects.filter(pk=booking.charge_policy_id).values_list("name", flat=True).first() or ""
    )


def named(booking: str = ""):
    """The same as an expression, for lists; ``booking``: the way to it from the rows of the list, with "__"."""
    rule = ChargePolicy.objects.filter(pk=OuterRef(f"{booking}charge_policy_id"))
    return Coalesce(Subquery(rule.values("name")[:1]), Value(""))


def policy_on(day: date) -> ChargePolicy | None:
    """The policy in force that day; there is one at most."""
    return ChargePolicy.objects.on(day).prefetch_related("prices", "tiers").first()


def terms_for(session, agency, *, now: datetime) -> Terms:
    """The terms for a person of ``agency`` who books ``session`` now, by the policy in force today (S4-16).

    Without a policy nothing is charged, and the words say so.
    """
    return terms_for_all(session, [agency], now=now)[agency.pk]


def terms_for_all(session, agencies: Iterable[Agency], *, now: datetime) -> dict[int, Terms]:
    """The terms of several agencies for one session by their ids; the same number of queries for any number."""
    today = timezone.localdate(now)
    policy = _rule_on(today)
    if policy is None:
        return {agency.pk: Terms(words=words.no_charge_set()) for agency in agencies}
    days = list(session.days.all())
    common = common_of(policy, session.first_at)
    return {pk: _terms(policy, days, payer, common) for pk, payer in payers.payers(agencies, today).items()}


def _rule_on(day: date) -> ChargePolicy | None:
    """As ``policy_on``, for what never changes of it: all but its end. With its amounts it is kept in this process."""
    begun = ChargePolicy.objects.filter(from_on__lte=day).order_by().only(*OF_THE_RULE)
    rule = next((row for row in begun if row.covers(day)), None)
    return rule and keeping.kept(("charge policy", rule.pk, rule.added_at), lambda: _with_amounts(rule))


def _with_amounts(policy: ChargePolicy) -> ChargePolicy:
    prefetch_related_objects([policy], "prices", "tiers")
    return policy


def amounts_for(sessions: Iterable, agency: Agency, *, now: datetime) -> dict[int, Terms]:
    """Fee and charge of many sessions for one agency, by session: as ``terms_for`` has them, without any moment.

    The sessions with their days at hand; five queries for any number of them.
    """
    today = timezone.localdate(now)
    policy = policy_on(today)
    if policy is None:
        return {session.pk: Terms(words=words.no_charge_set()) for session in sessions}
    payer = payers.payer_of(agency, today)
    timeless = Common(None, "", tuple((None, tier) for tier in policy.tiers.all()))
    found = {row.pk: _terms(policy, list(row.days.all()), payer, timeless) for row in sessions}
    return {pk: replace(row, steps=()) for pk, row in found.items()}


@dataclass(frozen=True)
class Common:
    """What is the same for every agency: the last free moment, its words, and one moment for each tier."""

    moment: datetime | None
    words: str
    tiers: tuple


def common_of(policy, starts_at: datetime) -> Common:
    """The moments of ``policy`` for a session that begins then; ``policy`` with its tiers at hand."""
    closed = closures(policy, starts_at)
    found = notice.counted_back(starts_at, policy.rule, closed)
    tiers = tuple(
        (notice.last_free_moment(starts_at, replace(policy.rule, number=tier.number), closed), tier)
        for tier in policy.tiers.all()
    )
    return Common(found.moment, words.how_counted(found), tiers)


def closures(policy, starts_at: datetime) -> frozenset[date]:
    """The days closed here that can matter to a session beginning then."""
    return closed_between(*notice.reach(timezone.localdate(starts_at)), Nation(policy.nation))


def _terms(policy, days, payer, common: Common) -> Terms:
    table = amounts.Table(policy, payer, days)
    absent, late = table.absent(), table.late()
    steps: Steps = ()
    if common.tiers:
        steps = tuple(
            (until, amounts.of_tier(tier, late)) for until, tier in common.tiers if _set(tier, late)
        )
        absent = absent if table.absent_set() else (steps[-1][1] if steps else absent)
    elif late is not None and absent != late:
        steps = ((common.moment, late),)
    fee = table.fee()
    said = common.words if fee or absent is not None else f"{common.words} {words.no_charge_set()}"
    return Terms(fee, absent, common.moment, said, policy.pk, steps, policy.name)


def _set(tier, late) -> bool:
    """A percentage of nothing is nothing that could be charged."""
    return tier.amount is not None or late is not None
