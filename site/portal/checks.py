from django.conf import settings
from django.core.checks import Error, Tags, register

from .refusals import refusals


@register(Tags.security)
def fit_for_production(app_configs=None, **kwargs):
    """Every command of a production site runs it, ``check --deploy`` too."""
    if not getattr(settings, "PRODUCTION", False):
        return []
    return [Error(str(wrong), hint=str(cure), id=code) for code, wrong, cure in refusals(settings)]
