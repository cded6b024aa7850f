from django import template

register = template.Library()


@register.simple_tag
def current(url: str, path: str) -> str:
    """What ``aria-current`` says of a menu entry: "page" on the very page, "true" anywhere below it."""
    if path == url:
        return "page"
    return "true" if url != "/" and path.startswith(url) else ""
