from django import template
from django.utils.safestring import SafeString

from kernel.content import sanitise
from policy_pages import freezing

register = template.Library()


@register.filter
def frozen(html: str) -> SafeString:
    """Text that was cleaned when it was frozen, shown as it stands."""
    return sanitise.frozen(html)


@register.simple_tag
def issued_text(version) -> SafeString:
    """The frozen HTML of an issued version, its pictures and attachments at the version's own addresses."""
    return sanitise.frozen(freezing.with_files(version.html, f"/policy-file/{version.pk}/"))
