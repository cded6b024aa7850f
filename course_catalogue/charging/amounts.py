"""Which amount of a policy holds for one class and one session (S4-14, B8). Pure over rows that were read.

An amount of the class itself comes before the one for everybody. None: no such amount is set, which is not 0.
"""

from decimal import ROUND_HALF_UP, Decimal

from course_catalogue.charging.kinds import Basis, Length, PriceKind

PENNY = Decimal("0.01")
NOTHING = Decimal("0.00")


def rounded(amount: Decimal) -> Decimal:
    """To the penny, half up."""
    return amount.quantize(PENNY, rounding=ROUND_HALF_UP)


def minutes_of(days) -> int:
    return sum(int((day.ends_at - day.starts_at).total_seconds()) // 60 for day in days)


class Table:
    """The amounts of ``policy`` for one payer and the days of one session."""

    def __init__(self, policy, payer, days):
        self.policy, self.payer, self.days = policy, payer, max(len(days), 1)
        self.minutes = minutes_of(days)
        self.rows = {(row.kind, row.payer_class_id, row.length): row.amount for row in policy.prices.all()}
        self.own = payer.payer_class.pk if payer.payer_class else None

    def fee(self) -> Decimal | None:
        """What the place costs: 0 for a class that does not pay."""
        if not self.payer.pays:
            return NOTHING
        return self.price()

    def price(self) -> Decimal | None:
        """The full price of a place, also for those who do not pay it: several days by their own amount, or each."""
        return self._amount(PriceKind.PLACE, each_day=True)

    def late(self) -> Decimal | None:
        """What cancelling late costs."""
        return self._charge(PriceKind.LATE)

    def absent(self) -> Decimal | None:
        """What not coming costs: as cancelling late, where nothing else is set."""
        return self._charge(PriceKind.ABSENT) if self.absent_set() else self.late()

    def absent_set(self) -> bool:
        return self._amount(PriceKind.ABSENT, each_day=True) is not None

    def _charge(self, kind) -> Decimal | None:
        """An amount written down, else the price or a part of it where that is the basis.

        Who pays for the place goes on owing its price where nothing is written: it was kept for them.
        """
        written = self._amount(kind, each_day=self.policy.basis == Basis.PER_DAY)
        if written is not None:
            return written
        if self.policy.basis in (Basis.FLAT, Basis.PER_DAY):
            return self.price() if self.payer.pays else None
        price = self.price()
        if price is None or self.policy.basis == Basis.PRICE:
            return price
        return rounded(price * self.policy.percent / 100)

    def _amount(self, kind, *, each_day: bool) -> Decimal | None:
        if self.days == 1:
            return self._row(kind, Length.HALF if self.minutes <= self.policy.half_minutes else Length.FULL)
        together = self._row(kind, Length.SEVERAL)
        full = self._row(kind, Length.FULL)
        if together is not None or full is None:
            return together
        return full * self.days if each_day else full

    def _row(self, kind, length) -> Decimal | None:
        own = self.rows.get((kind, self.own, length)) if self.own else None
        return own if own is not None else self.rows.get((kind, None, length))


def of_tier(tier, late: Decimal | None) -> Decimal:
    """The charge of a step: its amount, or its part of the whole charge."""
    return tier.amount if tier.amount is not None else rounded((late or NOTHING) * tier.percent / 100)
