from datetime import datetime

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth import logout
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from . import conf, mfa
from .facts import EMPOWERED, facts_of

SEEN_AT = "seen_at"
OPEN_WITHOUT_SECOND_FACTOR = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "shadowed_admin_login",
    "shadowed_admin_logout",
    "mfa_activate_totp",
    "mfa_reauthenticate",
}


class IdleMiddleware:
    """Signs out whoever did nothing for the idle limit; the moment is written at most once per idle step."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            self._look(request, timezone.now())
        return self.get_response(request)

    def _look(self, request, now):
        seen = _moment(request.session.get(SEEN_AT))
        if seen and now - seen > conf.idle_limit() + conf.idle_step():
            logout(request)
        elif seen is None or now - seen >= conf.idle_step():
            request.session[SEEN_AT] = now.isoformat()


def _moment(text):
    return datetime.fromisoformat(text) if text else None


class SecondFactorMiddleware:
    """Leads whoever must have a second factor, and has none, to switching it on, from every address."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not request.user.is_authenticated or _used_second_factor(request):
            return None
        if request.resolver_match.view_name in OPEN_WITHOUT_SECOND_FACTOR:
            return None
        today = timezone.localdate()
        empowered = facts_of(request, today).get(EMPOWERED, False)
        if mfa.is_demanded(request.user, today, empowered) and not mfa.has_second_factor(request.user):
            return redirect("mfa_activate_totp")
        return None


def _used_second_factor(request):
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


class AdminDoorMiddleware:
    """Signed in without admin access: the admin does not exist. Wagtail would ask to sign in for ever.

    Groups are a superuser's matter: Wagtail 8 asks the policy of its registry and not that of our viewset.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not request.path.startswith(reverse("wagtailadmin_home")) or not request.user.is_authenticated:
            return None
        if (request.resolver_match.view_name or "").startswith("shadowed_"):
            return None
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise Http404
        if (
            request.resolver_match.view_name.startswith("wagtailusers_groups:")
            and not request.user.is_superuser
        ):
            raise Http404
        return None
