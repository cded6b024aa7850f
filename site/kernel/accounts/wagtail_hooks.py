from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from .admin_views import GuardedAssignRole, GuardedDelete, GuardedSetActiveState
from .permissions import can_manage_user

# after Wagtail's own of the same name, so that ours stand in their places
for action in (GuardedAssignRole, GuardedDelete, GuardedSetActiveState):
    hooks.register("register_bulk_action", action, order=1)


@hooks.register("register_audit_actions")
def audit_actions():
    return {
        "accounts.sign_in": _("Signed in"),
        "accounts.sign_out": _("Signed out"),
        "accounts.failed_sign_in": _("Sign-in failed"),
        "accounts.stop_sign_in": _("Sign-in stopped after too many failures"),
        "accounts.change_password": _("Changed the password"),
        "accounts.second_factor_on": _("Switched the second factor on"),
        "accounts.second_factor_off": _("Switched the second factor off"),
        "accounts.make_login": _("Made a login"),
        "accounts.change_login": _("Changed a login"),
        "accounts.close_login": _("Closed a login"),
        "accounts.open_login": _("Opened a login again"),
        "accounts.delete_login": _("Deleted a login"),
        "accounts.give_group": _("Gave a group"),
        "accounts.ask_second_factor_reset": _("Asked for a reset of a second factor"),
        "accounts.reset_second_factor": _("Reset a second factor"),
    }


@hooks.register("register_user_listing_buttons")
def lost_device_button(user, request_user):
    if user != request_user and can_manage_user(request_user, user):
        yield Button(_("Lost device"), reverse("account_lost_device", args=[user.pk]), priority=40)
