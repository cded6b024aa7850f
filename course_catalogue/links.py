"""Addresses of a session's pages, for lists, mails and calendar files."""

from django.conf import settings

HERE = "/training/"
# Who books for themselves: an address that names nobody has nobody ticked.
ME = "me"


def session(pk: int) -> str:
    return f"{HERE}session/{pk}/"


def book(pk: int) -> str:
    """Where the reader books a place, asks or waits for one, as the session stands."""
    return f"{HERE}session/{pk}/book/?for={ME}"


def interest(course: int) -> str:
    return f"{HERE}course/{course}/interest/"


def absolute(path: str) -> str:
    """As it stands in a mail or a calendar."""
    return settings.WAGTAILADMIN_BASE_URL + path
