"""How screens of training write moments, hours, places and amounts."""

from datetime import datetime

from django import template

from course_catalogue.booking import left
from course_catalogue.charging.words import by
from course_catalogue.learning import booking_pages, words

register = template.Library()
register.filter("by_rule", by)


@register.filter
def moment(value: datetime | None) -> str:
    """5pm on Wednesday 23 December 2026 (in 4 weeks)"""
    return words.moment(value) if value else ""


@register.filter
def hours_of(day) -> str:
    """9:30am to 4:30pm, of one day of a session"""
    return words.hours(day.starts_at, day.ends_at)


@register.filter
def places_left(places) -> str:
    """4 of 20 left. As a sentence of its own."""
    said = left.places_left(places)
    return f"{said[:1].upper()}{said[1:]}."


@register.filter
def pounds(amount) -> str:
    """£50.00; nothing for no amount"""
    return "" if amount is None else booking_pages.pounds(amount)


@register.filter
def figure(value) -> str:
    """1.5 and 20, however many places are kept; never 1.50 or 20.0"""
    return f"{value.normalize():f}"


@register.filter
def any_words(pairs) -> bool:
    """Whether one of the pairs (person, words) has words."""
    return any(said for _person, said in pairs)
