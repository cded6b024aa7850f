"""Wagtail's own users app, with our rules on who may manage whom."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "kernel.accounts.admin_views.GuardedUserViewSet"
    group_viewset = "kernel.accounts.admin_views.GuardedGroupViewSet"
