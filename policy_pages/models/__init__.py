from policy_pages.models.clause_entry import ClauseEntry
from policy_pages.models.duties import DutyEntry, DutyRole, LocalRole
from policy_pages.models.pages import PolicyIndexPage, PolicyPage
from policy_pages.models.placeholder import Placeholder
from policy_pages.models.policy_import import ImportPicture, PolicyImport
from policy_pages.models.version import PolicyVersion, VersionFile

__all__ = [
    "ClauseEntry",
    "DutyEntry",
    "DutyRole",
    "ImportPicture",
    "LocalRole",
    "Placeholder",
    "PolicyImport",
    "PolicyIndexPage",
    "PolicyPage",
    "PolicyVersion",
    "VersionFile",
]
