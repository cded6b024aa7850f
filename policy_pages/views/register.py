"""The register of policies: filters and order stand in the address, the same rows leave as a spreadsheet."""

from functools import lru_cache

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kernel.content.exports import SafeSpreadsheetMixin
from kernel.lifecycle.enums import SubmissionState
from kernel.lifecycle.review import how_long
from kernel.lifecycle.templatetags.dates import full_date
from kernel.organisation.models import Body
from policy_pages import filters, permissions, reports
from policy_pages import register as rows_of
from policy_pages.enums import Audience, DocumentType, Topic

PER_PAGE, MOST_PAGES, LONGEST = 50, 10_000, 100
STANDINGS = {
    rows_of.CURRENT: ("good", gettext_lazy("in date")),
    rows_of.SOON: ("soon", gettext_lazy("review due")),
    rows_of.LATE: ("late", gettext_lazy("overdue")),
    rows_of.UNDATED: ("good", gettext_lazy("in force, no review day")),
    rows_of.AWAITED: ("waits", gettext_lazy("takes effect later")),
    rows_of.NEVER: ("none", gettext_lazy("not issued yet")),
    rows_of.WITHDRAWN: ("closed", gettext_lazy("withdrawn")),
}
WITHIN = {
    "1": gettext_lazy("1 month"),
    "3": gettext_lazy("3 months"),
    "6": gettext_lazy("6 months"),
    "12": gettext_lazy("12 months"),
}
KEEPERS = {"none": gettext_lazy("in use without an owner")}
COLUMNS = (
    (("title", gettext_lazy("Title")), ("reference", gettext_lazy("reference"))),
    (("version", gettext_lazy("Version")),),
    (("type", gettext_lazy("Type")), ("topic", gettext_lazy("topic"))),
    (("owner", gettext_lazy("Owner")),),
    (("approved", gettext_lazy("Approved by")), ("ratified", gettext_lazy("ratified by"))),
    (("since", gettext_lazy("In force from")),),
    (("due", gettext_lazy("Review due")),),
)
MORE = ("owner_role__name", "owner_deputy__name", "sponsor__name", "review_months")


@require_safe
def register(request):
    today = timezone.localdate()
    if not permissions.can_see_register(request, today):
        raise Http404
    who, chosen = rows_of.asking_of(request, today), _filters(request)
    asked = _asked(request, chosen)
    if request.GET.get("export") in Sheet.FORMATS:
        return Sheet().answer(who, today, asked, request.GET["export"])
    rows, page_of = _page(request, who, today, asked)
    place = [(_("Home"), "/"), *((one.label, one.url) for one in reports.sections(request.user, today))]
    context = {
        "rows": [_shown(row, today) for row in rows],
        "page_of": page_of,
        "total": page_of.paginator.count,
        "exports": [(format, _with(request, export=format)) for format in Sheet.FORMATS],
        "breadcrumbs": place,
    }
    return render(request, "policy_pages/register.html", context | _choices(request, asked, chosen))


def _page(request, who, today, asked):
    number = filters.page_number(request, MOST_PAGES)
    rows, total = rows_of.listing(who, today, asked, first=(number - 1) * PER_PAGE, most=PER_PAGE)
    if not rows and number > 1:
        number = 1
        rows, total = rows_of.listing(who, today, asked, most=PER_PAGE)
    return rows, Paginator(range(total), PER_PAGE).page(number)


def _choices(request, asked, chosen) -> dict:
    """Filters and order: what is chosen, what else there is, and the way back from each."""
    return {
        "columns": [[_heading(request, asked, *one) for one in column] for column in COLUMNS],
        "sorts": {key: label for column in COLUMNS for key, label in column}[asked.sort],
        "words": asked.words,
        "order": request.GET.get("sort", ""),
        "filters": chosen,
        "in_force": _in_force(request, asked, chosen),
        "without_filters": filters.without(request, "q", *(one.name for one in chosen)),
    }


def _filters(request) -> list[filters.Filter]:
    bodies = Body.objects.values_list("pk", "name")
    standings = [(key, words) for key, (_mark, words) in STANDINGS.items()]
    return [
        filters.read(request, "topic", _("Topic"), Topic.choices),
        filters.read(request, "type", _("Type"), DocumentType.choices),
        filters.read(request, "body", _("Approved or ratified by"), bodies),
        filters.read(request, "standing", _("Standing"), standings),
        filters.read(request, "within", _("Review due within"), WITHIN.items()),
        filters.read(request, "keeper", _("Owner"), KEEPERS.items()),
    ]


def _asked(request, chosen) -> rows_of.Asked:
    value = {one.name: one.value for one in chosen}
    sort = request.GET.get("sort", "")
    known = sort.removeprefix("-") in rows_of.SORTS
    return rows_of.Asked(
        words=" ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST],
        topic=value["topic"],
        document_type=value["type"],
        body=value["body"],
        standing=value["standing"],
        due_within=value["within"],
        keeper=value["keeper"],
        sort=sort.removeprefix("-") if known else "title",
        down=known and sort.startswith("-"),
    )


def _in_force(request, asked, chosen) -> list[tuple[str, str]]:
    words = [(_("With: %(words)s") % {"words": asked.words}, filters.without(request, "q"))]
    return (words if asked.words else []) + filters.in_force(request, chosen)


def _with(request, **values) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in values.items():
        query[name] = value
    return f"?{query.urlencode()}"


def _heading(request, asked, key, label) -> dict:
    """A link that sorts by the column; pressed again, the other way round."""
    here = asked.sort == key
    return {
        "label": label,
        "url": _with(request, sort=f"-{key}" if here and not asked.down else key),
        "order": ("descending" if asked.down else "ascending") if here else "",
    }


def _shown(row, today) -> dict:
    issued, draft = row["now_major"] is not None, draft_of(row)
    working = reverse("policy_draft", args=[row["pk"]]) if draft or not issued else ""
    return {
        "title": row["shown_title"],
        "reference": row["shown_reference"] or "",
        "url": f"/p/{row['shown_reference']}/" if issued else working,
        "version": number_of(row),
        "type": label_of(DocumentType, row["document_type"], get_language()),
        "topic": label_of(Topic, row["topic"], get_language()),
        "owner": row["policy_owner__name"] or "",
        "approved": row["approving_body__name"] or "",
        "ratified": row["ratifying_body__name"] or "",
        "since": _day(row["now_in_force_from"], today, get_language())[0],
        "due": _day(row["now_due"], today, get_language()),
        "standing": _mark(rows_of.standing_of(row, today), get_language()),
        "draft": draft,
        "draft_url": working if issued else "",
    }


@lru_cache
def _mark(standing: str, _language) -> SafeString:
    kind, words = STANDINGS[standing]
    return render_to_string("kernel_content/state.html", {"kind": kind, "words": words})


@lru_cache(maxsize=1000)
def _day(day, today, _language) -> tuple[str, str]:
    """A day in full, and how long until then or since."""
    return (full_date(day), how_long(day, today)) if day else ("", "")


def number_of(row) -> str:
    return "" if row["now_major"] is None else f"{row['now_major']}.{row['now_minor']}"


@lru_cache
def label_of(choices, value, _language) -> str:
    return str(choices(value).label).capitalize() if value in choices.values else ""


def draft_of(row) -> str:
    """Where the working text stands, for those inside; empty for everybody else and where there is none."""
    if not row["inside"]:
        return ""
    if row["waits"]:
        return str(SubmissionState(row["waits"]).label)
    if row["later"]:
        return _("takes effect %(day)s") % {"day": full_date(row["later"])}
    return _("draft") if row["drafted"] and row["latest_revision_id"] else ""


class Sheet(SafeSpreadsheetMixin):
    """All rows that the filters leave, with more columns than a screen holds."""

    export_filename = "policy-register"
    export_headings = {
        "reference": gettext_lazy("Reference"),
        "title": gettext_lazy("Title"),
        "type": gettext_lazy("Type"),
        "topic": gettext_lazy("Topic"),
        "version": gettext_lazy("Version"),
        "since": gettext_lazy("In force from"),
        "due": gettext_lazy("Review due"),
        "standing": gettext_lazy("Standing"),
        "months": gettext_lazy("Review every (months)"),
        "owner": gettext_lazy("Owner"),
        "owner_role": gettext_lazy("Owner's job role"),
        "deputy": gettext_lazy("Owner's deputy"),
        "sponsor": gettext_lazy("Sponsor"),
        "approved": gettext_lazy("Approved by"),
        "ratified": gettext_lazy("Ratified by"),
        "audience": gettext_lazy("Who may read it"),
        "draft": gettext_lazy("Draft"),
    }
    list_export = list(export_headings)

    def answer(self, who, today, asked, format):
        rows, _total = rows_of.listing(who, today, asked, more=MORE)
        return self.as_spreadsheet([_cells(row, today) for row in rows], format)


def _cells(row, today) -> dict:
    return {
        "reference": row["shown_reference"] or "",
        "title": row["shown_title"],
        "type": label_of(DocumentType, row["document_type"], get_language()),
        "topic": label_of(Topic, row["topic"], get_language()),
        "version": number_of(row),
        "since": row["now_in_force_from"],
        "due": row["now_due"],
        "standing": str(STANDINGS[rows_of.standing_of(row, today)][1]),
        "months": row["review_months"],
        "owner": row["policy_owner__name"] or "",
        "owner_role": row["owner_role__name"] or "",
        "deputy": row["owner_deputy__name"] or "",
        "sponsor": row["sponsor__name"] or "",
        "approved": row["approving_body__name"] or "",
        "ratified": row["ratifying_body__name"] or "",
        "audience": label_of(Audience, row["now_audience"], get_language()),
        "draft": draft_of(row),
    }
