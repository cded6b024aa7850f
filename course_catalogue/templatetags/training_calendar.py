"""The way to the calendar from other pages."""

from django import template

from course_catalogue.training_calendar.menu import address

register = template.Library()


@register.simple_tag
def calendar_address() -> str:
    """Where the training calendar stands; "" while there is none."""
    return address() or ""
