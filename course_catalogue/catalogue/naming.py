"""Courses as things that a text may name (``kernel.content.links``)."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from course_catalogue import clearances, visible
from course_catalogue.catalogue import dates
from course_catalogue.models import CoursePage
from kernel.content import links
from kernel.content.links import Link
from kernel.lifecycle.templatetags.dates import full_date

KIND = "course"


def register() -> None:
    links.register(KIND, label=gettext_lazy("Course"), ask=ask, titles=titles, options=options)


def ask(ids: list[int], request, now: datetime) -> dict[int, Link]:
    """The live courses among ``ids`` that the reader may know of, each with its next date."""
    today = timezone.localdate(now)
    learner = visible.learner_of(request.user, today)
    if not visible.may_look(request, learner):
        return {}
    pages = {row.pk: row for row in visible.courses(learner).filter(pk__in=ids)}
    ahead = dates.coming(pages, learner, now)
    closed = clearances.closed(pages, today)
    return {
        pk: Link(page.title, page.get_url(request) or "", closed.get(pk) or _note(ahead.get(pk, [])))
        for pk, page in pages.items()
    }


def _note(rows: list[dates.Coming]) -> str:
    if not rows:
        return _("No date yet.")
    words = {"day": full_date(rows[0].first_at), "places": rows[0].places_words}
    return _("Next: %(day)s, %(places)s.") % words


def titles(ids: list[int]) -> dict[int, str]:
    """With the code, which tells two courses of one title apart."""
    rows = CoursePage.objects.filter(pk__in=ids)
    return {row.pk: _("%(title)s (%(code)s)") % {"title": row.title, "code": row.code} for row in rows}


def options() -> Iterable[tuple[int, str]]:
    rows = CoursePage.objects.live().order_by("title", "pk").values_list("pk", "title", "code")
    return [(pk, f"{title} ({code})") for pk, title, code in rows]
