"""What somebody says who approves a course. The services check everything again."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

from kernel.content.dates import DateInputField


class DecisionForm(forms.Form):
    """``seen`` comes back as it was shown. ``roles`` are those in which this person may decide now."""

    role = forms.ChoiceField(label=_("You decide as"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What has to change"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only where you send it back. The authors read this."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, roles, seen: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = seen
        self.fields["role"].choices = [(role.value, role.label.capitalize()) for role in roles]
        self.fields["role"].error_messages["required"] = _("Choose as whom you decide.")
        self.fields["seen"].initial = seen
        if len(roles) == 1:
            self.fields["role"].initial = roles[0].value

    def take(self, refusal) -> None:
        """Show what a service refused; the next press is about the text as it is shown now."""
        self.data = self.data.copy()
        self.data["seen"] = self.now
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            return
        for name, errors in refusal.error_dict.items():
            self.add_error(name if name in self.fields and name != NON_FIELD_ERRORS else None, errors)


class OffForm(forms.Form):
    """A course leaves the offer."""

    from_on = DateInputField(
        label=_("First day on which it is not offered"),
        error_messages={"required": _("Enter the first day on which it is not offered.")},
    )
    reason = forms.CharField(
        label=_("Why it is not offered any more"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Readers of the course see this from that day on."),
        error_messages={"required": _("Say why the course is not offered any more.")},
    )
