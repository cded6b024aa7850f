"""What we decide differently from allauth."""

import base64
import hashlib
import time

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import conf, mfa, network


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
        return network.counted_as(request) or "0.0.0.0"

    def get_reset_password_from_key_url(self, key):
        pattern = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return conf.base_url() + pattern.replace("UID-KEY", key)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        super().send_notification_mail(template_prefix, user, context, email or user.email)

    def is_reauthentication_required(self, *, app, **kwargs):
        """Who signed in a moment ago is not asked again."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        request = context.request
        since = time.time() - account_settings.REAUTHENTICATION_TIMEOUT
        return not any(record["at"] > since for record in get_authentication_records(request, request.user))


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on opens logins that exist; it makes none."""

    def is_open_for_signup(self, request, sociallogin):
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keys of devices stand encrypted in the database: a copy of it opens nothing without the site's key."""

    def encrypt(self, text):
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator):
        """Who must have a second factor cannot switch it off."""
        return not mfa.is_demanded(authenticator.user, timezone.localdate())


def _cipher():
    """Old site keys still open what they closed, as everywhere in Django."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_cipher_key(key)) for key in keys])


def _cipher_key(key):
    return base64.urlsafe_b64encode(hashlib.sha256(b"kernel.accounts.second-factor:" + key.encode()).digest())
