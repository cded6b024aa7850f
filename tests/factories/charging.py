from datetime import date
from decimal import Decimal

from course_catalogue.charging import payers, policies
from course_catalogue.charging.kinds import Length, PriceKind
from course_catalogue.models import ChargePolicy, PayerClass
from tests.factories.courses import MOMENT

FULL, HALF, SEVERAL = Length.FULL, Length.HALF, Length.SEVERAL
PLACE, LATE, ABSENT = PriceKind.PLACE, PriceKind.LATE, PriceKind.ABSENT


def make_classes() -> dict[str, PayerClass]:
    """The classes by their key, also after a flush that took them away."""

    names = (payers.PARTNER, payers.SMALL, payers.PRIVATE, payers.OUTSIDE, payers.LARGE, "profit-making")
    pays = (False, False, True, True, True, True)
    for slug, yes in zip(names, pays, strict=True):
        PayerClass.objects.get_or_create(slug=slug, defaults={"name": slug, "pays": yes})
    return {row.slug: row for row in PayerClass.objects.all()}


def make_policy(*, prices=None, tiers=(), grounds=(("Sudden illness", True),), now=MOMENT, **overrides):
    """7 working days, the day of notice counts, 5pm, England; 50.00 when late, for everybody and any length."""
    if prices is None:
        prices = [(LATE, None, length, Decimal("50.00")) for length in (HALF, FULL)]
    values = {"name": "Charges", "from_on": date(2026, 11, 23), "number": 7, **overrides}
    policy = policies.add_policy(actor=None, now=now, prices=prices, tiers=tiers, grounds=grounds, **values)
    return ChargePolicy.objects.get(pk=policy.pk)
