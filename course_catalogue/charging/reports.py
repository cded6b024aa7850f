"""What agencies owe: sums and lists over the ledger. Questions alone; nothing here changes anything."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from course_catalogue.charging.invoicing import START
from course_catalogue.charging.kinds import CHARGES, EntryKind, WaiverState
from course_catalogue.charging.notice import at_latest
from course_catalogue.charging.terms import named
from course_catalogue.models import LedgerEntry, Waiver
from kernel.organisation import people
from kernel.organisation.models import Agency, RoleGrant
from kernel.organisation.models.dated import given


def balances() -> dict[int, Decimal]:
    """What each agency owes altogether by its id, invoiced or not."""
    rows = LedgerEntry.objects.order_by().values("agency_id").annotate(sum=Sum("amount"))
    return {row["agency_id"]: row["sum"] for row in rows}


@dataclass(frozen=True)
class Asked:
    """The filters of the list of charges; None and "" ask for everything."""

    agency: int | None = None
    kind: str = ""
    first: date | None = None
    last: date | None = None
    billed: str = ""


def entries(asked: Asked) -> QuerySet[LedgerEntry]:
    """The lines, newest first, each with ``is_back`` (taken back or waived) and whether a waiver is asked for."""
    rows = LedgerEntry.objects.select_related(
        "agency", "booking__person", "booking__session__course", "line__invoice"
    )
    if asked.agency:
        rows = rows.filter(agency=asked.agency)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.first:
        rows = rows.filter(at__gte=at_latest(asked.first, START))
    if asked.last:
        rows = rows.filter(at__lt=at_latest(asked.last + timedelta(days=1), START))
    if asked.billed:
        rows = rows.filter(line__isnull=asked.billed == "no")
    answers = LedgerEntry.objects.filter(reverses=OuterRef("pk"))
    waivers = Waiver.objects.filter(entry=OuterRef("pk"))
    return rows.annotate(
        is_waived=Exists(answers.filter(kind=EntryKind.WAIVER)),
        is_back=Exists(answers.filter(kind=EntryKind.REVERSAL)),
        is_asked=Exists(waivers.filter(state=WaiverState.ASKED)),
        rule=named("booking__"),
        is_refused=Exists(waivers.filter(state=WaiverState.REFUSED)),
    ).order_by("-at", "-pk")


def still_charged(booking) -> QuerySet[LedgerEntry]:
    """What is charged for one booking and was neither taken back nor waived."""
    rows = LedgerEntry.objects.select_related("agency").filter(booking=booking.pk, kind__in=CHARGES)
    return rows.filter(answers__isnull=True).order_by("at", "pk")


def total(rows: QuerySet[LedgerEntry]) -> tuple[int, Decimal]:
    """How many lines, and their sum."""
    found = rows.order_by().aggregate(n=Count("pk"), sum=Sum("amount"))
    return found["n"], found["sum"] or Decimal("0.00")


def coordinated(user, today: date) -> list[Agency]:
    """The active agencies for which somebody is coordinator on that day, by name; nobody who has left."""
    me = people.profile_of(user)
    if me is None or not me.is_here(today):
        return []
    held = RoleGrant.objects.filter(given(today), role="agency-coordinator", user=user)
    return list(Agency.objects.filter(pk__in=held.values("agency_id"), active=True).order_by("name"))


def waiting() -> QuerySet[Waiver]:
    """Waivers that wait for a decision, oldest first."""
    rows = Waiver.objects.filter(state=WaiverState.ASKED)
    return (
        rows.select_related("entry__agency", "entry__booking__person", "ground")
        .annotate(rule=named("entry__booking__"))
        .order_by("asked_at", "pk")
    )


def to_decide(user) -> QuerySet[Waiver]:
    """Those of them that this person may decide: not asked by themselves, not about themselves."""
    about_me = Q(entry__booking__person__user_id=user.pk)
    return waiting().exclude(asked_by_id=user.pk).exclude(about_me)
