"""The training pool: who is in it, what lets them teach, what an officer saw of them (S4-36, S4-60 to S4-62)."""

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue.enums import TrainerGround
from course_catalogue.models import (
    Observation,
    SessionDay,
    SpecificationCheck,
    SpecificationPoint,
    Trainer,
    TrainerEligibility,
    Unavailability,
)
from course_catalogue.planning.programme import require_keeper, written_name
from kernel.audit import act, record


@act("training.join_pool")
@transaction.atomic
def join(person, *, actor, now: datetime) -> Trainer:
    """Take a person into the pool, or back into it; assigned to nothing before eligibility and check stand."""
    require_keeper(actor, now)
    if not person.is_here(timezone.localdate(now)):
        raise ValidationError({"person": _("This person works for no agency of the partnership any more.")})
    trainer, new = Trainer.objects.select_for_update().get_or_create(person=person)
    if not new and trainer.active:
        raise ValidationError({"person": _("This person is in the training pool already.")}, code="twice")
    trainer.active = True
    trainer.save(update_fields=["active"])
    record("training.join_pool", actor=actor, target=trainer)
    return trainer


@act("training.leave_pool")
@transaction.atomic
def leave(trainer: Trainer, *, actor, now: datetime) -> Trainer:
    """Take somebody out of the pool. Refused while they teach a session that is still to come."""
    require_keeper(actor, now)
    trainer = _lock(trainer)
    coming = teaching_days(trainer).filter(ends_at__gt=now).first()
    if coming is not None:
        words = _("%(name)s still teaches %(course)s. Find somebody else first.")
        raise ValidationError(words % {"name": trainer, "course": coming.session.course.title})
    trainer.active = False
    trainer.save(update_fields=["active"])
    record("training.leave_pool", actor=actor, target=trainer)
    return trainer


def teaching_days(trainer: Trainer):
    """The days that a trainer teaches, of sessions that are not cancelled, earliest first."""
    rows = SessionDay.objects.filter(teaching__trainer=trainer).exclude(session__state="cancelled")
    return rows.select_related("session__course").order_by("starts_at")


@act("training.add_ground")
@transaction.atomic
def add_ground(
    trainer: Trainer,
    *,
    ground: str,
    from_on: date,
    evidence: str,
    actor,
    now: datetime,
    until_on: date | None = None,
) -> TrainerEligibility:
    """Put on record why somebody may teach (S4-61). ``from_on``: since when, or when the course was completed."""
    require_keeper(actor, now)
    trainer = _lock(trainer)
    wrong = {}
    if ground == TrainerGround.TRAINED and from_on > timezone.localdate(now):
        wrong["from_on"] = _("The course for trainers must be completed: enter today or a day before.")
    if until_on and until_on < from_on:
        wrong["until_on"] = _("The last day cannot be before the first day.")
    if not evidence.strip():
        wrong["evidence"] = _("Say where it is seen, for example on which certificate.")
    if wrong:
        raise ValidationError(wrong)
    _require_new(trainer.grounds.filter(ground=ground, from_on=from_on))
    row = TrainerEligibility.objects.create(
        trainer=trainer,
        ground=ground,
        from_on=from_on,
        until_on=until_on,
        evidence=evidence.strip(),
        by_name=written_name(actor),
    )
    facts = {"ground": str(ground), "from_on": from_on.isoformat(), "until_on": str(until_on or "")}
    record("training.add_ground", actor=actor, target=trainer, facts=facts)
    return row


@act("training.end_ground")
@transaction.atomic
def end_ground(row: TrainerEligibility, *, until_on: date, actor, now: datetime) -> TrainerEligibility:
    """Say on which day an eligibility ends; that day still counts."""
    require_keeper(actor, now)
    trainer = _lock(row.trainer)
    row = TrainerEligibility.objects.select_for_update().get(pk=row.pk)
    if until_on < row.from_on:
        raise ValidationError({"until_on": _("The last day cannot be before the first day.")})
    row.until_on = until_on
    row.save(update_fields=["until_on"])
    facts = {"ground": row.ground, "until_on": until_on.isoformat()}
    record("training.end_ground", actor=actor, target=trainer, facts=facts)
    return row


@act("training.check_specification")
@transaction.atomic
def check(
    trainer: Trainer, *, met: Collection[int], actor, now: datetime, words: str = ""
) -> SpecificationCheck:
    """Hold somebody against the person specification as it stands today (S4-36); the newest check counts.

    ``met``: keys of the points that they meet. Nobody checks their own self; without points nothing is checked.
    """
    require_keeper(actor, now)
    trainer = _lock(trainer)
    if actor is not None and trainer.person.user_id == actor.pk:
        raise ValidationError(_("Somebody else checks you against the person specification."))
    points = list(SpecificationPoint.objects.filter(active=True))
    if not points:
        raise ValidationError(_("The person specification has no points yet: an officer writes them first."))
    if set(met) - {point.pk for point in points}:
        raise ValidationError(_("The person specification has changed. Look at it again."), code="stale")
    said = [[point.words, point.pk in met] for point in points]
    _require_another(trainer.checks.order_by("pk").last(), timezone.localdate(now), said, words.strip())
    row = SpecificationCheck.objects.create(
        trainer=trainer,
        checked_on=timezone.localdate(now),
        points=said,
        met=set(met) == {point.pk for point in points},
        words=words.strip(),
        by_name=written_name(actor),
        at=now,
    )
    facts = {"met": row.met, "points": len(points), "of_them": len(set(met))}
    record("training.check_specification", actor=actor, target=trainer, facts=facts)
    return row


@act("training.observe_trainer")
@transaction.atomic
def observe(
    trainer: Trainer,
    *,
    observed_on: date,
    observer: str,
    findings: str,
    actor,
    now: datetime,
    development: str = "",
    day: SessionDay | None = None,
) -> Observation:
    """Record that somebody watched a trainer teach (S4-62): when, who, what they saw, what the trainer works on."""
    require_keeper(actor, now)
    trainer = _lock(trainer)
    _require_observed(trainer, observed_on, observer, findings, day, timezone.localdate(now))
    _require_new(trainer.observations.filter(observed_on=observed_on, observer=observer.strip()))
    row = Observation.objects.create(
        trainer=trainer,
        day=day,
        observed_on=observed_on,
        observer=observer.strip(),
        findings=findings.strip(),
        development=development.strip(),
        by_name=written_name(actor),
        at=now,
    )
    record(
        "training.observe_trainer",
        actor=actor,
        target=trainer,
        facts={"observed_on": observed_on.isoformat()},
    )
    return row


def _require_observed(trainer, observed_on, observer, findings, day, today) -> None:
    wrong = {}
    if observed_on > today:
        wrong["observed_on"] = _("Enter today or a day before: an observation is recorded afterwards.")
    if not observer.strip():
        wrong["observer"] = _("Enter who observed.")
    if not findings.strip():
        wrong["findings"] = _("Say what was seen.")
    if day is not None and not day.teaching.filter(trainer=trainer).exists():
        wrong["day"] = _("This trainer does not teach on that day of the session.")
    if wrong:
        raise ValidationError(wrong)


@act("training.set_away")
@transaction.atomic
def set_away(
    trainer: Trainer, *, from_on: date, until_on: date | None, actor, now: datetime, words: str = ""
) -> Unavailability:
    """Say on which days somebody cannot teach. What they are assigned to already stays and is listed."""
    require_keeper(actor, now)
    trainer = _lock(trainer)
    if until_on and until_on < from_on:
        raise ValidationError({"until_on": _("The last day cannot be before the first day.")})
    _require_new(trainer.unavailable.filter(from_on=from_on, until_on=until_on))
    row = Unavailability.objects.create(
        trainer=trainer, from_on=from_on, until_on=until_on, words=words.strip()
    )
    facts = {"from_on": from_on.isoformat(), "until_on": str(until_on or "")}
    record("training.set_away", actor=actor, target=trainer, facts=facts)
    return row


@act("training.end_away")
@transaction.atomic
def end_away(row: Unavailability, *, actor, now: datetime) -> None:
    """Take such days back; those that have passed stay on record. Refused (``twice``) when they are gone."""
    require_keeper(actor, now)
    trainer, today = _lock(row.trainer), timezone.localdate(now)
    row = Unavailability.objects.select_for_update().filter(pk=row.pk).first()
    if row is None:
        raise ValidationError(_("It was taken back already. Nothing was done twice."), code="twice")
    if row.from_on >= today:
        row.delete()
    elif row.until_on is None or row.until_on >= today:
        row.until_on = today
        row.save(update_fields=["until_on"])
    record("training.end_away", actor=actor, target=trainer, facts={"from_on": row.from_on.isoformat()})


def _lock(trainer: Trainer) -> Trainer:
    rows = Trainer.objects.select_for_update(of=("self",)).select_related("person__agency")
    return rows.get(pk=trainer.pk)


@act("training.set_topics")
@transaction.atomic
def set_topics(trainer: Trainer, *, topics, actor, now: datetime) -> Trainer:
    """Say which subjects somebody teaches; the ones before are replaced."""
    require_keeper(actor, now)
    trainer = _lock(trainer)
    trainer.topics.set(topics)
    record(
        "training.set_topics", actor=actor, target=trainer, facts={"topics": sorted(row.pk for row in topics)}
    )
    return trainer


def _require_new(rows) -> None:
    """Refuse what a second press of the same form brings."""
    if rows.exists():
        raise _twice()


def _require_another(check: SpecificationCheck | None, today, points, words) -> None:
    """The newest check alone stands against another one: what was said, taken back and said again is news."""
    if check is not None and (check.checked_on, check.points, check.words) == (today, points, words):
        raise _twice()


def _twice() -> ValidationError:
    return ValidationError(_("This is on record already. Nothing was written twice."), code="twice")
