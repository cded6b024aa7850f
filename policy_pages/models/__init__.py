from policy_pages.models.body_review import BodyReview
from policy_pages.models.clause_entry import ClauseEntry
from policy_pages.models.effectiveness_audit import EffectivenessAudit
from policy_pages.models.pages import PolicyIndexPage, PolicyPage
from policy_pages.models.placeholder import Placeholder
from policy_pages.models.policy_import import ImportPicture, PolicyImport
from policy_pages.models.report_duty import Frequency, ReportDuty, ReportMade
from policy_pages.models.review import DueMove, Extension, Review, ReviewCycle
from policy_pages.models.review_rules import ReviewRules
from policy_pages.models.version import PolicyVersion, VersionFile

__all__ = [
    "BodyReview",
    "ClauseEntry",
    "EffectivenessAudit",
    "Frequency",
    "DueMove",
    "Extension",
    "ImportPicture",
    "Placeholder",
    "PolicyImport",
    "PolicyIndexPage",
    "PolicyPage",
    "PolicyVersion",
    "ReportDuty",
    "ReportMade",
    "Review",
    "ReviewCycle",
    "ReviewRules",
    "VersionFile",
]
