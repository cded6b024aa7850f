from django.db import models
from django.utils.translation import gettext_lazy as _


class SubmissionState(models.TextChoices):
    """Where one submitted text stands. A text that was never submitted has no submission: it is a draft."""

    SUBMITTED = "submitted", _("waiting for approval")
    APPROVED = "approved", _("approved: waiting for ratification")
    RECORDED = "recorded", _("ratification recorded: waiting to be confirmed")
    ISSUED = "issued", _("ratified and issued")
    SENT_BACK = "sent back", _("sent back")
    RECALLED = "recalled", _("recalled by its author")
    VOIDED = "voided", _("void: the text changed")


OPEN_STATES = (SubmissionState.SUBMITTED, SubmissionState.APPROVED, SubmissionState.RECORDED)
AWAITING_RATIFICATION = (SubmissionState.APPROVED, SubmissionState.RECORDED)

SUBMISSION_MOVES = {
    SubmissionState.SUBMITTED: {
        SubmissionState.APPROVED,
        SubmissionState.SENT_BACK,
        SubmissionState.RECALLED,
        SubmissionState.VOIDED,
    },
    SubmissionState.APPROVED: {
        SubmissionState.RECORDED,
        SubmissionState.ISSUED,
        SubmissionState.SENT_BACK,
        SubmissionState.VOIDED,
    },
    SubmissionState.RECORDED: {
        SubmissionState.APPROVED,
        SubmissionState.ISSUED,
        SubmissionState.SENT_BACK,
        SubmissionState.VOIDED,
    },
    SubmissionState.ISSUED: set(),
    SubmissionState.SENT_BACK: set(),
    SubmissionState.RECALLED: set(),
    SubmissionState.VOIDED: set(),
}


class DecisionKind(models.TextChoices):
    """One recorded act of a person or body on an exact text."""

    SUBMIT = "submit", _("submitted for approval")
    APPROVE = "approve", _("approved")
    MINUTE = "minute", _("meeting's decision recorded")
    CONFIRM = "confirm", _("meeting's decision confirmed")
    DISPUTE = "dispute", _("meeting's record returned")
    SIGN = "sign", _("signed for ratification")
    SEND_BACK = "send back", _("sent back")
    RECALL = "recall", _("recalled")
    VOID = "void", _("made void by a change of the text")


ACT_IN = {
    DecisionKind.APPROVE: SubmissionState.SUBMITTED,
    DecisionKind.SIGN: SubmissionState.APPROVED,
    DecisionKind.MINUTE: SubmissionState.APPROVED,
    DecisionKind.CONFIRM: SubmissionState.RECORDED,
    DecisionKind.DISPUTE: SubmissionState.RECORDED,
}
"""The one state in which each act of a body is done."""


class Significance(models.TextChoices):
    MAJOR = "major", _("Yes: people must do something differently")
    MINOR = "minor", _("No: wording only")


class Outcome(models.TextChoices):
    RATIFY = "ratify", _("Ratify")
    SEND_BACK = "send back", _("Send back with a reason")


class Step(models.TextChoices):
    APPROVE = "approve", _("approval of the content")
    RATIFY = "ratify", _("ratification by a body")


class Nation(models.TextChoices):
    """The nations of the United Kingdom; their bank holidays differ. Values as python-holidays names them."""

    ENGLAND = "ENG", _("England")
    WALES = "WLS", _("Wales")
    SCOTLAND = "SCT", _("Scotland")
    NORTHERN_IRELAND = "NIR", _("Northern Ireland")


class JobOutcome(models.TextChoices):
    """How a daily job ended. Empty: it runs, or its process was stopped."""

    DONE = "done", _("done")
    FAILED = "failed", _("failed")
