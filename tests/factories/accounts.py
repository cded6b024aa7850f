from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

_number = count(1)
PASSWORD = "a long word for the suite"


def make_user(*, groups=(), **overrides):
    """A login that may sign in with ``PASSWORD``; ``groups`` are names, made when they are missing."""
    number = next(_number)
    values = {"username": f"user{number}", "email": f"user{number}@example.org", "password": PASSWORD}
    user = get_user_model().objects.create_user(**{**values, **overrides})
    user.groups.set([Group.objects.get_or_create(name=name)[0] for name in groups])
    return user
