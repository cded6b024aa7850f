from django.db import models
from django.utils.translation import gettext_lazy as _


class SubmissionState(models.TextChoices):
    """Where one submitted text stands. A text that was never submitted has no submission: it is a draft."""

    SUBMITTED = "submitted", _("waiting for approval")
    CONDITIONAL = "conditional", _("approved with conditions")
    APPROVED = "approved", _("approved: waiting for ratification")
    RECORDED = "recorded", _("ratification recorded: waiting to be confirmed")
    RATIFIED_IF = "ratified if", _("ratified with conditions")
    ISSUED = "issued", _("ratified and issued")
    SENT_BACK = "sent back", _("sent back")
    REJECTED = "rejected", _("rejected")
    RECALLED = "recalled", _("recalled by its author")
    VOIDED = "voided", _("void: the text changed")


OPEN_STATES = (
    SubmissionState.SUBMITTED,
    SubmissionState.CONDITIONAL,
    SubmissionState.APPROVED,
    SubmissionState.RECORDED,
    SubmissionState.RATIFIED_IF,
)
BEFORE_APPROVAL = (SubmissionState.SUBMITTED, SubmissionState.CONDITIONAL)
WITH_CONDITIONS = (SubmissionState.CONDITIONAL, SubmissionState.RATIFIED_IF)

SUBMISSION_MOVES = {
    SubmissionState.SUBMITTED: {
        SubmissionState.APPROVED,
        SubmissionState.CONDITIONAL,
        SubmissionState.SENT_BACK,
        SubmissionState.REJECTED,
        SubmissionState.RECALLED,
        SubmissionState.VOIDED,
    },
    SubmissionState.CONDITIONAL: {
        SubmissionState.APPROVED,
        SubmissionState.SENT_BACK,
        SubmissionState.RECALLED,
        SubmissionState.VOIDED,
    },
    SubmissionState.APPROVED: {
        SubmissionState.RECORDED,
        SubmissionState.ISSUED,
        SubmissionState.SENT_BACK,
        SubmissionState.REJECTED,
        SubmissionState.VOIDED,
    },
    SubmissionState.RECORDED: {
        SubmissionState.APPROVED,
        SubmissionState.RATIFIED_IF,
        SubmissionState.ISSUED,
        SubmissionState.SENT_BACK,
        SubmissionState.REJECTED,
        SubmissionState.VOIDED,
    },
    SubmissionState.RATIFIED_IF: {
        SubmissionState.ISSUED,
        SubmissionState.RECALLED,
        SubmissionState.VOIDED,
    },
    SubmissionState.ISSUED: set(),
    SubmissionState.SENT_BACK: set(),
    SubmissionState.REJECTED: set(),
    SubmissionState.RECALLED: set(),
    SubmissionState.VOIDED: set(),
}


class ProposalState(models.TextChoices):
    """Where a question stands that was put to a body."""

    OPEN = "open", _("waiting for a decision")
    RECORDED = "recorded", _("decision recorded: waiting to be confirmed")
    ALLOWED = "allowed", _("allowed")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN_PROPOSALS = (ProposalState.OPEN, ProposalState.RECORDED)

PROPOSAL_MOVES = {
    ProposalState.OPEN: {
        ProposalState.RECORDED,
        ProposalState.ALLOWED,
        ProposalState.REFUSED,
        ProposalState.WITHDRAWN,
    },
    ProposalState.RECORDED: {ProposalState.OPEN, ProposalState.ALLOWED, ProposalState.REFUSED},
    ProposalState.ALLOWED: set(),
    ProposalState.REFUSED: set(),
    ProposalState.WITHDRAWN: set(),
}


class ChairActionState(models.TextChoices):
    """Where an issue by the chair's action stands until somebody else ratifies it."""

    OPEN = "open", _("chair's action: waiting for ratification")
    RECORDED = "recorded", _("chair's action: ratification recorded, waiting to be confirmed")
    RATIFIED = "ratified", _("chair's action: ratified")
    DECLINED = "declined", _("chair's action: not ratified")


OPEN_ACTIONS = (ChairActionState.OPEN, ChairActionState.RECORDED)
FLAGGED_ACTIONS = (*OPEN_ACTIONS, ChairActionState.DECLINED)

CHAIR_ACTION_MOVES = {
    ChairActionState.OPEN: {
        ChairActionState.RECORDED,
        ChairActionState.RATIFIED,
        ChairActionState.DECLINED,
    },
    ChairActionState.RECORDED: {
        ChairActionState.OPEN,
        ChairActionState.RATIFIED,
        ChairActionState.DECLINED,
    },
    ChairActionState.RATIFIED: set(),
    ChairActionState.DECLINED: set(),
}


class DecisionKind(models.TextChoices):
    """One recorded act of a person or body on an exact text."""

    SUBMIT = "submit", _("submitted for approval")
    APPROVE = "approve", _("approved")
    APPROVE_IF = "approve if", _("approved with conditions")
    CLOSE = "close", _("condition met")
    REJECT = "reject", _("rejected")
    MINUTE = "minute", _("meeting's decision recorded")
    CONFIRM = "confirm", _("meeting's decision confirmed")
    DISPUTE = "dispute", _("meeting's record returned")
    SIGN = "sign", _("signed")
    CHAIR = "chair", _("issued by chair's action")
    DECLINE = "decline", _("chair's action not ratified")
    NO_PART = "no part", _("took no part")
    SEND_BACK = "send back", _("sent back")
    RECALL = "recall", _("recalled")
    VOID = "void", _("made void by a change of the text")
    PROPOSE = "propose", _("proposed")
    REFUSE = "refuse", _("refused")
    WITHDRAW = "withdraw", _("withdrawn")


APPROVING = (DecisionKind.APPROVE, DecisionKind.APPROVE_IF)
JUDGING = (
    *APPROVING,
    DecisionKind.CLOSE,
    DecisionKind.REJECT,
    DecisionKind.CONFIRM,
    DecisionKind.SIGN,
    DecisionKind.CHAIR,
    DecisionKind.DECLINE,
    DecisionKind.REFUSE,
)
"""What nobody does who wrote the text, proposed it, or takes no part."""

SUBMISSION_ACTS = {
    DecisionKind.APPROVE: (SubmissionState.SUBMITTED,),
    DecisionKind.CLOSE: WITH_CONDITIONS,
    DecisionKind.SIGN: (SubmissionState.APPROVED,),
    DecisionKind.MINUTE: (SubmissionState.APPROVED,),
    DecisionKind.CHAIR: (SubmissionState.APPROVED,),
    DecisionKind.CONFIRM: (SubmissionState.RECORDED,),
    DecisionKind.DISPUTE: (SubmissionState.RECORDED,),
}
"""The states in which each act of a body is done."""

PROPOSAL_ACTS = {
    DecisionKind.SIGN: (ProposalState.OPEN,),
    DecisionKind.MINUTE: (ProposalState.OPEN,),
    DecisionKind.CONFIRM: (ProposalState.RECORDED,),
    DecisionKind.DISPUTE: (ProposalState.RECORDED,),
}
CHAIR_ACTION_ACTS = {
    DecisionKind.SIGN: (ChairActionState.OPEN,),
    DecisionKind.MINUTE: (ChairActionState.OPEN,),
    DecisionKind.CONFIRM: (ChairActionState.RECORDED,),
    DecisionKind.DISPUTE: (ChairActionState.RECORDED,),
}


class Significance(models.TextChoices):
    MAJOR = "major", _("Yes: people must do something differently")
    MINOR = "minor", _("No: wording only")


class Outcome(models.TextChoices):
    """What a meeting decides about a submitted text."""

    RATIFY = "ratify", _("Ratify")
    RATIFY_IF = "ratify if", _("Ratify with conditions")
    SEND_BACK = "send back", _("Send back with a reason")
    REJECT = "reject", _("Reject")


class ProposalOutcome(models.TextChoices):
    ALLOW = "allow", _("Allow")
    REFUSE = "refuse", _("Refuse")


class ChairActionOutcome(models.TextChoices):
    RATIFY = "ratify", _("Ratify")
    DECLINE = "decline", _("Do not ratify")


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
