"""Reading at the scale of a large trust: python -m bench.reading [--small]

2,000 policies with 3 versions, 20,000 people, 60 policies essential for all and 300 for one staff group each, about
1.5 million acknowledgements; --small is a tenth of it. Makes the bench's database anew, fills it by bulk, prints a
table. Who is asked stands in 360 rules and nowhere else.
"""

import argparse
import json
import logging
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402  models need set-up apps
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, override_settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench import crowd, seed  # noqa: E402
from kernel.lifecycle import jobs  # noqa: E402
from kernel.lifecycle.models import ReminderSent  # noqa: E402
from kernel.outbox.models import OutboxMail  # noqa: E402
from policy_pages.models import Acknowledgement, PolicyPage, PolicyVersion, ReadingRule  # noqa: E402
from policy_pages.readers import asked, lists, preview, reminding  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
REPEATS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of everything")
    parser.add_argument(
        "--run-daily", action="store_true", help="only the daily jobs, their progress on stderr"
    )
    words = parser.parse_args()
    if words.run_daily:
        logging.basicConfig(level=logging.INFO, format="%(message)s")
        jobs.run_daily(timezone.localdate())
        return
    size = crowd.Size(0.1 if words.small else 1)
    began = time.monotonic()
    call_command("migrate", verbosity=0)
    seed.labels()
    like = crowd.first()
    people = crowd.people(size)
    crowd.policies(size, like)
    crowd.read(size)
    _analyse()
    found = {"filled": f"{time.monotonic() - began:.0f} s", "rows": _rows()}
    found |= _measured(people)
    found["reminders"] = _reminded()
    print(json.dumps(found, indent=1))


def _analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _rows() -> dict:
    models = (PolicyPage, PolicyVersion, ReadingRule, Acknowledgement)
    return {model.__name__: model.objects.count() for model in models}


def _measured(people) -> dict:
    today = timezone.localdate()
    for_all, for_groups = crowd.essential()
    mixed = [*for_all[:2], *for_groups[:8], *crowd.others(40)]
    manager, reader = people["manager"], people["reader"]
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(reader.user)
    policy = PolicyPage.objects.get(pk=for_all[0])
    return {
        "one reader": _of(lambda: asked.of_reader(reader.pk, today)),
        "numbers, 50 of all policies": _of(lambda: asked.counts_for(mixed, today)),
        "numbers, 50 essential for all": _of(lambda: asked.counts_for(for_all[:50], today)),
        "numbers, every policy": _of(lambda: asked.counts_for(None, today)),
        "line of 10": _of(lambda: lists.line_of(manager, today)),
        "readers of one policy": _of(lambda: lists.by_team(lists.of_policy(policy.pk, today), today)),
        "spreadsheet of one policy": _of(
            lambda: list(lists.cells(lists.of_policy(policy.pk, today), policy.pk, today))
        ),
        "preview": _of(lambda: preview.preview(policy, "major", [], today)),
        "page of a policy": _of(lambda: _seen(client, f"/policies/{policy.slug}/")),
        "library": _of(lambda: _seen(client, "/policies/")),
        "desk": _of(lambda: _seen(client, "/desk/")),
        **_for_the_board(policy),
    }


def _for_the_board(policy) -> dict:
    """What a member of the policy's body sees: each page over all policies."""
    member = policy.approving_body.memberships.exclude(person__user=None).first().person
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(member.user)
    places = {"policies in date": "board/", "review load": "forecast/", "extensions": "extensions/"}
    with override_settings(MFA_DEMANDED=False):  # a decider without a second factor is sent to set one up
        return {
            label: _of(lambda place=place: _seen(client, f"/policy-register/{place}"))
            for label, place in places.items()
        }


def _seen(client, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")


def _of(ask) -> dict:
    ask()
    times = []
    for _repeat in range(REPEATS):
        began = time.monotonic()
        ask()
        times.append((time.monotonic() - began) * 1000)
    with CaptureQueriesContext(connection) as captured:
        ask()
    return {"queries": len(captured), "ms": [round(ms, 1) for ms in sorted(times)]}


def _reminded() -> dict:
    """Killed in the middle, then run to its end, then run again: nobody is missed and nobody told twice."""
    today = timezone.localdate()
    owed = {row.person_id for row in asked.standings(today, to_read=True)}
    able = set(crowd.logins())
    killed = _killed()
    after_kill = OutboxMail.objects.count(), ReminderSent.objects.count()
    began = time.monotonic()
    lines = reminding.remind(today)
    took = time.monotonic() - began
    mails = OutboxMail.objects.filter(kind="policies.to_read")
    told = mails.count()
    began = time.monotonic()
    jobs.run_daily(today)
    all_jobs = time.monotonic() - began
    reminding.remind(today)
    return {
        "killed after": killed,
        "mails and steps left by the killed run": after_kill,
        "owed a mail": len(owed & able),
        "mails": told,
        "addresses": len({mail[0] for mail in mails.values_list("to", flat=True)}),
        "more on the same day": mails.count() - told,
        "a week later": _later(today + timedelta(days=7)),
        "seconds": round(took, 1),
        "seconds of all daily jobs afterwards": round(all_jobs, 1),
        "lines": lines,
    }


def _later(day) -> dict:
    before = OutboxMail.objects.count()
    with CaptureQueriesContext(connection) as captured:
        reminding.remind(day)
    return {"mails": OutboxMail.objects.count() - before, "queries": len(captured)}


def _killed() -> str:
    """The daily jobs in a process of their own, ended by force while they write reminders."""
    words = [sys.executable, "-m", "bench.reading", "--run-daily"]
    began = time.monotonic()
    process = subprocess.Popen(words, cwd=ROOT, env=os.environ, stderr=subprocess.PIPE, text=True)
    for line in process.stderr:
        if "reminders to read" in line:  # the first batch is written, nothing is committed
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    return f"{time.monotonic() - began:.1f} s"


if __name__ == "__main__":
    main()
