"""The organisation's rules of review, as arithmetic with the days of one review."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.lifecycle import review as clock
from kernel.lifecycle.templatetags.dates import full_date
from policy_pages.models.review_rules import ReviewRules

WINDOW_MONTHS = 6


def rules() -> ReviewRules:
    return ReviewRules.objects.first() or ReviewRules()


def months_between(months: int, *, high_risk: bool, known: ReviewRules) -> int:
    """The time from one review to the next: as asked, sooner for high risk, never beyond the cap."""
    return max(1, min(months, known.cap_months, known.high_risk_months if high_risk else months))


def months_until_first(months: int, known: ReviewRules) -> int:
    """Until the first review of a new document, when reviews come every ``months`` after it."""
    return min(months, known.first_months or months)


def span(months: int) -> str:
    """A time between reviews as people say it: whole years as years."""
    if months % 12:
        return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
    return ngettext("%(n)d year", "%(n)d years", months // 12) % {"n": months // 12}


def due_after(decided_on: date, months: int) -> date:
    return clock.next_due(decided_on, months)


def in_window(due: date | None, today: date) -> bool:
    """A review is asked for: its window is open, or it is late."""
    return due is not None and today >= opens_on(due)


def opens_on(due: date) -> date:
    """The first day of the window in which a review is done and its day may be brought forward."""
    return clock.add_months(due, -WINDOW_MONTHS)


def latest(review, known: ReviewRules) -> date:
    """The last day to which extensions may move a review together."""
    return clock.add_months(review.first_due, known.extension_months)


def check_extension(review, to_due: date, today: date, *, used: int, known: ReviewRules) -> None:
    """Raise when one more extension to that day is not allowed; ``used`` have been given to this review."""
    if used >= known.extensions_most:
        raise ValidationError(
            ngettext(
                "This review was extended %(n)d time, which is the most that is allowed: review it now.",
                "This review was extended %(n)d times, which is the most that is allowed: review it now.",
                used,
            )
            % {"n": used}
        )
    if to_due <= max(review.due, today):
        raise ValidationError(
            {
                "to_due": _("New date must be after %(day)s; you entered %(given)s.")
                % {"day": full_date(max(review.due, today)), "given": full_date(to_due)}
            }
        )
    if to_due > latest(review, known):
        raise ValidationError(
            {
                "to_due": _("New date must be %(day)s or before; you entered %(given)s.")
                % {"day": full_date(latest(review, known)), "given": full_date(to_due)}
            }
        )


def check_forward(review, to_due: date, today: date) -> None:
    """Raise when the day may not be brought forward to that one: today or later, inside the window."""
    first = max(opens_on(review.due), today)
    if not first <= to_due < review.due:
        raise ValidationError(
            {
                "to_due": _("Choose a day from %(first)s on, before %(due)s.")
                % {"first": full_date(first), "due": full_date(review.due)}
            }
        )
