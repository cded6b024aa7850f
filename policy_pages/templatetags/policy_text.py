from django import template
from django.utils.safestring import SafeString

from kernel.content import sanitise

register = template.Library()


@register.filter
def frozen(html: str) -> SafeString:
    """Text that was cleaned when it was frozen, shown as it stands."""
    return sanitise.frozen(html)
