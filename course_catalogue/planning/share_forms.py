"""What officers type about places held for an agency and limits. The forms hold no rule: the services check again."""

from datetime import time

from django import forms
from django.utils.translation import gettext_lazy

from course_catalogue.planning.days import moment
from course_catalogue.planning.fields import ClockField
from course_catalogue.planning.forms import MOST_PLACES
from kernel.content.choices import OneOf
from kernel.content.dates import DateInputField
from kernel.organisation.models import Agency, Sector, StaffGroup

END_OF_DAY = time(17)


class HoldForm(forms.Form):
    """``field_of``: where the words of a refusal stand, by its code. ``values`` refuses a time that the clocks skip."""

    agency = OneOf(
        Agency.objects.filter(active=True), label=gettext_lazy("Agency"), empty_label=gettext_lazy("Choose")
    )
    size = forms.IntegerField(
        label=gettext_lazy("Places held"),
        min_value=1,
        max_value=MOST_PLACES,
        help_text=gettext_lazy("Altogether, with those that its people have already."),
    )
    until = DateInputField(label=gettext_lazy("Given back on"))
    clock = ClockField(label=gettext_lazy("At what time"), initial=END_OF_DAY)
    field_of = {"moment": "until", "used": "size", "full": "size", "skipped": "clock", "repeated": "clock"}

    @property
    def values(self) -> dict:
        data = self.cleaned_data
        until = moment(data["until"], data["clock"])
        return {"agency": data["agency"], "size": data["size"], "release_at": until}


class LimitForm(forms.Form):
    of = forms.ChoiceField(label=gettext_lazy("For"))
    size = forms.IntegerField(
        label=gettext_lazy("At most"),
        min_value=0,
        max_value=MOST_PLACES,
        help_text=gettext_lazy("0: none of them is booked. Who is booked already stays."),
    )
    field_of = {"which": "of"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = {
            "agency": {str(row.pk): row for row in Agency.objects.filter(active=True)},
            "sector": dict(Sector.choices),
            "staff_group": {str(row.pk): row for row in StaffGroup.objects.all()},
        }
        names = (gettext_lazy("Agencies"), gettext_lazy("Sectors"), gettext_lazy("Staff groups"))
        self.fields["of"].choices = [("", gettext_lazy("Choose"))] + [
            (name, [(f"{kind}:{key}", str(row)) for key, row in rows.items()])
            for name, (kind, rows) in zip(names, self.rows.items(), strict=True)
        ]

    @property
    def values(self) -> dict:
        kind, _colon, key = self.cleaned_data["of"].partition(":")
        return {kind: key if kind == "sector" else self.rows[kind][key], "size": self.cleaned_data["size"]}
