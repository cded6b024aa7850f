"""What we decide differently from allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import conf, mfa


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by e-mail; nobody registers; the brake is kept in the database by axes, not in a cache."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is not right."),
    }

    def is_open_for_signup(self, request):
        return False

    def pre_authenticate(self, request, **credentials):
        """Nothing: axes counts the attempts (``throttle``), for all processes together."""

    def authenticate(self, request, **credentials):
        """A closed login is answered like a wrong password."""
        user = super().authenticate(request, **credentials)
        return user if user and user.is_active else None

    def reauthenticate(self, user, password):
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def get_client_ip(self, request):
        return request.META.get("REMOTE_ADDR") or "0.0.0.0"

    def get_reset_password_from_key_url(self, key):
        pattern = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return conf.base_url() + pattern.replace("UID-KEY", key)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        super().send_notification_mail(template_prefix, user, context, email or user.email)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on opens logins that exist; it makes none."""

    def is_open_for_signup(self, request, sociallogin):
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    def can_delete_authenticator(self, authenticator):
        """Who must have a second factor cannot switch it off."""
        return not mfa.is_demanded(authenticator.user, timezone.localdate())
