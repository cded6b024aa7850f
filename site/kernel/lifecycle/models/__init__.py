from kernel.lifecycle.models.issued import IssuedVersion
from kernel.lifecycle.models.submission import Authorship, Decision, Submission
from kernel.lifecycle.models.tasks import SeparateApproverTask

__all__ = ["Authorship", "Decision", "IssuedVersion", "SeparateApproverTask", "Submission"]
