"""What may stand in the addresses of policies; anything else is not found before a database is asked."""

from django.urls import register_converter
from django.urls.converters import StringConverter

REFERENCE = r"[A-Za-z0-9][A-Za-z0-9.\-]{0,29}"


class Reference(StringConverter):
    regex = REFERENCE


class Digest(StringConverter):
    regex = "[0-9a-f]{64}"


class FileName(StringConverter):
    """No control characters."""

    regex = r"[^/\x00-\x1f\x7f-\x9f]{1,255}"


class Number(StringConverter):
    regex = r"[0-9]{1,4}\.[0-9]{1,4}"


class Day(StringConverter):
    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


register_converter(Reference, "reference")
register_converter(Digest, "sha256")
register_converter(FileName, "filename")
register_converter(Number, "version_number")
register_converter(Day, "day")
