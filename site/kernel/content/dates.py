"""A day in three fields: day, month, year."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kernel.content.whole import whole

PARTS = ("day", "month", "year")


class DateInputWidget(forms.MultiWidget):
    """Posts <name>_day, <name>_month and <name>_year."""

    def __init__(self, attrs=None):
        super().__init__({part: forms.TextInput() for part in PARTS}, attrs)

    def decompress(self, value):
        return (
            [str(value.day), str(value.month), str(value.year)] if isinstance(value, date) else ["", "", ""]
        )

    def decompressed(self, value) -> list[str]:
        """What the three fields show: a day, or what was typed."""
        parts = value if isinstance(value, list | tuple) else self.decompress(value)
        return ["" if part is None else str(part) for part in parts]


class DateInputField(forms.Field):
    """A day of the calendar; cleans to ``datetime.date`` or None."""

    widget = DateInputWidget
    default_error_messages = {
        "required": _("Enter the day, the month and the year"),
        "incomplete": _("Enter %(missing)s as well."),
        "invalid": _("The date must be a real day, for example 31 3 2027; you entered %(value)s"),
    }
    words = {"day": _("the day"), "month": _("the month"), "year": _("the year")}

    def to_python(self, value) -> date | None:
        if isinstance(value, date) or value is None:
            return value
        parts = [str(part or "").strip() for part in value]
        if not any(parts):
            return None
        missing = [str(self.words[part]) for part, given in zip(PARTS, parts, strict=True) if not given]
        if missing:
            params = {"missing": str(_(" and ")).join(missing)}
            raise ValidationError(self.error_messages["incomplete"], code="incomplete", params=params)
        return self._day(parts)

    def _day(self, parts: list[str]) -> date:
        try:
            day, month, year = (whole(part) for part in parts)
            if not 1900 <= year <= 2200:
                raise ValueError
            return date(year, month, day)
        except (ValueError, OverflowError):
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"value": " ".join(parts)[:40]}
            ) from None

    def has_changed(self, initial, data) -> bool:
        try:
            return initial != self.to_python(data)
        except ValidationError:
            return True
