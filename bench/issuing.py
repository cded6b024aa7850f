"""The signature that ratifies and issues, beside the stock last approval of an equal page: time and queries."""

import time

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from bench import seed
from kernel.lifecycle import submissions
from tests.factories import accounts, policies

CLAUSES = (1, 12, 120)
REPEATS = 5


def measure() -> dict:
    """Per number of clauses: time and processor time of every repeat, and queries, of ours and of stock in turn."""
    workflow, approver = _stock_workflow()
    _ours(1)
    _stock(1, 0, workflow, approver)
    found: dict = {}
    for clauses in CLAUSES:
        pairs = [
            (_ours(clauses), _stock(clauses, number, workflow, approver)) for number in range(1, REPEATS + 1)
        ]
        found[clauses] = {
            name: {
                "ms": [one["ms"] for one in rows],
                "cpu": [one["cpu"] for one in rows],
                "queries": max(one["queries"] for one in rows),
            }
            for name, rows in zip(("ours", "stock"), zip(*pairs, strict=True), strict=True)
        }
    return found


def _ours(clauses: int) -> dict:
    """Everything up to the last signature is done before; the last one ratifies and issues."""
    today = timezone.localdate()
    page = seed.draft(clauses)
    submission = policies.approve(policies.submit(page, today=today), today=today)
    first, last, *_others = policies.members_of(submission.ratifying_body)
    submissions.sign(submission, actor=first, today=today)
    found = _timed(lambda: submissions.sign(submission, actor=last, today=today))
    page.refresh_from_db()
    if page.versions.count() != 1 or not page.live:
        raise RuntimeError("the version was not issued")
    return found


def _stock(clauses: int, number: int, workflow, approver) -> dict:
    page = seed.stock_text(clauses, number, approver)
    workflow.start(page, approver)
    state = page.current_workflow_task_state
    found = _timed(lambda: state.task.specific.on_action(state, approver, "approve"))
    page.refresh_from_db()
    if not page.live:
        raise RuntimeError("the stock page was not published")
    return found


def _timed(act) -> dict:
    with CaptureQueriesContext(connection) as captured:
        begin, used = time.perf_counter(), time.process_time()
        act()
        took, cpu = time.perf_counter() - begin, time.process_time() - used
    return {"ms": took * 1000, "cpu": cpu * 1000, "queries": len(captured)}


def _stock_workflow():
    group = accounts.make_group("Stock moderators")
    approver = accounts.make_user(groups=[group], is_superuser=True)
    task = GroupApprovalTask.objects.create(name="Stock approval")
    task.groups.add(group)
    workflow = Workflow.objects.create(name="Stock workflow")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow, approver
