"""The board's figures as pictures, each with its finding, its words for who does not see it, and its table."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.content.charts import Cell, Drawing, Load, Part, Picture, Point, load, stacked, trend
from kernel.content.charts.drawing import NARROW, WIDE
from kernel.lifecycle.templatetags.dates import full_date
from policy_pages.board.forecast import Month, Sitting
from policy_pages.board.history import Count


def per_cent(tenths: int | None) -> str:
    """92.1%; of nothing there is no share."""
    if tenths is None:
        return _("no policy")
    return f"{tenths // 10}%" if tenths in (0, 1000) else f"{tenths // 10}.{tenths % 10}%"


def in_date_words(now: Count) -> str:
    """ "197 of 214 policies are in date (92.1%)", and what to say where there is none."""
    if not now.all:
        return _("No policy is in force.")
    words = ngettext(
        "%(n)d of %(all)d policy is in date (%(share)s).",
        "%(n)d of %(all)d policies are in date (%(share)s).",
        now.all,
    )
    return words % {"n": now.in_date, "all": now.all, "share": per_cent(now.tenths)}


def in_date(now: Count) -> Picture:
    """Picture 4.1: what is in force, by how its review stands."""
    parts = [
        (Part(_("current"), now.current, "good"), "current"),
        (Part(_("without a review day"), now.undated, "none"), "undated"),
        (Part(_("review due"), now.soon, "soon"), "soon"),
        (Part(_("overdue"), now.late, "late"), "late"),
    ]
    shown = [part for part, _standing in parts]
    says = ", ".join(f"{part.value} {part.words}" for part in shown if part.value)
    rows = [
        (
            Cell(part.words.capitalize()),
            Cell(str(part.value), f"{reverse('policy_register')}?standing={standing}" if part.value else ""),
            Cell(per_cent(1000 * part.value // now.all)),
        )
        for part, standing in parts
        if part.value or standing != "undated"
    ]
    return _picture(
        "in-date",
        _late_words(now),
        says,
        _("%(n)d policies in force on %(day)s. In date is what is not overdue.")
        % {"n": now.all, "day": full_date(now.day)},
        lambda width: stacked(shown, width),
        caption=_("Policies in force by the day of their review"),
        head=(_("Standing"), _("Policies"), _("Share")),
        rows=rows,
    )


def _late_words(now: Count) -> str:
    if not now.late:
        return _("No policy is overdue; %(all)d are in force.") % {"all": now.all}
    return ngettext(
        "%(n)d of %(all)d policies is overdue.", "%(n)d of %(all)d policies are overdue.", now.late
    ) % {"n": now.late, "all": now.all}


def over_time(counts: list[Count]) -> Picture:
    """Picture 4.6: the share in date at the end of each month, as it was known then."""
    points = [Point(_month(one.day), one.tenths, per_cent(one.tenths)) for one in counts]
    first, last = counts[0], counts[-1]
    words = {
        "now": per_cent(last.tenths),
        "before": per_cent(first.tenths),
        "day": full_date(first.day),
    }
    finding = (
        _("%(now)s in date; it was %(before)s on %(day)s.") % words
        if first.tenths is not None
        else _("%(now)s in date; on %(day)s no policy was in force.") % words
    )
    rows = [
        (Cell(full_date(one.day)), Cell(str(one.in_date)), Cell(str(one.all)), Cell(per_cent(one.tenths)))
        for one in reversed(counts)
    ]
    return _picture(
        "trend",
        finding,
        ", ".join(f"{point.label}: {point.words}" for point in points),
        _("%(n)d policies in force on %(day)s; each month as it was known on its last day.")
        % {"n": last.all, "day": full_date(last.day)},
        lambda width: trend(points, width),
        caption=_("In date at the end of each month"),
        head=(_("Day"), _("In date"), _("In force"), _("Share")),
        rows=rows,
    )


def review_load(plans: list[tuple[Sitting, list[Month]]], today: date) -> Picture:
    """Picture 4.4: what comes due in which month before which body, beside what it can take."""
    bodies = [(body.name, [_load(month) for month in months]) for body, months in plans]
    rows = [
        (
            Cell(_full_month(month.first)),
            Cell(body.name),
            Cell(str(len(month.due)), _due_address(body, month)),
            Cell(_("not known") if month.can_take is None else str(month.can_take)),
            Cell(_("%(n)d too many") % {"n": month.too_many} if month.too_many else ""),
        )
        for body, months in plans
        for month in months
        if month.due
    ]
    total = sum(len(month.due) for _body, months in plans for month in months)
    return _picture(
        "load",
        load_words(plans),
        load_words(plans),
        _(
            "%(n)d reviews from %(day)s on, for 24 months. 12/8 is 12 reviews where the body can take 8; "
            "what is overdue stands in this month."
        )
        % {"n": total, "day": full_date(today)},
        lambda width: load(bodies, width),
        caption=_("Reviews due by month and body"),
        head=(_("Month"), _("Body"), _("Due"), _("Can take"), _("Too many")),
        rows=rows,
    )


def load_words(plans) -> str:
    """The month that is fullest beyond what its body takes, in a sentence."""
    found = [(month.too_many, body, month) for body, months in plans for month in months if month.too_many]
    if not found:
        return _("No month has more reviews than its body is known to take.")
    _many, body, month = max(found, key=lambda one: (one[0], -one[2].first.toordinal()))
    return month_words(body, month)


def month_words(body: Sitting, month: Month) -> str:
    """ "March 2027: 12 reviews; the Policy Group sits twice and takes 8: 4 too many." """
    reviews = ngettext("%(n)d review", "%(n)d reviews", len(month.due)) % {"n": len(month.due)}
    sits = ngettext("%(n)d meeting", "%(n)d meetings", month.meetings) % {"n": month.meetings}
    sits = sits if month.meetings else _("no meeting")
    return _("%(month)s: %(reviews)s; %(body)s has %(sits)s and takes %(can)d: %(many)d too many.") % {
        "month": _full_month(month.first),
        "reviews": reviews,
        "body": body.name,
        "sits": sits,
        "can": month.can_take,
        "many": month.too_many,
    }


def _load(month: Month) -> Load:
    number = len(month.due)
    words = str(number) if number else "-"
    if month.can_take is not None and (number or month.can_take):
        words = f"{number}/{month.can_take}"
    kind = "late" if month.too_many else "good"
    return Load(date_format(month.first, "M"), date_format(month.first, "Y"), number, words, kind)


def _due_address(body: Sitting, month: Month) -> str:
    return f"{reverse('policy_register')}?ratified={body.pk}&month={month.first:%Y-%m}"


def _month(day: date) -> str:
    return date_format(day, "M Y")


def _full_month(day: date) -> str:
    return date_format(day, "F Y")


def _picture(key, finding, says, note, draw, *, caption, head, rows) -> Picture:
    wide: Drawing = draw(WIDE)
    return Picture(key, finding, says, note, wide, draw(NARROW), caption, tuple(head), tuple(rows))
