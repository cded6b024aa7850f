from itertools import count

from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import Group, Permission

from kernel.accounts.models import User

_number = count(1)
PASSWORD = "long-green-heron-42"


def make_user(email=None, password=PASSWORD, permissions=(), groups=(), **overrides) -> User:
    """A login that may sign in with ``PASSWORD``; ``groups`` are groups or their names, made when missing."""
    email = email or f"user{next(_number)}@example.org"
    user = User(username=overrides.pop("username", email), email=email, **overrides)
    user.set_password(password)
    user.save()
    user.user_permissions.set(find_permission(name) for name in permissions)
    user.groups.set(group if isinstance(group, Group) else make_group(group) for group in groups)
    return user


def make_user_manager(email="uma.manager@example.org", **overrides) -> User:
    names = ["add_user", "change_user", "delete_user", "view_user"]
    permissions = ["wagtailadmin.access_admin", *(f"kernel_accounts.{name}" for name in names)]
    return make_user(email, permissions=permissions, **overrides)


def make_group(name="Readers", permissions=()) -> Group:
    group, _made = Group.objects.get_or_create(name=name)
    if permissions:
        group.permissions.set(find_permission(permission) for permission in permissions)
    return group


def find_permission(name) -> Permission:
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is hashed."""

    count = 0

    def encode(self, password, salt):
        CountingHasher.count += 1
        return super().encode(password, salt)
