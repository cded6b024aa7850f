"""Read-only registers of plain rows in the admin: the only use of modeladmin, so that it can be dropped."""

from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView

from kernel.content.exports import SafeSpreadsheetMixin


class ReadOnlyPermission(PermissionHelper):
    """Who may view the model may list, inspect and export. Nobody changes anything, superusers included."""

    def user_has_any_permissions(self, user):
        return self.user_has_specific_permission(user, self.get_perm_codename("view"))

    def user_can_create(self, user):
        return False

    def user_can_edit_obj(self, user, obj):
        return False

    def user_can_delete_obj(self, user, obj):
        return False


class RegisterIndexView(SafeSpreadsheetMixin, IndexView):
    pass


class RegisterAdmin(ModelAdmin):
    """Base of every register. Not for rows that some of its readers may not see: it has no scope by row."""

    permission_helper_class = ReadOnlyPermission
    index_view_class = RegisterIndexView
    inspect_view_enabled = True
    history_view_enabled = False
    list_per_page = 50
