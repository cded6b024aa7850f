"""What an authenticator app does."""

import time

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value


def make_device(user):
    """A second factor that is on; returns its key."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def make_recovery_codes(user):
    return RecoveryCodes.activate(user).get_unused_codes()


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def wrong_code(secret):
    return f"{(int(code_of(secret)) + 1) % 1_000_000:06}"


def decrypted(user):
    return get_adapter().decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"])
