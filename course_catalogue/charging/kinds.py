"""The words of charging: how notice is counted, what a charge is based on, what stands in the ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Unit(models.TextChoices):
    """7 working days (S4-15) and 7 days (S0-43) are not the same."""

    WORKING_DAYS = "working days", _("working days")
    CALENDAR_DAYS = "calendar days", _("calendar days")
    HOURS = "hours", _("hours")


class Counting(models.TextChoices):
    """Whether the day on which somebody tells us is one of the days. Hours are counted from moment to moment."""

    INCLUSIVE = "inclusive", _("the day on which you tell us counts")
    CLEAR = "clear", _("whole days between the day on which you tell us and the course")


class Basis(models.TextChoices):
    """What a late cancellation or an empty chair costs."""

    FLAT = "flat", _("one amount, for a half day or a full day")
    PER_DAY = "per day", _("an amount for each day")
    PRICE = "price", _("the full price of the place")
    PERCENT = "percent", _("a part of the full price")


class Length(models.TextChoices):
    HALF = "half", _("half day")
    FULL = "full", _("full day")
    SEVERAL = "several", _("several days, all together")


class PriceKind(models.TextChoices):
    PLACE = "place", _("for the place")
    LATE = "late", _("for cancelling late")
    ABSENT = "absent", _("for not coming")


class LateRule(models.TextChoices):
    """What follows when somebody comes later than the policy's minutes."""

    NOTHING = "nothing", _("nothing")
    NOT_ATTENDED = "not attended", _("counts as not attended, and is charged")
    CHARGED = "charged", _("counts as attended, and is charged")


class EarlyRule(models.TextChoices):
    """What follows when somebody leaves earlier than the policy's minutes."""

    NOTHING = "nothing", _("nothing")
    NO_CERTIFICATE = "no certificate", _("no certificate")
    NOT_ATTENDED = "not attended", _("counts as not attended, and is charged")


class EntryKind(models.TextChoices):
    """A line of the ledger. What a waiver or a reversal takes back has the opposite sign."""

    FEE = "fee", _("place")
    LATE = "late", _("cancelled late")
    ABSENT = "absent", _("did not attend")
    EXTRA = "extra", _("extra cost")
    WAIVER = "waiver", _("waived")
    REVERSAL = "reversal", _("taken back")


FROM_BOOKING = (EntryKind.FEE, EntryKind.LATE, EntryKind.ABSENT)
CHARGES = (*FROM_BOOKING, EntryKind.EXTRA)


class WaiverState(models.TextChoices):
    ASKED = "asked", _("waits for a decision")
    GRANTED = "granted", _("waived")
    REFUSED = "refused", _("not waived")
    OVER = "over", _("no longer needed: the charge was taken back")


class InvoiceKind(models.TextChoices):
    INVOICE = "invoice", _("invoice")
    CREDIT = "credit note", _("credit note")
