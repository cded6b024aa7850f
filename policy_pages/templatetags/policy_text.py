from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kernel.content import sanitise
from policy_pages import enums, freezing
from policy_pages.duties import local
from policy_pages.named import with_links
from policy_pages.reviews import rules

register = template.Library()
OWN_HEADINGS = ("section", "appendix")
DEEPEST_TAG = 6


@register.filter
def frozen(html: str) -> SafeString:
    """Text that was cleaned when it was frozen, shown as it stands."""
    return sanitise.frozen(html)


@register.filter
def with_files(html: str, address: str) -> SafeString:
    """Cleaned text whose kept files stand at ``address``."""
    return sanitise.frozen(freezing.with_files(html, address))


@register.filter
def outlined(blocks: list[dict]) -> list[dict]:
    """The blocks, each with the ``depth`` of its heading: h2 for a section, one deeper beneath it, none left out.

    HTML ends at h6.
    """
    level, rows = 1, []
    for block in blocks:
        if block["type"] in OWN_HEADINGS:
            level = min(block.get("level", 1) + 1, level + 1)
        depth = level if block["type"] in OWN_HEADINGS else level + 1
        rows.append({**block, "depth": min(depth, DEEPEST_TAG)})
    return rows


@register.filter
def span(months: int) -> str:
    """3 years, 18 months"""
    return rules.span(months)


@register.filter
def every(months: int) -> str:
    """every 3 years, every 18 months"""
    return _("every %(span)s") % {"span": rules.span(months)}


@register.filter
def how_often(cadence: str) -> str:
    return enums.how_often(cadence)


@register.simple_tag
def issued_text(version, names=(), named=()) -> SafeString:
    """The frozen HTML of an issued version, its pictures and attachments at the version's own addresses.

    ``names`` of roles where the reader works and ``named`` things that the reader may reach are put beside it.
    """
    html = with_links(local.with_names(version.html, names), named)
    return sanitise.frozen(freezing.with_files(html, f"/policy-file/{version.pk}/"))
