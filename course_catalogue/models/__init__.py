from course_catalogue.models.approval import CourseApproval
from course_catalogue.models.attendance import Attendance
from course_catalogue.models.booking import Booking, SkippedWaiting
from course_catalogue.models.calendar_page import TrainingCalendarPage
from course_catalogue.models.certificate import Certificate, Revocation
from course_catalogue.models.charging import (
    AgencyClass,
    ChargePolicy,
    ChargeTier,
    PayerClass,
    Price,
    WaiverGround,
)
from course_catalogue.models.clearance import Clearance
from course_catalogue.models.closing import PlatformUpload, RegisterClosing
from course_catalogue.models.course_parts import CourseMethod, CourseOutcome, CoursePrerequisite, CourseSource
from course_catalogue.models.feed import CalendarFeed
from course_catalogue.models.joining import Joining
from course_catalogue.models.ledger import Invoice, InvoiceLine, InvoiceNumber, LedgerEntry, Waiver
from course_catalogue.models.pages import CourseIndexPage, CoursePage
from course_catalogue.models.places import Room, Venue
from course_catalogue.models.pool import PoolRule, TrainerDay
from course_catalogue.models.programme import Programme, ProgrammeCourse, ProgrammeReview
from course_catalogue.models.session import CourseSession, SessionDay
from course_catalogue.models.settings import TrainingSettings
from course_catalogue.models.shares import HeldPlaces, PlaceLimit
from course_catalogue.models.skills import SkillsNeed
from course_catalogue.models.telling import CalendarTold, Interest, MailRule, SessionMessage
from course_catalogue.models.trainer import (
    Observation,
    SpecificationCheck,
    SpecificationPoint,
    Teaching,
    Trainer,
    TrainerEligibility,
    Unavailability,
)
from course_catalogue.models.tries import Tried
from course_catalogue.models.vocabulary import (
    AudienceGroup,
    Framework,
    Level,
    Method,
    OpportunityKind,
    Priority,
    Subject,
)

__all__ = [
    "AgencyClass",
    "Attendance",
    "AudienceGroup",
    "Booking",
    "CalendarFeed",
    "CalendarTold",
    "Certificate",
    "ChargePolicy",
    "ChargeTier",
    "Clearance",
    "CourseApproval",
    "CourseIndexPage",
    "CourseMethod",
    "CourseOutcome",
    "CoursePage",
    "CoursePrerequisite",
    "CourseSession",
    "CourseSource",
    "Framework",
    "HeldPlaces",
    "Interest",
    "Invoice",
    "InvoiceLine",
    "InvoiceNumber",
    "Joining",
    "LedgerEntry",
    "Level",
    "MailRule",
    "Method",
    "Observation",
    "OpportunityKind",
    "PayerClass",
    "PlaceLimit",
    "PlatformUpload",
    "PoolRule",
    "Price",
    "Priority",
    "Programme",
    "ProgrammeCourse",
    "ProgrammeReview",
    "RegisterClosing",
    "Revocation",
    "Room",
    "SessionDay",
    "SessionMessage",
    "SkillsNeed",
    "SkippedWaiting",
    "SpecificationCheck",
    "SpecificationPoint",
    "Subject",
    "Teaching",
    "Trainer",
    "TrainerDay",
    "TrainerEligibility",
    "TrainingCalendarPage",
    "TrainingSettings",
    "Tried",
    "Unavailability",
    "Venue",
    "Waiver",
    "WaiverGround",
]
