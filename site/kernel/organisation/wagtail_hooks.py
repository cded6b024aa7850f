from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from kernel.organisation.admin_views import OrganisationGroup
from kernel.organisation.chooser_views import login_chooser, people_chooser


@hooks.register("register_admin_viewset")
def admin_screens():
    return [people_chooser, login_chooser, OrganisationGroup()]


@hooks.register("register_audit_actions")
def audit_actions():
    return {
        "organisation.add_post": _("Gave a person a post"),
        "organisation.end_post": _("Ended a post"),
        "organisation.change_manager": _("Changed the line manager"),
        "organisation.record_absence": _("Recorded an absence"),
        "organisation.join_body": _("Seated a person in a body"),
        "organisation.leave_body": _("Ended a seat in a body"),
        "organisation.delegate": _("Delegated to somebody"),
        "organisation.end_delegation": _("Ended a delegation"),
        "organisation.grant_role": _("Gave a role"),
        "organisation.withdraw_role": _("Took a role back"),
        "organisation.leave": _("Let a person go"),
        "organisation.close_leaver": _("Closed the login of a leaver"),
        "organisation.suspend_agency": _("Suspended an agency"),
        "organisation.reinstate_agency": _("Reinstated an agency"),
        "organisation.edit": _("Changed the organisation on an admin screen"),
        "organisation.link_login": _("Tied a login to a person"),
    }
