"""The time zone of every date, as calendar files carry it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

NAME = "Europe/London"
LONDON = ZoneInfo(NAME)
# The rule since 1996, as a rule: lists of single changes, which a library writes by itself, are read wrongly by some.
_SUMMER = (TimezoneDaylight, "BST", datetime(1996, 3, 31, 1), 0, 1, 3)
_WINTER = (TimezoneStandard, "GMT", datetime(1996, 10, 27, 2), 1, 0, 10)


def vtimezone() -> Timezone:
    """Summer time begins on the last Sunday of March and ends on the last one of October."""
    zone = Timezone()
    zone.add("tzid", NAME)
    for kind, name, since, before, after, month in (_SUMMER, _WINTER):
        part = kind()
        part.add("tzname", name)
        part.add("dtstart", since)
        part.add("tzoffsetfrom", timedelta(hours=before))
        part.add("tzoffsetto", timedelta(hours=after))
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        zone.add_component(part)
    return zone
