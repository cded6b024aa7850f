"""Older texts: a list beside the library, for those who may read them."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kernel.content import filters
from kernel.lifecycle.templatetags.dates import full_date
from policy_pages import older, reading, reports
from policy_pages.views.reading import open_to_audience

PER_PAGE, MOST_PAGES = 50, 1000
COLUMNS = ("title", "reference", "major", "minor", "in_force_from", "ended", "retirement__withdrawn_from")


@login_not_required
@require_safe
def texts(request):
    """Not there for whoever reads no older text at all."""
    today = timezone.localdate()
    reader, opened = reading.reader_asking(request, today), open_to_audience(request)
    if not (reader.staff or opened):
        raise Http404
    asked = request.GET.get("q", "").strip()
    rows = older.texts(reader, today, open_to_audience=opened, words=asked).values(*COLUMNS)
    page_of = Paginator(rows, PER_PAGE).get_page(filters.page_number(request, MOST_PAGES))
    place = [(one.label, one.url) for one in reports.sections(request.user, today)]
    context = {
        "rows": [row | {"said": _said(row)} for row in page_of.object_list],
        "page_of": page_of,
        "asked": asked,
        "breadcrumbs": [(_("Home"), "/"), *place[:1]],
    }
    return render(request, "policy_pages/older.html", context)


def _said(row) -> str:
    since, gone = row["in_force_from"], row["retirement__withdrawn_from"]
    until = min((day for day in (row["ended"], gone) if day), default=since)
    words = {
        "since": full_date(since),
        "until": full_date(until - timedelta(days=1)),
        "day": full_date(until),
    }
    if until <= since:
        return _("Never in force: another version took its place before its first day.")
    if gone is not None and gone == until:
        return _("Withdrawn on %(day)s; in force since %(since)s until then.") % words
    return _("In force from %(since)s to %(until)s.") % words
