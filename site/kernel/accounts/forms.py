from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, ResetPasswordForm
from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """No "remember me": ward computers are shared."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class AskForResetForm(ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def save(self, request, **kwargs):
        """An unknown address gets a mail too, so that the answer and the work are the same for both."""
        if self.users:
            return super().save(request, **kwargs)
        email = self.cleaned_data["email"]
        get_adapter().send_mail("account/email/unknown_account", email, {"request": request})
        return email


class AskForDeviceResetForm(forms.Form):
    reason = forms.CharField(
        label=_("What happened, and how do you know who asked?"),
        max_length=200,
        help_text=_("For example: phone stolen, came to the desk with a staff card."),
    )


class ConfirmResetForm(forms.Form):
    """Nothing to type: the second user manager agrees, or goes away."""
