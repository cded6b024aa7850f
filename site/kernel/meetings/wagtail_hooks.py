from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_audit_actions")
def audit_actions():
    return {
        "meetings.put_on": _("Put on an agenda"),
        "meetings.take_off": _("Taken off an agenda"),
        "meetings.move": _("Moved on an agenda"),
        "meetings.record": _("Recorded the minutes of a meeting"),
        "meetings.confirm": _("Confirmed the minutes of a meeting"),
        "meetings.return": _("Returned the minutes of a meeting"),
    }
