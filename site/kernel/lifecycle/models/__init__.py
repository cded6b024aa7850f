from kernel.lifecycle.models.chair_action import ChairAction
from kernel.lifecycle.models.clock import ClosedDay, JobRun, ReminderSent
from kernel.lifecycle.models.condition import Condition
from kernel.lifecycle.models.decision import Decision
from kernel.lifecycle.models.issued import IssuedVersion
from kernel.lifecycle.models.proposal import Proposal
from kernel.lifecycle.models.submission import Authorship, Submission
from kernel.lifecycle.models.tasks import SeparateApproverTask

__all__ = [
    "Authorship",
    "ChairAction",
    "ClosedDay",
    "Condition",
    "Decision",
    "IssuedVersion",
    "JobRun",
    "Proposal",
    "ReminderSent",
    "SeparateApproverTask",
    "Submission",
]
