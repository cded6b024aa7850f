"""What the search page says of clauses: one page of hits, the filters in force, and help when there are none."""

from functools import partial

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.content import filters
from kernel.organisation import people
from policy_pages import finding, near, passages, reading, search, wanted
from policy_pages.enums import DocumentType, Force, Topic
from policy_pages.models import PolicyVersion

MINE = "mine"


def clauses(request, text: str, today) -> dict:
    """Context of the clause part of a search for ``text`` by whoever sends ``request``."""
    reader, words, chosen = reading.reader_asking(request, today), wanted.read(text), _filters(request)
    narrowed = _narrowed(request, chosen, today)
    number = filters.page_number(request, finding.MOST // finding.PER_PAGE)
    found = finding.clauses(reader, words, today, narrowed=narrowed, page=number)
    if not found.rows and number > 1:
        number, found = 1, finding.clauses(reader, words, today, narrowed=narrowed)
    shown = min(found.total, finding.MOST)
    return {
        "clauses": _shown(found.rows, words),
        "total": found.total,
        "most": _more(found),
        "page_of": Paginator(range(shown), finding.PER_PAGE).page(number),
        "filters": chosen,
        "narrowed": narrowed if narrowed != finding.Narrowed() else None,
        "in_force": filters.in_force(request, chosen),
        "without_filters": filters.without(request, *(one.name for one in chosen)),
        "meant": partial(_meant, request.user, reader, words, today),
    }


def _more(found) -> str:
    """The bound in words, for a number that is past it."""
    return f"{finding.MOST:,}" if found.total > finding.MOST else ""


def _filters(request) -> list[filters.Filter]:
    forces = [(force, force.label) for force in Force if force]
    rows = [
        filters.read(request, "topic", _("Topic"), Topic.choices),
        filters.read(request, "type", _("Type"), DocumentType.choices),
        filters.read(request, "force", _("How binding"), forces),
    ]
    if request.user.is_authenticated:
        rows.append(filters.read(request, "for", _("Whose duty"), [(MINE, _("my job role"))]))
    return rows


def _narrowed(request, chosen, today) -> finding.Narrowed:
    value = {one.name: one.value for one in chosen}
    roles = tuple(people.job_roles_of(request.user, today)) if value.get("for") == MINE else None
    return finding.Narrowed(
        topic=value["topic"], document_type=value["type"], force=value["force"], roles=roles
    )


def _shown(rows, words) -> list[dict]:
    stems, numbers = passages.stems_of(words), _numbers({row["version_id"] for row in rows})
    return [_hit(row, stems, numbers[row["version_id"]]) for row in rows]


def _numbers(versions: set[int]) -> dict[int, str]:
    rows = (
        PolicyVersion.objects.filter(pk__in=versions).values_list("pk", "major", "minor") if versions else []
    )
    return {pk: f"{major}.{minor}" for pk, major, minor in rows}


def _hit(row, stems, version: str) -> dict:
    return {
        **row,
        "url": f"{reverse('policy_short', args=[row['reference']])}#{row['anchor']}",
        "name": passages.marked(row["heading"], stems),
        "passage": passages.marked(passages.cut(row["words"], stems), stems),
        "version": version,
    }


def _meant(user, reader, words, today) -> dict | None:
    """Other words that would find something, and how much; never from texts that the person may not read."""
    text = near.meant(reader, words, today)
    if not text:
        return None
    found = finding.clauses(reader, wanted.read(text), today)
    total = found.total + len(search.find(user, text, today))
    return {"text": text, "total": total, "most": _more(found)} if total else None
