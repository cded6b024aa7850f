from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def current(context, url: str) -> str:
    """What ``aria-current`` says of a menu entry: "page" on the very page, "true" anywhere below it."""
    path = context["request"].path
    if path == url:
        return "page"
    return "true" if url != "/" and path.startswith(url) else ""
