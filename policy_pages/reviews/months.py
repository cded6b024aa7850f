"""A time between reviews as people say it: a number, and months or years. Kept as months."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.content.whole import whole

MONTHS, YEARS = "1", "12"
UNITS = ((MONTHS, _("months")), (YEARS, _("years")))


class MonthsWidget(forms.MultiWidget):
    """36 is shown as 3 years, 18 as 18 months. A plain number is taken as months."""

    def __init__(self, attrs=None):
        number = forms.NumberInput({"min": 1, "aria-label": _("Number")})
        super().__init__([number, forms.Select({"aria-label": _("Months or years")}, choices=UNITS)], attrs)

    def decompress(self, value):
        if not value:
            return [None, YEARS]
        months = int(value)
        return [months, MONTHS] if months % 12 else [months // 12, YEARS]

    def value_from_datadict(self, data, files, name):
        if name in data:
            return data[name]
        number, unit = super().value_from_datadict(data, files, name)
        try:
            return int(number) * int(unit or MONTHS)
        except (TypeError, ValueError):
            return number

    def get_context(self, name, value, attrs):
        if isinstance(value, str):
            value = whole(value) or [value, YEARS]
        return super().get_context(name, value, attrs)
