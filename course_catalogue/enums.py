"""The words of training: kinds, states and which state may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Delivery(models.TextChoices):
    """How a course comes to people; the seven kinds of the partnership's offer (S4-12)."""

    E_LEARNING = "e-learning", _("E-learning")
    SINGLE_AGENCY = "single agency", _("Single agency")
    MULTI_AGENCY = "multi agency", _("Multi-agency")
    BRIEFING = "briefing", _("Briefing")
    WORKSHOP = "workshop", _("Workshop")
    CONFERENCE = "conference", _("Conference")
    EVENT = "event", _("Event")


class GroupTag(models.TextChoices):
    """Groups that a programme must not forget, beside those of an audience scheme (S2-51)."""

    MANAGERS = "managers", _("Managers")
    LEAD_OFFICERS = "lead officers", _("Lead officers")
    STRATEGIC_PARTNERS = "strategic partners", _("Strategic partners")
    COMMISSIONERS = "commissioners", _("Commissioners")


class PrioritySource(models.TextChoices):
    """What puts something on the programme; seven sources (S4-20)."""

    NEEDS_ANALYSIS = "needs analysis", _("training needs analysis")
    FEEDBACK = "feedback", _("what participants said")
    AUDIT = "audit", _("audit")
    PRACTICE_REVIEW = "practice review", _("practice learning review")
    CASE_REVIEW = "case review", _("serious case review")
    DRIVER = "driver", _("local or national driver")
    INTEREST = "interest", _("area of interest")


class SourceKind(models.TextChoices):
    """What sort of thing the content of a course rests on (S4-40)."""

    RESEARCH = "research", _("Research")
    REVIEW = "review", _("Lessons of a case review")
    LAW = "law", _("Law or statutory guidance")
    GUIDANCE = "guidance", _("Guidance of a professional body")
    LOCAL = "local", _("Local audit or data")


class ApprovingRole(models.TextChoices):
    """The two who must both approve a course before anybody can book it (S0-63)."""

    EXPERT = "subject-expert", _("subject expert")
    EDUCATION = "education-officer", _("education officer")


class SessionState(models.TextChoices):
    """Where a session stands. Whether it is full, past or closed for booking is derived, never stored."""

    PLANNED = "planned", _("planned, not open yet")
    OPEN = "open", _("open for booking")
    CANCELLED = "cancelled", _("cancelled by the organiser")


SESSION_MOVES = {
    SessionState.PLANNED: {SessionState.OPEN, SessionState.CANCELLED},
    SessionState.OPEN: {SessionState.CANCELLED},
    SessionState.CANCELLED: set(),
}


class BookingState(models.TextChoices):
    """One person's standing with one session. Attended or not is told by the register, not here."""

    REQUESTED = "requested", _("place held: waiting for the line manager")
    WAITING = "waiting", _("waiting")
    OFFERED = "offered", _("offered")
    BOOKED = "booked", _("booked")
    NOT_RELEASED = "not released", _("not released")
    LAPSED = "lapsed", _("not answered in time")
    LET_GO = "let go", _("offer let go")
    LEFT = "left", _("left the waiting list")
    CANCELLED = "cancelled", _("cancelled")
    GIVEN = "given", _("given to a colleague")
    WITHDRAWN = "withdrawn", _("withdrawn for patient safety")


TAKES_A_PLACE = (BookingState.REQUESTED, BookingState.OFFERED, BookingState.BOOKED)
LIVE = (*TAKES_A_PLACE, BookingState.WAITING)

BOOKING_MOVES = {
    BookingState.WAITING: {
        BookingState.OFFERED,
        BookingState.REQUESTED,
        BookingState.BOOKED,
        BookingState.LEFT,
        BookingState.CANCELLED,
    },
    BookingState.OFFERED: {
        BookingState.REQUESTED,
        BookingState.BOOKED,
        BookingState.LAPSED,
        BookingState.LET_GO,
        BookingState.CANCELLED,
    },
    BookingState.REQUESTED: {
        BookingState.BOOKED,
        BookingState.NOT_RELEASED,
        BookingState.LAPSED,
        BookingState.CANCELLED,
        BookingState.GIVEN,
    },
    BookingState.BOOKED: {
        BookingState.CANCELLED,
        BookingState.GIVEN,
        BookingState.WITHDRAWN,
    },
}


class CancelledBy(models.TextChoices):
    """On whose account a booking was cancelled; only the first three can be late and cost something."""

    OWN = "own", _("cannot come")
    DIVERTED = "diverted", _("asked to do another task")
    AGENCY = "agency", _("cancelled by the agency")
    ORGANISER = "organiser", _("the session was cancelled")
    MOVED = "moved", _("moved to another date")


class Mark(models.TextChoices):
    """What the register says of one person on one day (S0-51); cancelled in time or late comes from the booking."""

    ATTENDED = "attended", _("attended")
    PART = "part", _("attended in part")
    DID_NOT_ATTEND = "did not attend", _("did not attend")
    EXCUSED = "excused", _("excused")


class TrainerGround(models.TextChoices):
    """What lets somebody teach for the partnership (S4-61)."""

    OWN_ROLE = "own role", _("safeguarding trainer of their own organisation")
    TRAINED = "trained", _("completed a course for trainers")


class MailKind(models.TextChoices):
    """What a rule sends before a session."""

    JOINING = "joining", _("joining instructions")
    REMINDER = "reminder", _("reminder")
    MATERIALS = "materials", _("materials")
