"""The settings of training, read here and nowhere else. Days are working days; the hour is local."""

from datetime import timedelta

from django.conf import settings
from django.utils.crypto import salted_hmac

from kernel.lifecycle.enums import Nation


def nation() -> Nation:
    """Whose bank holidays count."""
    return Nation(getattr(settings, "TRAINING_NATION", Nation.ENGLAND))


def hold_days() -> int:
    """How long a place is held while the line manager has not answered."""
    return getattr(settings, "TRAINING_HOLD_DAYS", 5)


def offer_days() -> int:
    """How long a place from the waiting list is offered."""
    return getattr(settings, "TRAINING_OFFER_DAYS", 2)


def answer_hour() -> int:
    """The hour at which holds and offers end on their last day; what is asked later counts as the next day's."""
    return getattr(settings, "TRAINING_ANSWER_HOUR", 17)


def rebook_days() -> int:
    """Calendar days after a withdrawal by which a new place is due (S0-43)."""
    return getattr(settings, "TRAINING_REBOOK_DAYS", 7)


def withdrawals_noted() -> int:
    """From so many withdrawals in the period on, a manager is named in the report (S0-44)."""
    return getattr(settings, "TRAINING_WITHDRAWALS_NOTED", 3)


def agency_brake() -> int | None:
    """At most so many people may be asked for from one agency in an hour, over all sessions; None: no brake."""
    return getattr(settings, "TRAINING_AGENCY_BRAKE", None)


def base_url() -> str:
    """The configured address of the site: links in mail never take the Host of a request."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/")


def join_brake() -> tuple[int, timedelta]:
    """How many requests for a login one network may send, and in how long: as sign-in counts failures."""
    return settings.AXES_FAILURE_LIMIT, settings.AXES_COOLOFF_TIME


def keyed(salt: str, text: str) -> str:
    """A digest that only this site can make."""
    return salted_hmac(salt, text, algorithm="sha256").hexdigest()
