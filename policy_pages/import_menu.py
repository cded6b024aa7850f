"""The ways to the import screens from Wagtail's admin: an entry of its menu, a button of each policy."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from policy_pages.imports.rights import libraries_for
from policy_pages.models import PolicyPage
from policy_pages.permissions import can_edit


class ImportMenuItem(MenuItem):
    """For whoever may begin a policy."""

    def is_shown(self, request):
        return bool(libraries_for(request.user))


def menu_item():
    return ImportMenuItem(_("Import a policy"), reverse("policy_imports"), icon_name="upload", order=210)


def page_buttons(page, user, view_name, next_url=None):
    if isinstance(page, PolicyPage) and page.pk and can_edit(user, page):
        yield Button(
            _("Import its next text"),
            reverse("policy_import_again", args=[page.pk]),
            icon_name="upload",
            priority=60,
        )
