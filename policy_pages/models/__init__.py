from policy_pages.models.clause_entry import ClauseEntry
from policy_pages.models.pages import PolicyIndexPage, PolicyPage
from policy_pages.models.placeholder import Placeholder
from policy_pages.models.policy_import import ImportPicture, PolicyImport
from policy_pages.models.retirement import Retirement
from policy_pages.models.review import DueMove, Extension, Review, ReviewCycle
from policy_pages.models.review_rules import ReviewRules
from policy_pages.models.screening import FullAssessment, Screening, ScreeningAnswer
from policy_pages.models.screening_kind import (
    DocumentTemplate,
    RequiredSection,
    ScreeningKind,
    ScreeningRow,
)
from policy_pages.models.version import PolicyVersion, VersionFile

__all__ = [
    "ClauseEntry",
    "DueMove",
    "Extension",
    "DocumentTemplate",
    "FullAssessment",
    "ImportPicture",
    "Placeholder",
    "PolicyImport",
    "PolicyIndexPage",
    "PolicyPage",
    "PolicyVersion",
    "Retirement",
    "Review",
    "ReviewCycle",
    "ReviewRules",
    "RequiredSection",
    "Screening",
    "ScreeningAnswer",
    "ScreeningKind",
    "ScreeningRow",
    "VersionFile",
]
