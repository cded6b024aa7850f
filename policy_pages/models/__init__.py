from policy_pages.models.body_review import BodyReview
from policy_pages.models.clause_entry import ClauseEntry
from policy_pages.models.duties import DutyEntry, DutyRole, LocalRole
from policy_pages.models.effectiveness_audit import EffectivenessAudit
from policy_pages.models.pages import PolicyIndexPage, PolicyPage
from policy_pages.models.placeholder import Placeholder
from policy_pages.models.policy_import import ImportPicture, PolicyImport
from policy_pages.models.reading import (
    Acknowledgement,
    DraftQuestion,
    ReadingCall,
    ReadingChoice,
    ReadingQuestion,
    ReadingRule,
)
from policy_pages.models.report_duty import Frequency, ReportDuty, ReportMade
from policy_pages.models.retirement import Retirement
from policy_pages.models.review import DueMove, Extension, Review, ReviewCycle
from policy_pages.models.review_rules import ReviewRules
from policy_pages.models.screening import FullAssessment, Screening, ScreeningAnswer
from policy_pages.models.screening_kind import DocumentTemplate, RequiredSection, ScreeningKind, ScreeningRow
from policy_pages.models.version import PolicyVersion, VersionFile

__all__ = [
    "Acknowledgement",
    "BodyReview",
    "ClauseEntry",
    "DocumentTemplate",
    "DraftQuestion",
    "DueMove",
    "DutyEntry",
    "DutyRole",
    "EffectivenessAudit",
    "Extension",
    "Frequency",
    "FullAssessment",
    "ImportPicture",
    "LocalRole",
    "Placeholder",
    "PolicyImport",
    "PolicyIndexPage",
    "PolicyPage",
    "PolicyVersion",
    "ReadingCall",
    "ReadingChoice",
    "ReadingQuestion",
    "ReadingRule",
    "ReportDuty",
    "ReportMade",
    "RequiredSection",
    "Retirement",
    "Review",
    "ReviewCycle",
    "ReviewRules",
    "Screening",
    "ScreeningAnswer",
    "ScreeningKind",
    "ScreeningRow",
    "VersionFile",
]
