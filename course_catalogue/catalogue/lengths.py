"""How long something takes, in words."""

from django.utils.translation import ngettext

HOUR = 60


def length(minutes: int) -> str:
    """6 hours, 1 hour 30 minutes, 45 minutes"""
    hours, rest = divmod(minutes, HOUR)
    words = [ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}] if hours else []
    words += [ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest}] if rest else []
    return " ".join(words)
