from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from kernel.lifecycle.admin_views import ClosedDays


@hooks.register("register_admin_viewset")
def closed_days():
    return ClosedDays()


@hooks.register("register_audit_actions")
def audit_actions():
    return {
        "lifecycle.submit": _("Submitted for approval"),
        "lifecycle.approve": _("Approved the text"),
        "lifecycle.sign": _("Signed for ratification"),
        "lifecycle.minute": _("Recorded a meeting's decision"),
        "lifecycle.confirm": _("Confirmed a meeting's decision"),
        "lifecycle.dispute": _("Returned a meeting's record"),
        "lifecycle.send_back": _("Sent back"),
        "lifecycle.reject": _("Rejected the text"),
        "lifecycle.close_condition": _("Said that a condition is met"),
        "lifecycle.chair_action": _("Issued by chair's action"),
        "lifecycle.decline": _("Did not ratify a chair's action"),
        "lifecycle.no_part": _("Took no part"),
        "lifecycle.propose": _("Proposed to a body"),
        "lifecycle.withdraw": _("Withdrew a proposal"),
        "lifecycle.refuse": _("Refused a proposal"),
        "lifecycle.recall": _("Recalled"),
        "lifecycle.void": _("Made void by a change of the text"),
        "lifecycle.retry_outbox": _("Had a mail or event that was given up tried again"),
    }
