from django.db import models
from django.utils.translation import gettext_lazy as _


class AnswerSet(models.TextChoices):
    """Which answers the rows of a screening offer."""

    IMPACT = "impact", _("positive, negative or no impact")
    YES_NO = "yes no", _("yes, no or does not apply")


class Answer(models.TextChoices):
    POSITIVE = "positive", _("positive")
    NEGATIVE = "negative", _("negative")
    NO_IMPACT = "no impact", _("no impact")
    YES = "yes", _("yes")
    NO = "no", _("no")
    NOT_APPLICABLE = "not applicable", _("does not apply")


ANSWERS = {
    AnswerSet.IMPACT: (Answer.POSITIVE, Answer.NEGATIVE, Answer.NO_IMPACT),
    AnswerSet.YES_NO: (Answer.YES, Answer.NO, Answer.NOT_APPLICABLE),
}


class FullOutcome(models.TextChoices):
    """What the lead decides at the end of a full assessment."""

    GO_ON = "go on", _("go on with this text")
    CHANGE = "change", _("change the text first")
    STOP = "stop", _("stop: do not go on with it")


class GateState(models.TextChoices):
    """How far one required screening of a draft is. Computed from rows, never stored."""

    TO_DO = "to do", _("not done")
    STALE = "stale", _("made before duties changed")
    AT_LEAD = "at lead", _("full assessment open")
    CHANGE = "change", _("the text is to be changed")
    STOPPED = "stopped", _("stopped")
    DONE = "done", _("done")
