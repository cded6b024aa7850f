"""What people type about reviews beside that of the text. The services check everything again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.content.dates import DateInputField
from policy_pages.reviews.months import MONTHS, UNITS


class CycleForm(forms.Form):
    name = forms.CharField(
        label=_("What is reviewed"),
        max_length=120,
        help_text=_("For example: review of the plan."),
        error_messages={"required": _("Say what is reviewed.")},
    )
    every = forms.IntegerField(
        label=_("Every"), min_value=1, max_value=600, error_messages={"required": _("Enter a number.")}
    )
    unit = forms.ChoiceField(
        label=_("Months or years"), choices=UNITS, widget=forms.RadioSelect, initial=MONTHS
    )
    starts_on = DateInputField(
        label=_("Counted from"),
        help_text=_("The first review is due that long after this day."),
        error_messages={"required": _("Enter the day from which it is counted.")},
    )

    def clean(self):
        data = super().clean()
        if {"every", "unit"} <= data.keys():
            data["months"] = data.pop("every") * int(data.pop("unit"))
        return data


class DoneForm(forms.Form):
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    done_on = DateInputField(
        label=_("Done on"), error_messages={"required": _("Enter the day on which it was done.")}
    )
    statement = forms.CharField(
        label=_("What the review found"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": _("Say what the review found.")},
    )


class EndForm(forms.Form):
    statement = forms.CharField(
        label=_("Why it is not reviewed in this way any more"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": _("Say why.")},
    )
