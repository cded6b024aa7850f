from kernel.organisation.services.bodies import delegate, end_delegation, join_body, leave_body
from kernel.organisation.services.leavers import close_leavers, leave, reinstate_agency, suspend_agency
from kernel.organisation.services.posts import add_post, change_manager, end_post, record_absence
from kernel.organisation.services.roles import grant_role, withdraw_role

__all__ = [
    "add_post",
    "change_manager",
    "close_leavers",
    "delegate",
    "end_delegation",
    "end_post",
    "grant_role",
    "join_body",
    "leave",
    "leave_body",
    "record_absence",
    "reinstate_agency",
    "suspend_agency",
    "withdraw_role",
]
