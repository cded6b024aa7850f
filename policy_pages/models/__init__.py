from policy_pages.models.clause_entry import ClauseEntry
from policy_pages.models.pages import PolicyIndexPage, PolicyPage
from policy_pages.models.placeholder import Placeholder
from policy_pages.models.policy_import import ImportPicture, PolicyImport
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
    "DocumentTemplate",
    "FullAssessment",
    "ImportPicture",
    "Placeholder",
    "PolicyImport",
    "PolicyIndexPage",
    "PolicyPage",
    "PolicyVersion",
    "RequiredSection",
    "Screening",
    "ScreeningAnswer",
    "ScreeningKind",
    "ScreeningRow",
    "VersionFile",
]
