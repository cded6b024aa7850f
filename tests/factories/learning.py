"""Screens of a person's training: sessions to come by the clock, and who is signed in."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from tests.factories.courses import make_session

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(who, **options) -> Client:
    """A client signed in as a person or a login."""
    client = Client(**options)
    client.force_login(getattr(who, "user", who), backend=BACKEND)
    return client


def soon_session(*, weeks=8, **overrides):
    """Open, in so many weeks from the clock, which is the views' own."""
    starts = (timezone.now() + timedelta(weeks=weeks)).replace(minute=0, second=0, microsecond=0)
    return make_session(**{"starts": starts, **overrides})
