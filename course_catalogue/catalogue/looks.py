"""Courses that an officer has to look at: without a priority, on old sources, with an approval that ended."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from course_catalogue import clearances
from course_catalogue.models import CoursePage, CourseSource
from kernel.lifecycle.review import add_months
from kernel.lifecycle.templatetags.dates import full_date

NO_PRIORITY, OLD_SOURCES, LAPSED = "no-priority", "old-sources", "approval-ended"
LOOKS = {
    NO_PRIORITY: gettext_lazy("no priority named"),
    OLD_SOURCES: gettext_lazy("old or no sources"),
    LAPSED: gettext_lazy("approval ended"),
}


def oldest_day(today: date, age: int) -> date:
    """A source dated before this day is older than ``age`` months."""
    return add_months(today, -age)


def narrowed(rows: QuerySet[CoursePage], look: str, today: date, age: int) -> QuerySet[CoursePage]:
    if look == NO_PRIORITY:
        return rows.filter(priorities=None)
    if look == OLD_SOURCES:
        return rows.filter(Q(sources=None) | Q(sources__dated_on__lt=oldest_day(today, age)))
    ended = Q(clearances__source=clearances.APPROVAL, clearances__valid_until__lt=today)
    return rows.filter(ended) if look == LAPSED else rows


def old_sources(courses, today: date, age: int) -> dict[int, str]:
    """By course the sources that are older than ``age`` months, in words; one query (S4-40)."""
    rows = CourseSource.objects.filter(course__in=list(courses), dated_on__lt=oldest_day(today, age))
    found: dict[int, list[str]] = {}
    for row in rows.order_by("dated_on"):
        words = _("%(source)s (%(day)s)") % {"source": row.title, "day": full_date(row.dated_on)}
        found.setdefault(row.course_id, []).append(words)
    return {key: "; ".join(words) for key, words in found.items()}
