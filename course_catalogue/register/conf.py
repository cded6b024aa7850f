"""The settings of the register, read here and nowhere else."""

from django.conf import settings


def check_in_before() -> int:
    """Minutes before the start of a day from which on people may check in themselves."""
    return getattr(settings, "TRAINING_CHECK_IN_BEFORE", 30)


def check_in_after() -> int:
    """Minutes after the start of a day until which people may check in themselves."""
    return getattr(settings, "TRAINING_CHECK_IN_AFTER", 30)


def needs_days() -> int:
    """Days after a session's last day on which what helps people take part is erased."""
    return getattr(settings, "TRAINING_NEEDS_DAYS", 30)


def tries() -> int:
    """Wrong codes of one person or network within ``tries_minutes`` after which the door stays shut."""
    return getattr(settings, "TRAINING_CODE_TRIES", 10)


def tries_minutes() -> int:
    return getattr(settings, "TRAINING_CODE_TRIES_MINUTES", 15)
