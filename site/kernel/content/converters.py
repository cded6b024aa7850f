"""The part of an address that is a number: of a row, a year, a place in a list."""

from django.urls import register_converter
from django.urls.converters import IntConverter

from kernel.content.whole import MOST_DIGITS


class Key(IntConverter):
    """A number that the database can hold. With a longer one there is no such address."""

    regex = f"[0-9]{{1,{MOST_DIGITS}}}"


register_converter(Key, "key")
