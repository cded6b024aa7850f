"""Rooms and trainers that are taken, in words, before the database refuses them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from course_catalogue.enums import SessionState
from course_catalogue.models import Room, SessionDay, Teaching, Trainer
from course_catalogue.planning.days import Day
from kernel.lifecycle.templatetags.dates import clock, full_date


def lock(days: Iterable[Day]) -> None:
    """Lock the rooms, then the trainers of the days, each in the order of keys: nobody waits in a circle."""
    days = list(days)
    for model, keys in (
        (Room, {room.pk for day in days for room in day.rooms}),
        (Trainer, {trainer.pk for day in days for trainer in day.trainers}),
    ):
        list(model.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values("pk"))


def refuse(days: Sequence[Day], *, besides=None) -> None:
    """Raise ValidationError, code "clash", under "room_<n>" or "trainers_<n>" for each day whose room or trainer is
    taken by another session that stands. ``besides``: the session that is changed."""
    wrong: dict[str, list[str]] = {}
    for number, day in enumerate(days, 1):
        others = _at_that_time(day.starts_at, day.ends_at, besides)
        if words := _rooms(others, day):
            wrong[f"room_{number}"] = words
        if words := _trainers(others, day):
            wrong[f"trainers_{number}"] = words
    if wrong:
        raise ValidationError(
            {name: [ValidationError(text, code="clash") for text in rows] for name, rows in wrong.items()}
        )


def _at_that_time(starts_at: datetime, ends_at: datetime, besides):
    rows = SessionDay.objects.exclude(session__state=SessionState.CANCELLED)
    rows = rows.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
    return rows.exclude(session=besides.pk) if besides else rows


def _rooms(others, day: Day) -> list[str]:
    found = []
    for room in day.rooms:
        rows = others.filter(Q(room=room) | Q(more_rooms=room)).distinct()
        if taken := rows.select_related("session__course").first():
            found.append(_("%(what)s is taken: %(by)s.") % {"what": room, "by": _said(taken)})
    return found


def _trainers(others, day: Day) -> list[str]:
    rows = Teaching.objects.filter(day__in=others, trainer__in=[trainer.pk for trainer in day.trainers])
    rows = rows.select_related("trainer__person", "day__session__course").order_by("trainer__person__name")
    return [_("%(what)s teaches then: %(by)s.") % {"what": row.trainer, "by": _said(row.day)} for row in rows]


def _said(day: SessionDay) -> str:
    return _("%(course)s, %(day)s, %(first)s to %(last)s") % {
        "course": day.session.course.title,
        "day": full_date(day.starts_at),
        "first": clock(day.starts_at),
        "last": clock(day.ends_at),
    }


def warnings(days: Sequence[Day], capacity: int | None) -> list[str]:
    """What does not stop anybody: rooms that have fewer seats than the session has places."""
    found = []
    for number, day in enumerate(days, 1):
        if not day.rooms:
            continue
        seats = [room.seats for room in day.rooms]
        said = {"n": number, "rooms": "; ".join(map(str, day.rooms)), "places": capacity}
        if None in seats:
            found.append(_("Day %(n)d: nobody has said how many seats %(rooms)s has.") % said)
        elif capacity is None:
            found.append(_("Day %(n)d: places are not limited, but the seats of %(rooms)s are.") % said)
        elif sum(seats) < capacity:
            words = ngettext(
                "Day %(n)d: %(rooms)s has %(seats)d seat for %(places)d places.",
                "Day %(n)d: %(rooms)s has %(seats)d seats for %(places)d places.",
                sum(seats),
            )
            found.append(words % {**said, "seats": sum(seats)})
    return found
