"""The standing line: what is true of a text, since when, until when. One function for page, list, mail and print."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kernel.lifecycle import review
from kernel.lifecycle.review import how_long
from kernel.lifecycle.templatetags.dates import full_date
from policy_pages import reading
from policy_pages.reviews import clock as clocks
from policy_pages.reviews.clock import Clock

MARKS = {review.CURRENT: "good", review.DUE_SOON: "soon", review.OVERDUE: "late"}


@dataclass(frozen=True)
class Standing:
    """``kind`` names the drawn mark; ``words`` is the sentence; ``in_force`` is False on anything not current."""

    kind: str
    words: str
    in_force: bool


def of(version, current, today, asked=None, *, gone=None, clock: Clock | None = None) -> Standing:
    """What to say of ``version`` on ``today``, when ``current`` counts or counted until it was withdrawn.

    ``asked`` is the day of an as-at address; ``gone`` (``withdrawal.Gone``) tells when ``current`` is withdrawn.
    ``clock`` is that of the version in force; without it ``current`` was asked for with its own.
    """
    if current is not None and current.pk == version.pk:
        clock = clock or clocks.of(current)
        withdrawn = gone is not None and gone.has_begun(today)
        if asked is not None and asked < today:
            return _on_earlier_day(version, clock, today, asked, gone if withdrawn else None)
        if withdrawn:
            return Standing("closed", _withdrawn(gone), False)
        return _counts(version, clock, today, gone)
    if asked is not None:
        return Standing("closed", _on_day(version, asked) + " " + _("It is not in force now."), False)
    if _never_counted(version):
        return Standing("closed", _skipped(version), False)
    if version.in_force_from > today:
        return Standing("waits", _future(version, today), False)
    return Standing("closed", _older(version), False)


def on_day_without(asked, first, then) -> str:
    """Of a day on which no version counted: before the ``first``, or after ``then`` was withdrawn."""
    if then is None:
        return _("No version was in force on %(day)s; %(first)s began on %(began)s.") % {
            "day": full_date(asked),
            "first": first.number,
            "began": full_date(first.in_force_from),
        }
    return _("No version was in force on %(day)s: version %(number)s was withdrawn on %(gone)s.") % {
        "day": full_date(asked),
        "number": then.number,
        "gone": full_date(then.retirement.withdrawn_from),
    }


def on_day_to_come(later, gone) -> str:
    """Of a day after today: the version that is issued and has not begun, the day from which none counts."""
    if later is not None:
        return _("We can show only what is decided: version %(number)s begins on %(day)s.") % {
            "number": later.number,
            "day": full_date(later.in_force_from),
        }
    if gone is not None:
        return _("We can show only what is decided: it is withdrawn from %(day)s on.") % {
            "day": full_date(gone.withdrawn_from)
        }
    return _("We can show only what is decided, and no later version is decided.")


def _counts(version, clock, today, gone) -> Standing:
    if gone is None:
        return Standing(_mark(clock, today), _in_force(version, clock, today), True)
    words = _("It is withdrawn from %(day)s on (%(span)s).") % {
        "day": full_date(gone.withdrawn_from),
        "span": how_long(gone.withdrawn_from, today),
    }
    return Standing("soon", _since(version) + " " + words, True)


def _on_earlier_day(version, clock, today, asked, gone) -> Standing:
    words = _on_day(version, asked)
    if gone is None:
        return Standing(_mark(clock, today), words + " " + _("It is still in force."), True)
    now = _("It is not in force now: it was withdrawn on %(day)s.") % {"day": full_date(gone.withdrawn_from)}
    return Standing("closed", words + " " + now, False)


def _withdrawn(gone) -> str:
    words = {"day": full_date(gone.withdrawn_from), "instead": gone.instead}
    return _("Do not follow this policy. Withdrawn %(day)s%(instead)s.") % words


def _mark(clock, today) -> str:
    """In force, but the mark tells whether its review comes due or is late."""
    if clock.due is None:
        return "good"
    return MARKS[review.standing(clock.due, today)]


def _since(version) -> str:
    return _("In force: version %(number)s since %(day)s.") % {
        "number": version.number,
        "day": full_date(version.in_force_from),
    }


def _in_force(version, clock, today) -> str:
    words = _since(version)
    if clock.due is None:
        return words
    due = {"day": full_date(clock.due), "span": how_long(clock.due, today)}
    if today <= clock.due:
        return words + " " + _("Review due %(day)s (%(span)s).") % due
    words += " " + _("Follow it. Its review was due %(day)s (%(span)s).") % due
    return words + (" " + _("%(name)s is working on it.") % {"name": clock.writer} if clock.writer else "")


def _on_day(version, asked) -> str:
    """``version`` was asked for as of that day, and so is its clock."""
    facts = {"day": full_date(asked), "number": version.number}
    if version.clock_due is None:
        return _("On %(day)s version %(number)s was in force.") % facts
    if asked > version.clock_due:
        return _("On %(day)s version %(number)s was in force; its review was overdue.") % facts
    return _("On %(day)s version %(number)s was in force; its review was in date.") % facts


def _future(version, today) -> str:
    return _("Version %(number)s takes effect on %(day)s (%(span)s).") % {
        "number": version.number,
        "day": full_date(version.in_force_from),
        "span": how_long(version.in_force_from, today),
    }


def _never_counted(version) -> bool:
    """A higher number began on the same day or before: this one never counted for anybody."""
    ends = reading.superseded_from(version)
    return ends is not None and ends <= version.in_force_from


def _skipped(version) -> str:
    return _("Version %(number)s was never in force: a later version began on %(ends)s.") % {
        "number": version.number,
        "ends": full_date(reading.superseded_from(version)),
    }


def _older(version) -> str:
    ends = reading.superseded_from(version)
    words = _("Version %(number)s, in force from %(first)s, superseded on %(ends)s. It is not in force now.")
    retirement = getattr(version, "retirement", None)
    if retirement is not None and retirement.withdrawn_from < ends:
        ends = retirement.withdrawn_from
        words = _(
            "Version %(number)s, in force from %(first)s, withdrawn on %(ends)s. It is not in force now."
        )
    first = full_date(version.in_force_from)
    return words % {"number": version.number, "first": first, "ends": full_date(ends)}
