"""The picture of a year's rates, with its finding and its table."""

from decimal import Decimal

from django.utils.translation import gettext as _

from course_catalogue.planning import programme
from course_catalogue.register.rates import Rates, per_cent
from kernel.content.charts import Cell, Part, Picture, stacked
from kernel.content.charts.drawing import NARROW, WIDE


def percent_words(value: Decimal | None) -> str:
    """84.6%; 77%; of nothing there is no rate."""
    if value is None:
        return _("no data")
    return f"{value:.0f}%" if value == value.to_integral_value() else f"{value}%"


def who_came(total: Rates, first_year: int) -> Picture:
    """Everybody who was registered, by what became of it; walk-ins are outside."""
    in_time = total.cancelled - total.cancelled_late
    parts = [
        Part(_("attended"), total.attended, "good"),
        Part(_("excused"), total.excused, "none"),
        Part(_("cancelled in time"), in_time, "closed"),
        Part(_("cancelled late"), total.cancelled_late, "soon"),
        Part(_("did not attend"), total.no_shows, "late"),
    ]
    words = {"n": total.attended, "of": total.registered, "share": percent_words(total.of_registered)}
    year = programme.name_of_year(first_year)
    return Picture(
        key="who-came",
        finding=_("%(n)d of %(of)d people who were registered attended (%(share)s).") % words,
        says=", ".join(f"{part.value} {part.words}" for part in parts if part.value),
        note=_("%(n)d closed registers of %(year)s. %(w)d people who came without a booking are not in it.")
        % {"n": total.sessions, "year": year, "w": total.walk_ins},
        wide=stacked(parts, WIDE),
        narrow=stacked(parts, NARROW),
        caption=_("People who were registered, by what became of it"),
        head=(_("What became of it"), _("People"), _("Share")),
        rows=tuple(
            (
                Cell(part.words.capitalize()),
                Cell(str(part.value)),
                Cell(percent_words(per_cent(part.value, total.registered))),
            )
            for part in parts
        ),
    )
