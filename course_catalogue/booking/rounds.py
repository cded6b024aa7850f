"""The clock of the waiting list: the worker's round every few seconds, and the daily job where no worker runs."""

from django.utils import timezone

from course_catalogue.booking import offering


def go_round() -> int:
    """For the worker."""
    return offering.settle_all(timezone.now())


def settle_daily(today, dry_run=False) -> list[str]:
    """For ``run_daily``: gives a line when something was owed."""
    number = offering.settle_together(timezone.now())
    return [f"{number} held places, offers or waiting people settled"] if number else []
