"""Wagtail's editor saves by itself while somebody writes; the script goes with every such form."""

from django.templatetags.static import static
from django.utils.html import format_html


def script() -> str:
    """Lets a press wait for the save before it, and says in the form which revision its window saved last (C2)."""
    return format_html('<script src="{}" defer></script>', static("kernel_content/editor.js"))
