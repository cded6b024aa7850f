"""The standing line: what is true of a text, since when, until when. One function for page, list, mail and print."""

from dataclasses import dataclass
from datetime import date

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
        mark = _mark(clock, today)
        flagged = clock.chair is not None or _extension(clock) is not None
        return Standing(
            "soon" if flagged and mark == "good" else mark, _in_force(version, clock, today), True
        )
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
    found = [_since(version)]
    if clock.chair is not None:
        found.append(_by_chair(clock.chair))
    if clock.reviewed_on is not None and clock.reviewed_on >= version.in_force_from:
        found.append(_("Reviewed %(day)s, unchanged.") % {"day": full_date(clock.reviewed_on)})
    if clock.due is not None:
        found += _review(clock, today)
    if _extension(clock) is not None:
        found.append(_more_time(clock.moved))
    return " ".join(found)


def _review(clock, today) -> list[str]:
    due = {"day": full_date(clock.due), "span": how_long(clock.due, today)}
    if today <= clock.due:
        return [_("Review due %(day)s (%(span)s).") % due]
    late = _("Follow it. Its review was due %(day)s (%(span)s).") % due
    return [late, _("%(name)s is working on it.") % {"name": clock.writer}] if clock.writer else [late]


def _extension(clock):
    return clock.moved if clock.moved is not None and clock.moved.number else None


def _more_time(moved) -> str:
    """Which extension it is stands in words, as readers see it: first of at most 2."""
    words = {
        "old": full_date(date.fromisoformat(moved.from_due)),
        "new": full_date(date.fromisoformat(moved.to_due)),
        "body": moved.body,
        "reason": moved.reason.rstrip(" ."),
        "number": _ordinal(moved.number),
        "most": moved.most,
    }
    return (
        _(
            "Review moved from %(old)s to %(new)s by the %(body)s, because %(reason)s (%(number)s of at most %(most)d)."
        )
        % words
    )


def _ordinal(number: int) -> str:
    return {1: _("first"), 2: _("second"), 3: _("third"), 4: _("fourth")}.get(number, str(number))


def _by_chair(chair) -> str:
    words = {"day": full_date(date.fromisoformat(chair.acted_on)), "body": chair.body}
    if chair.is_declined:
        return (
            _("Issued by the chair on %(day)s; the %(body)s did not confirm it. Its owner acts on it.")
            % words
        )
    if chair.meets_on is None:
        return _("Issued by the chair on %(day)s; the %(body)s has yet to confirm it.") % words
    words["meets"] = full_date(date.fromisoformat(chair.meets_on))
    return _("Issued by the chair on %(day)s; the %(body)s confirms it on %(meets)s.") % words


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
