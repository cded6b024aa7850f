"""What is typed on the screens of a register."""

from django import forms
from django.utils.translation import gettext_lazy as _

from course_catalogue.enums import Mark
from kernel.content.dates import DateInputField

LONGEST = 1440


def minutes(label):
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Minutes must be a whole number, for example 10")},
    )


class MarkForm(forms.Form):
    """One press on a row; ``seen``: the mark that was on the screen."""

    person = forms.IntegerField(min_value=1)
    seen = forms.IntegerField(min_value=0)
    mark = forms.ChoiceField(choices=Mark.choices)
    late = minutes(_("Minutes late"))
    early = minutes(_("Left early, minutes"))

    def clean_late(self):
        return self.cleaned_data["late"] or 0

    def clean_early(self):
        return self.cleaned_data["early"] or 0


class CorrectionForm(forms.Form):
    mark = forms.ChoiceField(label=_("What happened"), choices=Mark.choices, widget=forms.RadioSelect)
    late = minutes(_("Minutes late"))
    early = minutes(_("Left early, minutes"))
    reason = forms.CharField(
        label=_("Why the mark is corrected"),
        max_length=300,
        error_messages={"required": _("Say why the mark is corrected.")},
    )

    def clean_late(self):
        return self.cleaned_data["late"] or 0

    def clean_early(self):
        return self.cleaned_data["early"] or 0


class WalkInForm(forms.Form):
    """Found by the whole name or address: nobody leafs through the staff list here."""

    who = forms.CharField(
        label=_("Who came"),
        help_text=_("The whole name as on the staff list, or the e-mail address."),
        max_length=200,
        error_messages={"required": _("Enter the name or the e-mail address.")},
    )
    late = minutes(_("Minutes late"))
    reason = forms.CharField(label=_("Why the register is changed"), max_length=300, required=False)

    def __init__(self, *args, closed=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not closed:
            del self.fields["reason"]

    def clean_late(self):
        return self.cleaned_data["late"] or 0


class UploadForm(forms.Form):
    uploaded_on = DateInputField(label=_("Uploaded on"))
    last_mark = forms.IntegerField(widget=forms.HiddenInput)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The six letters on the screen"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
        error_messages={"required": _("Enter the six letters that the screen shows.")},
    )


class CheckForm(forms.Form):
    """The public check of a certificate."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("For example K7QF-22M9."),
        max_length=20,
        error_messages={"required": _("Enter the code of the certificate.")},
    )
    surname = forms.CharField(
        label=_("Surname"), max_length=120, error_messages={"required": _("Enter the surname.")}
    )
