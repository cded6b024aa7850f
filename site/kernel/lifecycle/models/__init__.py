from kernel.lifecycle.models.clock import ClosedDay, JobRun, ReminderSent
from kernel.lifecycle.models.issued import IssuedVersion
from kernel.lifecycle.models.submission import Authorship, Decision, Submission
from kernel.lifecycle.models.tasks import SeparateApproverTask

__all__ = [
    "Authorship",
    "ClosedDay",
    "Decision",
    "IssuedVersion",
    "JobRun",
    "ReminderSent",
    "SeparateApproverTask",
    "Submission",
]
