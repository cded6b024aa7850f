"""Picture 4.3: the versions of one policy on a time line, with its table."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.content.charts import Band, Cell, Picture, bands
from kernel.content.charts.drawing import NARROW, WIDE
from kernel.lifecycle.templatetags.dates import full_date
from policy_pages.models import PolicyVersion
from policy_pages.standing import Standing

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Life:
    """How long a version counted; ``until`` is its last day, None while it counts."""

    version: PolicyVersion
    since: date
    until: date | None

    @property
    def minute(self) -> str:
        """The reference under which it was decided last; empty where bodies signed."""
        kept = [row.get("minute", "") for row in self.version.control.get("decisions", [])]
        return next((minute for minute in reversed(kept) if minute), "")


def lives(versions, today: date) -> list[Life]:
    """``versions`` in the order of their numbers, each with its retirement at hand; what never counted is left out."""
    begun = [row for row in versions if row.in_force_from <= today]
    found = []
    for place, row in enumerate(begun, 1):
        ends = [later.in_force_from for later in begun[place:]]
        if hasattr(row, "retirement") and row.retirement.withdrawn_from <= today:
            ends.append(row.retirement.withdrawn_from)
        until = min(ends) - DAY if ends else None
        if until is None or until >= row.in_force_from:
            found.append(Life(row, row.in_force_from, until))
    return found


def picture(versions, today: date, standing: Standing) -> Picture | None:
    """None before the first version counts; ``standing`` is what is said of the policy today."""
    found = lives(versions, today)
    if not found:
        return None
    shown = [
        Band(life.version.number, life.since, life.until, "closed" if life.until else "good")
        for life in found
    ]
    note = ngettext("%(n)d version on %(day)s.", "%(n)d versions on %(day)s.", len(found))
    drawn = [
        bands(shown, width, today=today, words=standing.words, mark=standing.kind) for width in (WIDE, NARROW)
    ]
    return Picture(
        "versions",
        _finding(found[-1]),
        ", ".join(f"{life.version.number}: {full_date(life.since)}" for life in found),
        note % {"n": len(found), "day": full_date(today)},
        *drawn,
        caption=_("Versions, and how long each counted"),
        head=(_("Version"), _("From"), _("Until"), _("Ratified by"), _("Minute")),
        rows=tuple(_row(life) for life in reversed(found)),
    )


def _finding(last: Life) -> str:
    words = {"number": last.version.number, "day": full_date(last.until or last.since)}
    if last.until:
        return _("Version %(number)s counted until %(day)s; none counts now.") % words
    return _("Version %(number)s counts since %(day)s.") % words


def _row(life: Life) -> tuple[Cell, ...]:
    version = life.version
    return (
        Cell(version.number, reverse("policy_short_version", args=[version.reference, version.number])),
        Cell(full_date(life.since)),
        Cell(full_date(life.until) if life.until else _("today")),
        Cell(version.control.get("ratifying_body", "")),
        Cell(life.minute),
    )
