"""Amounts and last free moments as every screen writes them."""

from datetime import datetime
from decimal import Decimal

from django import template

from course_catalogue.charging import words

register = template.Library()
register.filter("by_rule", words.by)


@register.filter
def pounds(amount: Decimal | None) -> str:
    """£50.00; nothing for no amount, which is not 0."""
    return "" if amount is None else words.money(amount)


@register.filter
def last_moment(value: datetime | None) -> str:
    """5pm on Wednesday 23 December 2026"""
    return words.moment(value) if value else ""
