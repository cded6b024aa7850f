"""Read-only registers of plain rows in the admin: the only use of modeladmin, so that it can be dropped."""

from django.contrib.admin.options import IncorrectLookupParameters
from django.http import Http404
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
    """Narrowed by the filters of the list and by nothing else.

    Whatever else an address asks is left out: without it, any column could be guessed letter by letter, also one that
    the list does not show. A value that means nothing is not found; PostgreSQL takes no text with a NUL.
    """

    def dispatch(self, request, *args, **kwargs):
        if any("\0" in value for _name, values in request.GET.lists() for value in values):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_filters_params(self, params=None):
        asked = super().get_filters_params(params)
        return {name: value for name, value in asked.items() if name.partition("__")[0] in self.list_filter}

    def get_queryset(self, request=None):
        try:
            return super().get_queryset(request)
        except IncorrectLookupParameters as error:
            raise Http404 from error


class RegisterAdmin(ModelAdmin):
    """Base of every register. Not for rows that some of its readers may not see: it has no scope by row."""

    permission_helper_class = ReadOnlyPermission
    index_view_class = RegisterIndexView
    inspect_view_enabled = True
    history_view_enabled = False
    list_per_page = 50
