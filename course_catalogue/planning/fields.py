"""Fields of the planning forms: a time of the clock, choices that are asked for once however many rows there are."""

import re
from datetime import date, datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from course_catalogue.models import Room, Trainer
from kernel.lifecycle.templatetags.dates import clock

WRITTEN = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|noon|midnight)?$")


class ClockField(forms.CharField):
    """A time as people write it: 9:30, 9.30am, 2pm, 14:00, noon. Cleans to ``datetime.time`` or None."""

    default_error_messages = {"invalid": _("The time must be like 9:30am or 14:00; you entered %(value)s")}

    def __init__(self, **kwargs):
        super().__init__(max_length=20, widget=forms.TextInput({"class": "nhsuk-input--width-10"}), **kwargs)

    def to_python(self, value) -> time | None:
        text = super().to_python(value).strip().lower().replace("a.m.", "am").replace("p.m.", "pm")
        if not text:
            return None
        found = WRITTEN.match({"noon": "12noon", "midnight": "12midnight"}.get(text, text))
        if found is None or not text.isascii():
            raise ValidationError(self.error_messages["invalid"], "invalid", {"value": text[:20]})
        try:
            return time(*_hours(int(found[1]), int(found[2] or 0), found[3] or ""))
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], "invalid", {"value": text[:20]}) from None

    def prepare_value(self, value):
        return clock(value) if isinstance(value, time) else value

    def run_validators(self, value):
        """The length was that of the text."""

    def validate(self, value):
        if value is None and self.required:
            raise ValidationError(self.error_messages["required"], "required")


def _hours(hour: int, minute: int, half: str) -> tuple[int, int]:
    if half and not 1 <= hour <= 12:
        raise ValueError(half)
    if half in ("am", "midnight"):
        return hour % 12, minute
    if half in ("pm", "noon"):
        return hour % 12 + 12, minute
    return hour, minute


def room_choices() -> list[tuple[str, str]]:
    """Rooms of venues in use with their seats; one query."""
    rows = Room.objects.filter(venue__active=True).select_related("venue")
    return [("", _("No room")), *((str(row.pk), _room(row)) for row in rows)]


def _room(room: Room) -> str:
    if room.seats is None:
        return str(room)
    return _("%(room)s (%(seats)d seats)") % {"room": room, "seats": room.seats}


def trainer_choices() -> list[tuple[str, str]]:
    """Everybody of the pool with their agency; one query."""
    rows = Trainer.objects.filter(active=True).select_related("person__agency").order_by("person__name", "pk")
    return [(str(row.pk), f"{row.person.name}, {row.person.agency.short_name}") for row in rows]


def day_to_opening(day: date | None) -> datetime | None:
    """Booking opens at the first minute of that day."""
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def day_to_closing(day: date | None) -> datetime | None:
    """Booking closes when that day, the last one, is over."""
    return day_to_opening(day + timedelta(days=1)) if day else None


def closing_to_day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment - timedelta(minutes=1)) if moment else None
