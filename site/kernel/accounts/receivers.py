"""Signing in and out, as Django, allauth and axes tell of it, written into the audit trail."""

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from axes.signals import user_locked_out
from django.contrib.auth import signals as auth_signals
from django.dispatch import receiver

from kernel.audit import record

from .throttle import account_name


@receiver(auth_signals.user_logged_in, dispatch_uid="accounts.sign_in")
def signed_in(sender, request, user, **kwargs):
    record("accounts.sign_in", actor=user, target=user, words=_where(request))


@receiver(auth_signals.user_logged_out, dispatch_uid="accounts.sign_out")
def signed_out(sender, request, user, **kwargs):
    if user is not None:
        record("accounts.sign_out", actor=user, target=user)


@receiver(auth_signals.user_login_failed, dispatch_uid="accounts.failed_sign_in")
def sign_in_failed(sender, credentials, request=None, **kwargs):
    """The same rows for known and unknown accounts, so that the work is the same too."""
    words = {"account": account_name(request, credentials), **_where(request)}
    record("accounts.failed_sign_in", actor=None, words=words, refused=True)


@receiver(user_locked_out, dispatch_uid="accounts.stop_sign_in")
def sign_in_stopped(sender, request, username, ip_address, **kwargs):
    record("accounts.stop_sign_in", actor=None, words={"account": username, **_where(request)}, refused=True)


@receiver(
    [account_signals.password_changed, account_signals.password_reset], dispatch_uid="accounts.password"
)
def password_changed(sender, request, user, **kwargs):
    record("accounts.change_password", actor=user, target=user, words=_where(request))


@receiver(mfa_signals.authenticator_added, dispatch_uid="accounts.second_factor_on")
def second_factor_on(sender, request, user, authenticator, **kwargs):
    record("accounts.second_factor_on", actor=user, target=user, facts={"type": authenticator.type})


@receiver(mfa_signals.authenticator_removed, dispatch_uid="accounts.second_factor_off")
def second_factor_off(sender, request, user, authenticator, **kwargs):
    record("accounts.second_factor_off", actor=user, target=user, facts={"type": authenticator.type})


def _where(request) -> dict:
    return {"network": request.META.get("REMOTE_ADDR", "")} if request is not None else {}
