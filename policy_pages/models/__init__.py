from policy_pages.models.clause_entry import ClauseEntry
from policy_pages.models.pages import PolicyIndexPage, PolicyPage
from policy_pages.models.placeholder import Placeholder
from policy_pages.models.version import PolicyVersion, VersionFile

__all__ = ["ClauseEntry", "Placeholder", "PolicyIndexPage", "PolicyPage", "PolicyVersion", "VersionFile"]
