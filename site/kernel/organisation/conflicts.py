"""What may not stand side by side on one day. Pure: rows in, complaint out, saved or not."""

from collections.abc import Callable, Iterable
from itertools import combinations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def _share_a_day(one, other) -> bool:
    begins_in_time = one.until_on is None or other.from_on <= one.until_on
    return begins_in_time and (other.until_on is None or one.from_on <= other.until_on)


def _any_pair(rows: Iterable, clash: Callable) -> bool:
    return any(_share_a_day(one, other) and clash(one, other) for one, other in combinations(rows, 2))


def check_seats(seats: Iterable) -> None:
    """One chair a day, and nobody twice in one capacity on one day. ``seats`` are all of one body."""
    seats = list(seats)
    if _any_pair([seat for seat in seats if seat.capacity == "chair"], lambda one, other: True):
        raise ValidationError(_("This body has a chair already on some of these days."))
    if _any_pair(seats, lambda a, b: (a.person_id, a.capacity) == (b.person_id, b.capacity)):
        raise ValidationError(_("This person has this seat already on some of these days."))


def check_posts(posts: Iterable) -> None:
    """One main post a day. ``posts`` are all of one person."""
    if _any_pair([post for post in posts if post.primary], lambda one, other: True):
        raise ValidationError(_("This person has a main post already on some of these days."))
