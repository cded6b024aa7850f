from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import Group, Permission

from kernel.accounts.models import User

PASSWORD = "long-green-heron-42"


def make_user(email="priya.nair@example.org", password=PASSWORD, permissions=(), groups=(), **overrides):
    user = User(username=overrides.pop("username", email), email=email, **overrides)
    user.set_password(password)
    user.save()
    user.user_permissions.set(find_permission(name) for name in permissions)
    user.groups.set(groups)
    return user


def make_user_manager(email="uma.manager@example.org", **overrides):
    names = ["add_user", "change_user", "delete_user", "view_user"]
    permissions = ["wagtailadmin.access_admin", *(f"kernel_accounts.{name}" for name in names)]
    return make_user(email, permissions=permissions, **overrides)


def make_group(name="Readers", permissions=()):
    group, _made = Group.objects.get_or_create(name=name)
    group.permissions.set(find_permission(permission) for permission in permissions)
    return group


def find_permission(name):
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is hashed."""

    count = 0

    def encode(self, password, salt):
        CountingHasher.count += 1
        return super().encode(password, salt)
