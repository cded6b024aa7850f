"""What people type about logins of partners."""

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.content.choices import OneOf

PAIR = gettext_lazy("The two passwords are not the same.")


class InviteForm(forms.Form):
    person = OneOf(
        label=gettext_lazy("Somebody who is on the list already"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("Nobody of these"),
    )
    name = forms.CharField(label=gettext_lazy("Or the name of somebody new"), max_length=120, required=False)
    email = forms.EmailField(
        label=gettext_lazy("Work e-mail address"),
        help_text=gettext_lazy("The link goes there. Whoever opens it chooses the password."),
        error_messages={"invalid": gettext_lazy("Enter an e-mail address like name@example.org.")},
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people

    def clean(self):
        data = super().clean()
        person, name = data.get("person"), data.get("name", "").strip()
        if person is not None:
            data["name"] = person.name
        elif not name:
            self.add_error("name", _("Choose somebody from the list, or enter a name."))
        return data


class AskForm(forms.Form):
    agency = OneOf(
        label=gettext_lazy("Which agency do you work for?"),
        queryset=None,
        empty_label=gettext_lazy("Choose your agency"),
        error_messages={"required": gettext_lazy("Choose your agency.")},
    )
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=120)
    email = forms.EmailField(
        label=gettext_lazy("Work e-mail address"),
        help_text=gettext_lazy("We send a link there. Not a shared mailbox: a login is one person's."),
        error_messages={"invalid": gettext_lazy("Enter an e-mail address like name@example.org.")},
    )
    work = forms.CharField(label=gettext_lazy("What do you do there?"), max_length=200)

    def __init__(self, *args, agencies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean(self):
        data = super().clean()
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", PAIR)
        return data


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why not?"),
        max_length=300,
        help_text=gettext_lazy("The person reads these words."),
        error_messages={"required": gettext_lazy("Say why not: the person reads it.")},
    )


class PressForm(forms.Form):
    """Nothing to type."""
