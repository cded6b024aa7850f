"""The days of a session as they are planned, and local times that the clocks skip or repeat (I2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue.models import CourseSession
from kernel.lifecycle.templatetags.dates import clock, full_date

MOST_DAYS = 30


@dataclass(frozen=True)
class Day:
    """One day of a session: aware moments, where, who teaches. Online days have no room."""

    starts_at: datetime
    ends_at: datetime
    room: object = None
    more_rooms: tuple = ()
    trainers: tuple = ()

    @property
    def rooms(self) -> tuple:
        return (*((self.room,) if self.room else ()), *self.more_rooms)


def moment(day: date, at: time) -> datetime:
    """The aware moment of a local time. Refuses in plain words what the clocks skip or repeat on that day.

    Raises ValidationError with code "skipped" or "repeated".
    """
    zone = timezone.get_default_timezone()
    early, late = (datetime.combine(day, at, tzinfo=zone).replace(fold=fold) for fold in (0, 1))
    if early.utcoffset() == late.utcoffset():
        return early
    said = {"day": full_date(day), "time": clock(at)}
    if early.astimezone(UTC).astimezone(zone).time() != at:
        words = _(
            "On %(day)s the clocks go forward and %(time)s does not exist. "
            "Enter a time before that hour or after it."
        )
        raise ValidationError(words % said, code="skipped")
    words = _(
        "On %(day)s the clocks go back and %(time)s comes twice. Enter a time before that hour or after it."
    )
    raise ValidationError(words % said, code="repeated")


def require_days(days: Sequence[Day], now: datetime) -> list[Day]:
    """The days in their order. Raises ValidationError, under "starts_<n>" or "ends_<n>", n from 1 in that order."""
    if not days:
        raise ValidationError(_("A session has one day at least."))
    if len(days) > MOST_DAYS:
        raise ValidationError(_("A session has at most %(most)d days.") % {"most": MOST_DAYS})
    days = sorted(days, key=lambda day: day.starts_at)
    wrong = {}
    for number, day in enumerate(days, 1):
        if day.ends_at <= day.starts_at:
            wrong[f"ends_{number}"] = _("Day %(n)d must end after it begins at %(time)s.") % {
                "n": number,
                "time": clock(day.starts_at),
            }
    for number, (before, day) in enumerate(zip(days, days[1:], strict=False), 2):
        if day.starts_at < before.ends_at:
            wrong[f"starts_{number}"] = _("Day %(n)d begins before the day before it ends.") % {"n": number}
    if days[0].starts_at <= now:
        wrong["starts_1"] = _("Enter a time that is still to come: %(day)s, %(time)s has passed.") % {
            "day": full_date(days[0].starts_at),
            "time": clock(days[0].starts_at),
        }
    if wrong:
        raise ValidationError(wrong)
    return list(days)


def planned_days(session: CourseSession) -> list[Day]:
    """The days as they stand, as ``moving.move_session`` takes them; a fixed number of queries."""
    rows = session.days.select_related("room__venue")
    rows = rows.prefetch_related("more_rooms__venue", "teaching__trainer__person__agency").order_by("number")
    return [
        Day(
            row.starts_at,
            row.ends_at,
            row.room,
            tuple(row.more_rooms.all()),
            tuple(sorted((each.trainer for each in row.teaching.all()), key=lambda trainer: trainer.pk)),
        )
        for row in rows
    ]
