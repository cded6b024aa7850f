"""Days that agencies give to the training pool, and the free places that they earn by it (S4-60)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from course_catalogue.enums import SessionState
from course_catalogue.models import PoolRule, Teaching, Trainer, TrainerDay
from course_catalogue.planning.programme import begins, ends, require_keeper, written_name
from kernel.audit import act, record

WHOLE, HALF = Decimal(1), Decimal("0.5")


def rule_on(day: date) -> PoolRule | None:
    """The rule of the training pool that holds on a day; None before the first one."""
    return PoolRule.objects.filter(from_on__lte=day).first()


def earned(days: Decimal, given_on: date) -> Decimal:
    """The free places for so many days given on that day, by the rule of that day; 0 without one."""
    rule = rule_on(given_on)
    return (days * rule.free_places).quantize(Decimal("0.1")) if rule else Decimal(0)


def credit(today: date, dry_run: bool = False) -> list[str]:
    """Daily job: write down each day that was taught before ``today`` and is not in the ledger yet.

    A day of at most ``half_minutes`` of the rule counts half. A session that was cancelled counts nothing. Asked
    again it writes nothing twice.
    """
    made = [_credit(row) for row in _owed(today)]
    words = ngettext("%(n)d trainer day written down", "%(n)d trainer days written down", len(made))
    return [words % {"n": len(made)}]


def _owed(today: date):
    written = TrainerDay.objects.filter(day=OuterRef("day"), trainer=OuterRef("trainer"))
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    rows = Teaching.objects.filter(~Exists(written), day__ends_at__lte=midnight)
    rows = rows.exclude(day__session__state=SessionState.CANCELLED)
    return rows.select_related("day", "trainer__person").order_by("day__starts_at", "pk")


def _credit(row: Teaching) -> TrainerDay:
    given_on = timezone.localdate(row.day.starts_at)
    rule = rule_on(given_on)
    minutes = (row.day.ends_at - row.day.starts_at).total_seconds() / 60
    days = HALF if rule and minutes <= rule.half_minutes else WHOLE
    return TrainerDay.objects.create(
        agency_id=row.trainer.person.agency_id,
        trainer=row.trainer,
        day=row.day,
        given_on=given_on,
        days=days,
        free_places=earned(days, given_on),
        by_name=written_name(None),
        at=timezone.now(),
    )


@act("training.give_days")
@transaction.atomic
def give(trainer, *, given_on: date, days: Decimal, words: str, actor, now: datetime) -> TrainerDay:
    """Write down days given otherwise than by teaching a session here, such as preparing a course."""
    require_keeper(actor, now)
    _require(days, words)
    if given_on > timezone.localdate(now):
        raise ValidationError(
            {"given_on": _("Enter today or a day before: what is still to come is not given yet.")}
        )
    Trainer.objects.select_for_update().get(pk=trainer.pk)
    same = {"given_on": given_on, "days": days, "words": words.strip()}
    if standing(TrainerDay.objects.filter(trainer=trainer, **same)).exists():
        raise ValidationError(_("This is in the ledger already: the same day, days and words."), code="twice")
    row = TrainerDay.objects.create(
        agency_id=trainer.person.agency_id,
        trainer=trainer,
        given_on=given_on,
        days=days,
        free_places=earned(days, given_on),
        words=words.strip(),
        by_name=written_name(actor),
        at=now,
    )
    record("training.give_days", actor=actor, target=trainer, facts={"days": str(days), "row": row.pk})
    return row


@act("training.correct_days")
@transaction.atomic
def correct(row: TrainerDay, *, days: Decimal, words: str, actor, now: datetime) -> TrainerDay:
    """Put a right number in the place of a wrong one, 0 for what was not given; the wrong row stays readable."""
    require_keeper(actor, now)
    row = TrainerDay.objects.select_for_update(of=("self",)).select_related("trainer__person").get(pk=row.pk)
    if TrainerDay.objects.filter(corrects=row).exists():
        raise ValidationError(_("This entry is corrected already: correct the newer one."), code="twice")
    _require(days, words)
    new = TrainerDay.objects.create(
        agency_id=row.agency_id,
        trainer=row.trainer,
        day=row.day,
        given_on=row.given_on,
        days=days,
        free_places=earned(days, row.given_on),
        words=words.strip(),
        corrects=row,
        by_name=written_name(actor),
        at=now,
    )
    facts = {"days": str(days), "row": new.pk, "instead_of": row.pk}
    record("training.correct_days", actor=actor, target=row.trainer, facts=facts)
    return new


def _require(days: Decimal, words: str) -> None:
    wrong = {}
    if not days.is_finite() or not 0 <= days <= 31 or days * 4 != int(days * 4):
        wrong["days"] = _("Days must be between 0 and 31, in quarters; you entered %(given)s.") % {
            "given": days
        }
    if not words.strip():
        wrong["words"] = _("Say what the days were given for, or why they are corrected.")
    if wrong:
        raise ValidationError(wrong)


def standing(rows=None):
    """The rows that count: what nobody has corrected."""
    rows = TrainerDay.objects.all() if rows is None else rows
    return rows.filter(corrected_by__isnull=True)


@dataclass(frozen=True)
class Given:
    """What one agency gave in one programme year."""

    agency_id: int
    name: str
    days: Decimal
    free_places: Decimal


def by_agency(first_year: int, agencies: Collection[int] | None = None) -> list[Given]:
    """Days given and free places earned per agency in a programme year (S4-60), by name; one query."""
    of_year = Q(given_on__gte=begins(first_year), given_on__lte=ends(first_year))
    rows = standing().filter(of_year)
    if agencies is not None:
        rows = rows.filter(agency__in=agencies)
    rows = rows.order_by("agency__name", "agency_id").values_list("agency_id", "agency__name")
    return [Given(*row) for row in rows.annotate(Sum("days"), Sum("free_places"))]
