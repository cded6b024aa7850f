"""``{% picture one %}``: heading, drawing and table together. The templates draw; nothing here makes markup."""

from django import template

register = template.Library()


@register.inclusion_tag("kernel_content/picture.html", takes_context=True)
def picture(context, picture) -> dict:
    return {"picture": picture, "request": context.get("request")}


@register.inclusion_tag("kernel_content/drawing.html")
def drawing(drawing, name: str, picture) -> dict:
    """``name`` keeps the patterns of two drawings of one picture apart."""
    return {
        "drawing": drawing,
        "key": f"{picture.key}-{name}",
        "title": picture.finding,
        "says": picture.says,
    }
