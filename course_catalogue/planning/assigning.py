"""Who of the training pool may be assigned to which day, and why not (S4-36, S4-61)."""

from collections.abc import Collection, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue.models import SpecificationCheck, Trainer, TrainerEligibility, Unavailability
from course_catalogue.planning.days import Day
from kernel.lifecycle.templatetags.dates import full_date


def why_not(trainers: Collection[Trainer], day: date) -> dict[int, list[str]]:
    """What stands against each trainer on that day, in words, by key; whoever may be assigned is not in it.

    Three queries, however many trainers. Left the pool or the agency; neither safeguarding trainer of their own
    organisation nor trained as a trainer; not yet held against the person specification; away.
    """
    keys = [trainer.pk for trainer in trainers]
    eligible = set(
        TrainerEligibility.objects.on(day).filter(trainer__in=keys).values_list("trainer_id", flat=True)
    )
    checked = latest_checks(keys)
    away = set(Unavailability.objects.on(day).filter(trainer__in=keys).values_list("trainer_id", flat=True))
    found = {}
    for trainer in trainers:
        words = _left(trainer, day)
        if trainer.pk not in eligible:
            words.append(
                _(
                    "is neither safeguarding trainer of their own organisation nor trained as a trainer "
                    "on %(day)s"
                )
                % {"day": full_date(day)}
            )
        words += _unchecked(checked.get(trainer.pk))
        if trainer.pk in away:
            words.append(_("cannot teach on %(day)s") % {"day": full_date(day)})
        if words:
            found[trainer.pk] = words
    return found


def latest_checks(trainers: Collection[int]) -> dict[int, SpecificationCheck]:
    """The newest check against the person specification of each trainer; one query."""
    newest = SpecificationCheck.objects.filter(trainer__in=trainers).order_by()
    newest = newest.values("trainer").annotate(newest=Max("pk")).values("newest")
    return {row.trainer_id: row for row in SpecificationCheck.objects.filter(pk__in=newest)}


def _left(trainer: Trainer, day: date) -> list[str]:
    if not trainer.active:
        return [_("has left the training pool")]
    return [] if trainer.person.is_here(day) else [_("works for no agency of the partnership any more")]


def _unchecked(check: SpecificationCheck | None) -> list[str]:
    if check is None:
        return [_("is not checked against the person specification yet")]
    if not check.met:
        words = _("did not meet the person specification on %(day)s")
        return [words % {"day": full_date(check.checked_on)}]
    return []


def refuse(days: Sequence[Day]) -> None:
    """Raise ValidationError, code "not_assignable", under "trainers_<n>" for each day with somebody who may not."""
    wrong = {}
    for number, day in enumerate(days, 1):
        if not day.trainers:
            continue
        against = why_not(day.trainers, timezone.localdate(day.starts_at))
        rows = [
            ValidationError(f"{trainer} {words}.", code="not_assignable")
            for trainer in day.trainers
            for words in against.get(trainer.pk, ())
        ]
        if rows:
            wrong[f"trainers_{number}"] = rows
    if wrong:
        raise ValidationError(wrong)
