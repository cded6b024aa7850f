"""The standing line: what is true of a text, since when, until when. One function for page, list, mail and print."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kernel.lifecycle import review
from kernel.lifecycle.review import how_long
from kernel.lifecycle.templatetags.dates import full_date
from policy_pages import reading

MARKS = {review.CURRENT: "good", review.DUE_SOON: "soon", review.OVERDUE: "late"}


@dataclass(frozen=True)
class Standing:
    """``kind`` names the drawn mark; ``words`` is the sentence; ``in_force`` is False on anything not current."""

    kind: str
    words: str
    in_force: bool


def of(version, current, today, asked=None) -> Standing:
    """What to say of ``version`` on ``today``, when ``current`` counts; ``asked`` is the day of an as-at address."""
    if current is not None and current.pk == version.pk:
        if asked is not None and asked < today:
            return Standing(
                _mark(version, today), _on_day(version, asked) + " " + _("It is still in force."), True
            )
        return Standing(_mark(version, today), _in_force(version, today), True)
    if asked is not None:
        return Standing("closed", _on_day(version, asked) + " " + _("It is not in force now."), False)
    if _never_counted(version):
        return Standing("closed", _skipped(version), False)
    if version.in_force_from > today:
        return Standing("waits", _future(version, today), False)
    return Standing("closed", _older(version), False)


def _mark(version, today) -> str:
    """In force, but the mark tells whether its review comes due or is late."""
    if version.review_due is None:
        return "good"
    return MARKS[review.standing(version.review_due, today)]


def _in_force(version, today) -> str:
    words = _("In force: version %(number)s since %(day)s.") % {
        "number": version.number,
        "day": full_date(version.in_force_from),
    }
    if version.review_due is None:
        return words
    due = {"day": full_date(version.review_due), "span": how_long(version.review_due, today)}
    if today > version.review_due:
        return words + " " + _("Follow it. Its review was due %(day)s (%(span)s).") % due
    return words + " " + _("Review due %(day)s (%(span)s).") % due


def _on_day(version, asked) -> str:
    return _("On %(day)s version %(number)s was in force.") % {
        "day": full_date(asked),
        "number": version.number,
    }


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
    return _(
        "Version %(number)s, in force from %(first)s, superseded on %(ends)s. It is not in force now."
    ) % {
        "number": version.number,
        "first": full_date(version.in_force_from),
        "ends": full_date(ends),
    }
