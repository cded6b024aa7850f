"""Wagtail's screens for users and groups, each asking ``permissions`` before it does anything."""

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views import groups, users
from wagtail.users.views.bulk_actions import (
    AssignRoleBulkAction,
    DeleteBulkAction,
    SetActiveStateBulkAction,
)

from . import services
from .permissions import can_manage_user, grantable_groups


class _GuardedForm:
    """Offers no more than the manager may give, to himself nothing; passwords are set by their owners."""

    def __init__(self, *args, manager, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = grantable_groups(manager)
        if not manager.is_superuser:
            self.fields.pop("is_superuser", None)
        if not manager.is_superuser and self.instance.pk == manager.pk:
            self.fields.pop("groups")  # nobody gives a role to themselves

    def save(self, commit=True):
        if self.instance.pk is None:
            self.instance.set_unusable_password()
        return super().save(commit=commit)


class GuardedCreationForm(_GuardedForm, UserCreationForm):
    pass


class GuardedEditForm(_GuardedForm, UserEditForm):
    pass


class _TellsManager:
    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "manager": self.request.user}


class GuardedCreateView(_TellsManager, users.CreateView):
    def save_instance(self):
        made = super().save_instance()
        services.note_login_made(made, actor=self.request.user)
        services.send_password_link(made, request=self.request)
        return made


class _GuardedTarget:
    def dispatch(self, request, *args, **kwargs):
        if not can_manage_user(request.user, self.get_object()):
            raise PermissionDenied(_("This login has more rights than yours. Ask a site administrator."))
        return super().dispatch(request, *args, **kwargs)


class GuardedEditView(_GuardedTarget, _TellsManager, users.EditView):
    def save_instance(self):
        before = services.login_facts(self.model.objects.get(pk=self.object.pk))
        changed = super().save_instance()
        services.note_login_changed(changed, before=before, actor=self.request.user)
        return changed


class GuardedDeleteView(_GuardedTarget, users.DeleteView):
    def delete_action(self):
        services.delete_login(self.object, actor=self.request.user)


class GuardedUserViewSet(users.UserViewSet):
    add_view_class = GuardedCreateView
    edit_view_class = GuardedEditView
    delete_view_class = GuardedDeleteView
    copy_view_enabled = False

    def get_form_class(self, for_update=False):
        return GuardedEditForm if for_update else GuardedCreationForm


class SuperuserPolicy(ModelPermissionPolicy):
    """Groups are made by ``sync_roles``; by hand only a superuser touches them."""

    def user_has_permission(self, user, action):
        return user.is_active and user.is_superuser

    def user_has_any_permission(self, user, actions):
        return user.is_active and user.is_superuser

    def users_with_any_permission(self, actions):
        return super().users_with_any_permission(actions).filter(is_superuser=True)


class GuardedGroupViewSet(groups.GroupViewSet):
    permission_policy = SuperuserPolicy(Group)


class _GuardedBulk:
    def check_perm(self, obj):
        return super().check_perm(obj) and can_manage_user(self.request.user, obj)

    def get_execution_context(self):
        return {**super().get_execution_context(), "actor": self.request.user}


class GuardedAssignRole(_GuardedBulk, AssignRoleBulkAction):
    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.fields["role"].queryset = grantable_groups(self.request.user)
        return form

    @classmethod
    def execute_action(cls, objects, role=None, actor=None, **kwargs):
        for user in objects:
            services.give_group(user, role, actor=actor)
        return len(objects), 0


class GuardedDelete(_GuardedBulk, DeleteBulkAction):
    @classmethod
    def execute_action(cls, objects, actor=None, **kwargs):
        for user in objects:
            services.delete_login(user, actor=actor)
        return len(objects), 0


class GuardedSetActiveState(_GuardedBulk, SetActiveStateBulkAction):
    @classmethod
    def execute_action(cls, objects, mark_as_active=False, actor=None, **kwargs):
        change = services.open_login if mark_as_active else services.close_login
        for user in objects:
            change(user, actor=actor)
        return len(objects), 0
