"""The brake on sign-in: five failures of one account from one network stop that pair for a while."""

from datetime import datetime, timedelta

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_login_failed
from django.db.models import Max
from django.forms import ValidationError
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import conf


def account_name(request, credentials) -> str:
    """What axes counts by: the address as typed, in one spelling; for a user name the address behind it."""
    credentials = credentials or {}
    typed = credentials.get("email") or _address_of(credentials.get("username")) or ""
    return typed.strip().casefold()[:255]


def _address_of(username):
    if not username:
        return None
    return (
        get_user_model().objects.filter(username=username).values_list("email", flat=True).first() or username
    )


def free_again_at(request, credentials) -> datetime:
    failures = AccessAttempt.objects.filter(
        username=account_name(request, credentials), ip_address=request.axes_ip_address
    )
    last = failures.aggregate(last=Max("attempt_time"))["last"] or timezone.now()
    return last + conf.stopped_for()


def stopped(request, original_response, credentials):
    """The page that a stopped person sees, known and unknown accounts alike."""
    again = free_again_at(request, credentials)
    words = {"again_at": _clock_time(again)}
    response = render(request, "account/stopped.html", words, status=429)
    response["Retry-After"] = str(max(1, int((again - timezone.now()).total_seconds()) + 1))
    return response


def _clock_time(moment) -> str:
    """As a clock on the wall shows it, 9:14am or 9am; begun minutes count whole, so that nobody comes too early."""
    local = timezone.localtime(moment + timedelta(seconds=59))
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


class _BrakedCode:
    """A code counts like a password: the same counter, and a stopped pair is not even asked."""

    def clean_code(self):
        request, credentials = context.request, {"email": self.user.email}
        if not AxesProxyHandler.is_allowed(request, credentials):
            request.axes_locked_out = True
            request.axes_credentials = credentials
            raise ValidationError(_("Too many wrong codes. Wait a while and try again."))
        try:
            return super().clean_code()
        except ValidationError:
            user_login_failed.send(sender=__name__, credentials=credentials, request=request)
            raise


class SignInCodeForm(_BrakedCode, AuthenticateForm):
    pass


class ConfirmCodeForm(_BrakedCode, ReauthenticateForm):
    pass
