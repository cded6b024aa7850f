from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def hours(minutes: int) -> str:
    """6 hours; 6 hours 30 minutes; 45 minutes."""
    whole, rest = divmod(int(minutes or 0), 60)
    parts = []
    if whole:
        parts.append(_("%(n)d hours") % {"n": whole} if whole != 1 else _("1 hour"))
    if rest or not whole:
        parts.append(_("%(n)d minutes") % {"n": rest} if rest != 1 else _("1 minute"))
    return " ".join(parts)
