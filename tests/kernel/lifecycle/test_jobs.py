import signal
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from kernel.lifecycle import jobs
from kernel.lifecycle.models import ClosedDay, JobRun, ReminderSent
from kernel.lifecycle.reminders import claim
from kernel.outbox.models import OutboxMail
from tests.factories.outbox import make_mail
from tests.processes import run_python, start_python

FRIDAY, MONDAY = date(2027, 3, 12), date(2027, 3, 15)
NAME = "Ada"


@pytest.fixture(autouse=True)
def no_other_jobs(settings, tmp_path):
    settings.AUDIT_HEAD_FILE = tmp_path / "head.txt"
    before = dict(jobs.JOBS)
    jobs.JOBS.clear()
    yield
    jobs.JOBS.clear()
    jobs.JOBS.update(before)


@pytest.fixture
def calls():
    """A job named "tea" that keeps when it was called."""
    days = []

    def work(today, dry_run):
        days.append((today, dry_run))
        return ["2 cups"]

    jobs.register("tea", work)
    return days


def _stumble(today, dry_run):
    ClosedDay.objects.create(day=today, reason="half done")
    raise RuntimeError(f"{NAME}'s kettle")


def _outcomes(results):
    return [(result.name, result.day, result.outcome) for result in results]


@pytest.mark.django_db
def test_a_job_runs_and_is_written_down(calls):
    assert jobs.run_daily(FRIDAY) == [jobs.JobResult("tea", FRIDAY, "done", ["2 cups"])]

    run = JobRun.objects.get()
    assert (run.name, run.for_day, run.outcome, run.lines) == ("tea", FRIDAY, "done", ["2 cups"])
    assert run.finished_at >= run.started_at
    assert calls == [(FRIDAY, False)]


@pytest.mark.django_db
def test_a_job_that_is_done_does_not_run_again_that_day(calls):
    jobs.run_daily(FRIDAY)

    assert _outcomes(jobs.run_daily(FRIDAY)) == [("tea", FRIDAY, "done before")]
    assert calls == [(FRIDAY, False)]


@pytest.mark.django_db
def test_after_missed_days_a_job_runs_once_for_today(calls):
    jobs.run_daily(FRIDAY)

    jobs.run_daily(MONDAY)

    assert calls == [(FRIDAY, False), (MONDAY, False)]


@pytest.mark.django_db
def test_after_missed_days_a_job_of_every_day_runs_for_each():
    days = []
    jobs.register("count", lambda today, dry_run: days.append(today) or [], every_day=True)
    jobs.run_daily(FRIDAY)

    jobs.run_daily(MONDAY)

    assert days == [FRIDAY, date(2027, 3, 13), date(2027, 3, 14), MONDAY]


@pytest.mark.django_db
def test_a_job_of_every_day_stops_at_the_first_day_that_fails_and_goes_on_from_it():
    bad, days = {date(2027, 3, 14)}, []

    def count(today, dry_run):
        if today in bad:
            raise RuntimeError
        days.append(today)
        return []

    jobs.register("count", count, every_day=True)
    jobs.run_daily(FRIDAY)
    jobs.run_daily(MONDAY)
    first = list(days)
    bad.clear()
    jobs.run_daily(MONDAY)

    assert first == [FRIDAY, date(2027, 3, 13)]
    assert days == [FRIDAY, date(2027, 3, 13), date(2027, 3, 14), MONDAY]


@pytest.mark.django_db
def test_a_job_that_fails_leaves_nothing_and_does_not_stop_the_others(calls):
    jobs.register("a kettle", _stumble)

    results = jobs.run_daily(FRIDAY)

    assert _outcomes(results) == [("a kettle", FRIDAY, "failed"), ("tea", FRIDAY, "done")]
    assert ClosedDay.objects.count() == 0
    assert JobRun.objects.get(name="a kettle").error == "RuntimeError"


@pytest.mark.django_db
def test_the_words_of_an_error_are_kept_nowhere(caplog):
    jobs.register("a kettle", _stumble)

    results = jobs.run_daily(FRIDAY)

    assert results[0].lines == ["RuntimeError"]
    assert NAME not in caplog.text
    assert "_stumble" in caplog.text


@pytest.mark.django_db
def test_a_job_that_failed_is_tried_again_the_same_day():
    jobs.register("a kettle", _stumble)
    jobs.run_daily(FRIDAY)
    jobs.JOBS.clear()
    jobs.register("a kettle", lambda today, dry_run: [])

    assert _outcomes(jobs.run_daily(FRIDAY)) == [("a kettle", FRIDAY, "done")]
    run = JobRun.objects.get()
    assert (run.outcome, run.error) == ("done", "")


@pytest.mark.django_db
def test_a_dry_run_changes_nothing_even_when_the_job_forgets():
    def forgetful(today, dry_run):
        make_mail()
        return ["1 mail"]

    jobs.register("post", forgetful)

    assert jobs.run_daily(FRIDAY, dry_run=True) == [jobs.JobResult("post", FRIDAY, "dry run", ["1 mail"])]
    assert (OutboxMail.objects.count(), JobRun.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_dry_run_tells_of_a_job_that_would_fail(calls):
    jobs.register("a kettle", _stumble)

    results = jobs.run_daily(FRIDAY, dry_run=True)

    assert _outcomes(results) == [("a kettle", FRIDAY, "failed"), ("tea", FRIDAY, "dry run")]
    assert calls == [(FRIDAY, True)]


def test_two_jobs_of_one_name_are_an_error(calls):
    with pytest.raises(ValueError, match="tea"):
        jobs.register("tea", _stumble)


@pytest.mark.django_db
def test_the_database_refuses_a_second_run_of_a_day_and_an_end_without_a_moment():
    JobRun.objects.create(name="tea", for_day=FRIDAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        JobRun.objects.create(name="tea", for_day=FRIDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        JobRun.objects.update(outcome="done")


@pytest.mark.django_db
def test_notices_missed_for_three_days_come_once_each():
    things = [ClosedDay.objects.create(day=date(2027, 3, day), reason="due") for day in (12, 13, 14)]

    def notify(today, dry_run):
        owed = [thing for thing in things if thing.day <= today]
        return [
            make_mail(subject=str(thing.day)).subject for thing in owed if claim(thing, 0, 1, today=today)
        ]

    jobs.register("notices", notify)
    jobs.run_daily(FRIDAY)
    jobs.run_daily(MONDAY)
    jobs.run_daily(MONDAY)

    assert list(OutboxMail.objects.order_by("pk").values_list("subject", flat=True)) == [
        "2027-03-12",
        "2027-03-13",
        "2027-03-14",
    ]


# the command


@pytest.mark.django_db
def test_the_command_prints_what_was_done(calls, capsys):
    call_command("run_daily", "--today", "2027-03-12")

    assert capsys.readouterr().out == "2027-03-12 tea: done\n  2 cups\n"


@pytest.mark.django_db
def test_the_command_ends_with_1_when_a_job_failed(calls):
    jobs.register("a kettle", _stumble)

    with pytest.raises(CommandError, match="Failed: a kettle") as error:
        call_command("run_daily", "--today", "2027-03-12")

    assert error.value.returncode == 1
    assert JobRun.objects.get(name="tea").outcome == "done"


@pytest.mark.django_db
def test_the_command_dry_says_what_would_be_done(calls, capsys):
    call_command("run_daily", "--dry-run", "--today", "2027-03-12")

    assert capsys.readouterr().out == "2027-03-12 tea: dry run\n  2 cups\n"
    assert JobRun.objects.count() == 0


@pytest.mark.django_db
def test_the_command_warns_of_an_outbox_that_stands_still(capsys):
    mail = make_mail()
    OutboxMail.objects.update(state="failed")
    OutboxMail.objects.create(kind="x", to=["a@x.example"], created_at=mail.created_at.replace(year=2020))

    call_command("run_daily")

    assert capsys.readouterr().err == "Outbox: 1 given up, 1 waiting for over an hour.\n"


# other processes

NOTICE = """
import time
from datetime import date
from kernel.lifecycle import jobs
from kernel.lifecycle.models import ClosedDay
from kernel.lifecycle.reminders import claim
from kernel.outbox import queue_mail

def notify(today, dry_run):
    done = []
    for thing in ClosedDay.objects.order_by("day"):
        if claim(thing, 0, 1, today=today):
            queue_mail(kind="due", to=["ada@trust.example"], subject=str(thing.day), text="due")
            done.append(str(thing.day))
        {between}
    return done

jobs.JOBS.clear()
jobs.register("notices", notify)
print([result.outcome for result in jobs.run_daily(date(2027, 3, 12))])
"""


@pytest.fixture
def two_things():
    for day in (12, 13):
        ClosedDay.objects.create(day=date(2027, 3, day), reason="due")


def _sent():
    return sorted(OutboxMail.objects.values_list("subject", flat=True))


@pytest.mark.django_db(transaction=True)
def test_a_job_killed_half_way_leaves_nothing_and_the_next_run_does_it_all(two_things):
    code, _out, _err = run_python(NOTICE.format(between="die()"))
    after_the_kill = _sent(), ReminderSent.objects.count(), JobRun.objects.get().outcome

    again = run_python(NOTICE.format(between="pass"))

    assert code == -signal.SIGKILL
    assert after_the_kill == ([], 0, "")
    assert again == (0, "['done']\n", "")
    assert _sent() == ["2027-03-12", "2027-03-13"]


@pytest.mark.django_db(transaction=True)
def test_two_copies_at_once_send_each_notice_once(two_things):
    copies = [start_python(NOTICE.format(between="time.sleep(0.5)")) for _number in range(2)]

    answers = sorted(copy.communicate(timeout=60)[0].strip() for copy in copies)

    assert "['done']" in answers
    assert set(answers) <= {"['done']", "['done before']", "['running elsewhere']"}
    assert answers != ["['done']"] * 2
    assert _sent() == ["2027-03-12", "2027-03-13"]
