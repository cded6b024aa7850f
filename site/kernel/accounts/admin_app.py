"""Wagtail's own users app, with our rules on who may manage whom."""

from wagtail.users.apps import WagtailUsersAppConfig

from kernel.compat import use_policy


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "kernel.accounts.admin_views.GuardedUserViewSet"
    group_viewset = "kernel.accounts.admin_views.GuardedGroupViewSet"

    def ready(self):
        from kernel.accounts.admin_views import GuardedGroupViewSet  # noqa: PLC0415  models are loaded by now

        super().ready()
        use_policy(GuardedGroupViewSet.model, GuardedGroupViewSet.permission_policy)
