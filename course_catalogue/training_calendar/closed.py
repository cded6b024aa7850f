"""The days of a month on which work rests, by their names."""

from datetime import date

from django.db.models import Q

from course_catalogue import conf
from course_catalogue.training_calendar.months import Month
from kernel.lifecycle.models import ClosedDay
from kernel.lifecycle.working_days import holiday_names


def names(month: Month) -> dict[date, str]:
    """Bank holidays of the nation and the site's own closed days; one query."""
    nation = conf.nation()
    here = ClosedDay.objects.filter(Q(nation=nation) | Q(nation=""), day__range=(month.first, month.last))
    own = {row.day: row.reason for row in here}
    return own | {day: name for day, name in holiday_names(month.year, nation).items() if month.has(day)}
