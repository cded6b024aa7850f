"""Daily jobs: apps register them in ``AppConfig.ready``, ``manage.py run_daily`` runs them.

One job is one transaction with its ``JobRun`` row locked: all of it happened or nothing, a process that
dies leaves nothing half done, and of two copies the second finds the row taken. Mail goes to the outbox, so
nothing slow happens inside. A job does everything that is owed up to ``today``, also what earlier days
missed, and may be asked again: whatever it sends it records first (``reminders.claim``).
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kernel.lifecycle.enums import JobOutcome
from kernel.lifecycle.models import JobRun
from kernel.outbox.trouble import kind_of, trace_of

log = logging.getLogger("jobs")

DONE, FAILED, DONE_BEFORE, ELSEWHERE, TRIED = "done", "failed", "done before", "running elsewhere", "dry run"
Work = Callable[..., list[str]]


@dataclass(frozen=True)
class Job:
    name: str
    work: Work
    every_day: bool


@dataclass(frozen=True)
class JobResult:
    """What became of one job on one day; ``lines`` say what it did or would do."""

    name: str
    day: date
    outcome: str
    lines: list[str] = field(default_factory=list)


JOBS: dict[str, Job] = {}


def register(name: str, work: Work, *, every_day: bool = False) -> None:
    """Register ``work(today, dry_run) -> lines`` under a name that never changes.

    ``every_day``: after missed days it is called once for each, oldest first, and stops at the first that
    fails. Otherwise it is called for today only and catches up by itself.
    """
    if name in JOBS and JOBS[name].work is not work:
        raise ValueError(f"two daily jobs are called {name}")
    JOBS[name] = Job(name, work, every_day)


def run_daily(today: date, *, dry_run: bool = False) -> list[JobResult]:
    """Run every job that is owed, in the order of names; one that fails does not stop the others."""
    return [result for name in sorted(JOBS) for result in _run_job(JOBS[name], today, dry_run)]


def _run_job(job: Job, today: date, dry_run: bool) -> Iterator[JobResult]:
    for day in _owed_days(job, today):
        result = _try(job, day) if dry_run else _run(job, day)
        yield result
        if result.outcome in (FAILED, ELSEWHERE):
            return


def _owed_days(job: Job, today: date) -> list[date]:
    done = JobRun.objects.filter(name=job.name, outcome=JobOutcome.DONE, for_day__lt=today)
    last = done.order_by("-for_day").values_list("for_day", flat=True).first()
    if not job.every_day or last is None:
        return [today]
    return [last + timedelta(days=number) for number in range(1, (today - last).days + 1)]


def _try(job: Job, day: date) -> JobResult:
    """A dry run: whatever the job writes after all is rolled back."""
    try:
        with transaction.atomic():
            lines = job.work(today=day, dry_run=True)
            transaction.set_rollback(True)
    except Exception as error:  # noqa: BLE001  the other jobs must run
        log.error("daily job %s, dry run: %s\n%s", job.name, kind_of(error), trace_of(error))
        return JobResult(job.name, day, FAILED, [kind_of(error)])
    return JobResult(job.name, day, TRIED, lines)


def _run(job: Job, day: date) -> JobResult:
    try:
        JobRun.objects.get_or_create(name=job.name, for_day=day)
        with transaction.atomic():
            return _run_locked(job, day)
    except Exception as error:  # noqa: BLE001  the other jobs must run
        log.error("daily job %s for %s: %s\n%s", job.name, day, kind_of(error), trace_of(error))
        _mark_failed(job, day, error)
        return JobResult(job.name, day, FAILED, [kind_of(error)])


def _run_locked(job: Job, day: date) -> JobResult:
    lock = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    run = JobRun.objects.select_for_update(**lock).filter(name=job.name, for_day=day).first()
    if run is None:
        return JobResult(job.name, day, ELSEWHERE)
    if run.outcome == JobOutcome.DONE:
        return JobResult(job.name, day, DONE_BEFORE)
    run.started_at = timezone.now()
    run.lines = job.work(today=day, dry_run=False)
    run.outcome, run.finished_at, run.error = JobOutcome.DONE, timezone.now(), ""
    run.save()
    return JobResult(job.name, day, DONE, run.lines)


def _mark_failed(job: Job, day: date, error: Exception) -> None:
    """Keep that it failed and the kind of error, never its words; a run that is done meanwhile stays done."""
    try:
        JobRun.objects.filter(name=job.name, for_day=day).exclude(outcome=JobOutcome.DONE).update(
            outcome=JobOutcome.FAILED, finished_at=timezone.now(), error=kind_of(error)[:100]
        )
    except DatabaseError:
        log.error("daily job %s: the failure could not be written down", job.name)
