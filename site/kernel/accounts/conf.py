"""The settings of this app, read here and nowhere else."""

from datetime import timedelta

from django.conf import settings


def base_url() -> str:
    """The configured address of the site; links in mail never take the Host of a request."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/")


def second_factor_demanded() -> bool:
    return settings.MFA_DEMANDED


def trusted_proxies() -> list[str]:
    return settings.TRUSTED_PROXIES


def banned_password_words() -> list[str]:
    return settings.ACCOUNTS_BANNED_PASSWORD_WORDS


def idle_limit() -> timedelta:
    return settings.ACCOUNTS_IDLE_LIMIT


def idle_step() -> timedelta:
    """How often the last moment of use is written down; an idle session lives at most this much longer."""
    return settings.ACCOUNTS_IDLE_STEP


def stopped_for() -> timedelta:
    return settings.AXES_COOLOFF_TIME
