from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who may read the text in force."""

    PUBLIC = "public", _("everybody, without signing in")
    PARTNERS = "partners", _("our staff and partner agencies")
    STAFF = "staff", _("our staff")
    GROUPS = "groups", _("named staff groups only")


class Force(models.TextChoices):
    """How binding a clause is, read from its words."""

    MUST = "must", _("must")
    SHOULD = "should", _("should")
    MAY = "may", _("may")
    NONE = "", _("no duty")


class Asks(models.TextChoices):
    """Whom a new version asks to read it again."""

    EVERYBODY = "everybody", _("everybody who must know this policy")
    ROLES = "roles", _("only holders of the job roles whose clauses changed")
    NOBODY = "nobody", _("nobody: what they read before carries over")


class HowRead(models.TextChoices):
    """How it was confirmed that somebody has read a version."""

    OWN = "own", _("own sign-in")
    PAPER = "paper", _("on paper")


class Cadence(models.TextChoices):
    """How often a duty comes, read from the words of the issued text; in the order of a ward's day."""

    SHIFT = "shift", _("every shift")
    DAY = "day", _("every day")
    WEEK = "week", _("every week")
    MONTH = "month", _("every month")
    QUARTER = "quarter", _("every quarter")
    YEAR = "year", _("every year")
    OTHER = "other", _("at another interval")
    EVENT = "event", _("when it happens")
    UNSTATED = "", _("how often is not stated")


def how_often(cadence: str) -> str:
    """What a reader is told of a duty whose author chose it, because its words do not say it."""
    return _("How often: %(cadence)s.") % {"cadence": Cadence(cadence).label}


class DutySource(models.TextChoices):
    """Where in a text a duty stands."""

    CLAUSE = "clause", _("clause")
    RESPONSIBILITY = "responsibility", _("responsibility")
    TASK = "task", _("task")


class DocumentType(models.TextChoices):
    POLICY = "policy", _("policy")
    PROCEDURE = "procedure", _("procedure")
    GUIDELINE = "guideline", _("guideline")
    PROTOCOL = "protocol", _("protocol")
    PLAN = "plan", _("plan")
    OVERVIEW = "overview", _("overview")


class Topic(models.TextChoices):
    SAFEGUARDING = "safeguarding", _("safeguarding")
    CLINICAL = "clinical", _("clinical")
    PEOPLE = "people", _("people")
    CORPORATE = "corporate", _("corporate")
    ESTATES = "estates", _("estates and safety")


class ImportState(models.TextChoices):
    """Where one file stands that somebody brought."""

    WAITING = "waiting", _("waiting to be read")
    READING = "reading", _("being read")
    READY = "ready", _("read: to be checked")
    REFUSED = "refused", _("refused")
    UNCHANGED = "unchanged", _("no change")
    ACCEPTED = "accepted", _("accepted as a draft")
    DISCARDED = "discarded", _("discarded")


OPEN_IMPORTS = (ImportState.WAITING, ImportState.READING, ImportState.READY)

IMPORT_MOVES = {
    ImportState.WAITING: {ImportState.READING, ImportState.DISCARDED},
    ImportState.READING: {
        ImportState.WAITING,
        ImportState.READY,
        ImportState.REFUSED,
        ImportState.UNCHANGED,
        ImportState.DISCARDED,
    },
    ImportState.READY: {ImportState.ACCEPTED, ImportState.DISCARDED, ImportState.WAITING},
    ImportState.REFUSED: set(),
    ImportState.UNCHANGED: set(),
    ImportState.ACCEPTED: set(),
    ImportState.DISCARDED: set(),
}
"""Back to waiting: the process that read it died, or the policy changed since and the file is compared again."""


class ReviewOutcome(models.TextChoices):
    """How one review ended. Empty: it is open."""

    ISSUED = "issued", _("a new version was issued")
    REAFFIRMED = "re-affirmed", _("reviewed, unchanged")
    RETIRED = "retired", _("withdrawn")
    DONE = "done", _("done")
