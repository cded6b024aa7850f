"""The register of policies: filters and order stand in the address, the same rows leave as a spreadsheet."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kernel.content import filters
from kernel.content.exports import SafeSpreadsheetMixin
from kernel.content.kept import kept
from kernel.content.whole import whole
from kernel.lifecycle.enums import SubmissionState
from kernel.lifecycle.review import how_long
from kernel.lifecycle.templatetags.dates import full_date
from kernel.organisation.models import Body
from policy_pages import permissions, questions, reports
from policy_pages import register as rows_of
from policy_pages.board.forecast import months_of
from policy_pages.enums import Audience, DocumentType, Topic
from policy_pages.readers.asked import counts_for

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
LOOKS = {
    rows_of.CHAIR: gettext_lazy("chair's action not ratified"),
    rows_of.EXTENDED: gettext_lazy("more time for the review"),
    rows_of.AUDIT_LATE: gettext_lazy("audit late"),
    questions.REPORT_LATE: gettext_lazy("report to a committee late"),
}
# Come from links alone, and are shown only as filters in force.
UNSEEN = ("owner", "ratified", "month")
COLUMNS = (
    (("title", gettext_lazy("Title")), ("reference", gettext_lazy("reference"))),
    (("version", gettext_lazy("Version")), ("since", gettext_lazy("in force from"))),
    (("type", gettext_lazy("Type")), ("topic", gettext_lazy("topic"))),
    (("owner", gettext_lazy("Owner")),),
    (("approved", gettext_lazy("Approved by")), ("ratified", gettext_lazy("ratified by"))),
    (("due", gettext_lazy("Review due")),),
)
MORE = ("owner_role__name", "owner_deputy__name", "sponsor__name", "review_months")


@require_safe
def register(request):
    today = timezone.localdate()
    if not permissions.can_see_register(request, today):
        raise Http404
    who, address = questions.asking_of(request, today), filters.Address.of(request)
    bodies = _bodies()
    asked = _asked(address, _filters(address, today, bodies, _owner(request)))
    if request.GET.get("export") in Sheet.FORMATS:
        return Sheet().answer(who, today, asked, request.GET["export"])
    first, rows, total = _part(address, who, today, asked)
    readers = _readers(request, rows, today)
    keys = tuple(tuple(row.values()) for row in rows)
    may_see_board = permissions.can_see_board(request, today)
    list_of = List(keys, first, total, address, today, bodies, _owner(request, rows), readers, may_see_board)
    place = [(_("Home"), "/"), *((one.label, one.url) for one in reports.sections(request.user, today))]
    context = _made(list_of, get_language()) | {"breadcrumbs": place}
    return render(request, "policy_pages/register.html", context)


@dataclass(frozen=True)
class List:
    """One page of the register as it is shown to somebody: everything that its words depend on."""

    rows: tuple[tuple, ...]
    number: int
    total: int
    address: filters.Address
    today: date
    bodies: tuple[tuple[int, str], ...]
    owner: tuple[tuple[str, str], ...]
    readers: tuple[tuple[int, int, int], ...] | None
    may_see_board: bool

    @property
    def page_of(self):
        return Paginator(range(self.total), PER_PAGE).page(self.number)


@lru_cache(maxsize=128)
def _made(found: List, _language) -> dict:
    """The page's parts, kept for equal values: a change of any shows at once."""
    address, today = found.address, found.today
    chosen = _filters(address, today, found.bodies, found.owner)
    asked = _asked(address, chosen)
    read = {pk: (asked_of, done) for pk, asked_of, done in found.readers or ()}
    rows = [dict(zip(rows_of.COLUMNS, row, strict=True)) for row in found.rows]
    context = {
        "rows": [_shown(row, today, read, address) for row in rows],
        "page_of": found.page_of,
        "total": found.total,
        "exports": [(format, _with(address, export=format)) for format in Sheet.FORMATS],
        "counted": found.readers is not None,
        "count_readers": _with(address, readers="1"),
        "may_see_board": found.may_see_board,
    } | _choices(address, asked, chosen)
    sheet = render_to_string("policy_pages/register_sheet.html", context | {"request": address})
    return context | {"sheet": sheet}


def _part(address, who, today, asked):
    number = filters.page_number(address, MOST_PAGES)
    rows, total = rows_of.listing(who, today, asked, first=(number - 1) * PER_PAGE, most=PER_PAGE)
    if not rows and number > 1:
        number = 1
        rows, total = rows_of.listing(who, today, asked, most=PER_PAGE)
    return number, rows, total


def _readers(request, rows, today):
    """Asked and read per policy, where somebody wants them: that counts people, which takes longer than the list."""
    if "readers" not in request.GET or not rows:
        return None
    counts = counts_for([row["pk"] for row in rows], today)
    return tuple(sorted((pk, one.asked, one.read) for pk, one in counts.items()))


def _bodies() -> tuple[tuple[int, str], ...]:
    """Names of all bodies: the same for everybody."""
    return kept("policies.bodies", lambda: tuple(Body.objects.values_list("pk", "name")))


def _owner(request, rows=()) -> tuple[tuple[str, str], ...]:
    """The owner to whom the list is narrowed. There are too many to choose from: each row links its own.

    The name is that of the listed rows, so that nobody learns a name from a number.
    """
    wanted = whole(request.GET.get("owner"))
    if not wanted:
        return ()
    names = (row["policy_owner__name"] for row in rows if row["policy_owner_id"] == wanted)
    return ((str(wanted), next(names, None) or _("one person")),)


def _choices(address, asked, chosen) -> dict:
    """Filters and order: what is chosen, what else there is, and the way back from each."""
    return {
        "columns": [[_heading(address, asked, *one) for one in column] for column in COLUMNS],
        "sorts": {key: label for column in COLUMNS for key, label in column}[asked.sort],
        "words": asked.words,
        "order": address.GET.get("sort", ""),
        "filters": [one for one in chosen if one.name not in UNSEEN],
        "unseen": [one for one in chosen if one.name in UNSEEN and one.value],
        "in_force": _in_force(address, asked, chosen),
        "without_filters": filters.without(address, "q", *(one.name for one in chosen)),
    }


def _filters(address, today, bodies, owner) -> list[filters.Filter]:
    standings = [(key, words) for key, (_mark, words) in STANDINGS.items()]
    return [
        filters.read(address, "topic", _("Topic"), Topic.choices),
        filters.read(address, "type", _("Type"), DocumentType.choices),
        filters.read(address, "body", _("Approved or ratified by"), bodies),
        filters.read(address, "standing", _("Standing"), standings),
        filters.read(address, "within", _("Review due within"), WITHIN.items()),
        filters.read(address, "keeper", _("Owner"), KEEPERS.items()),
        filters.read(address, "look", _("Needs a look"), LOOKS.items()),
        filters.read(address, "owner", _("Owner"), owner),
        filters.read(address, "ratified", _("Ratified by"), bodies),
        filters.read(address, "month", _("Review due in"), _months(today)),
    ]


def _months(today) -> list[tuple[str, str]]:
    """The months of the forecast. What is overdue stands in the first."""
    first, *later = months_of(today)
    now = _("%(month)s and before") % {"month": date_format(first, "F Y")}
    return [
        (f"{first:%Y-%m}", now),
        *((f"{month:%Y-%m}", date_format(month, "F Y")) for month in later),
    ]


def _asked(address, chosen) -> questions.Asked:
    value = {one.name: one.value for one in chosen}
    sort = address.GET.get("sort", "")
    known = sort.removeprefix("-") in rows_of.SORTS
    return questions.Asked(
        words=" ".join(address.GET.get("q", "").replace("\0", "").split())[:LONGEST],
        topic=value["topic"],
        document_type=value["type"],
        body=value["body"],
        standing=value["standing"],
        due_within=value["within"],
        keeper=value["keeper"],
        look=value["look"],
        owner=value["owner"],
        ratified=value["ratified"],
        month=date.fromisoformat(f"{value['month']}-01") if value["month"] else None,
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


def _shown(row, today, read, address) -> dict:
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
        "owner_url": _with(address, owner=row["policy_owner_id"])
        if issued and row["policy_owner_id"]
        else "",
        "approved": row["approving_body__name"] or "",
        "ratified": row["ratifying_body__name"] or "",
        "extended": row["extended"],
        "chair": row["chair"],
        "audit": _audit(row, today, get_language()),
        "readers": _n_of(read.get(row["pk"])),
        "since": _day(row["now_in_force_from"], today, get_language())[0],
        "due": _day(row["now_due"], today, get_language()),
        "standing": _mark(rows_of.standing_of(row, today), get_language()),
        "draft": draft,
        "draft_url": working if issued else "",
    }


def _n_of(counts) -> str:
    """Of nobody there is no share."""
    if not counts or not counts[0]:
        return _("nobody is asked")
    return _("%(n)d of %(all)d") % {"n": counts[1], "all": counts[0]}


def _audit(row, today, language) -> str | SafeString:
    """The audit that is late or comes next, else the last one that was done."""
    planned, done = row["audit_planned"], row["audited"]
    if planned and planned < today:
        return _state("late", _("late: planned for %(day)s") % {"day": full_date(planned)}, language)
    if planned:
        return _("planned for %(day)s") % {"day": full_date(planned)}
    return _("done %(day)s") % {"day": full_date(done)} if done else ""


@lru_cache(maxsize=1000)
def _state(kind, words, _language) -> SafeString:
    return render_to_string("kernel_content/state.html", {"kind": kind, "words": words})


@lru_cache
def _mark(standing: str, _language) -> SafeString:
    return _state(*STANDINGS[standing], _language)


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
        "extensions": gettext_lazy("Extensions of the review"),
        "chair": gettext_lazy("Chair's action not ratified"),
        "audited": gettext_lazy("Last audit"),
        "audit_planned": gettext_lazy("Next audit planned for"),
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
        "extensions": row["extended"] or 0,
        "chair": _("yes") if row["chair"] else "",
        "audited": row["audited"],
        "audit_planned": row["audit_planned"],
        "draft": draft_of(row),
    }
