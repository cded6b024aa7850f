"""Duties: one's own, those of a job role, those of a role as texts write it, and those that nobody holds."""

from itertools import groupby

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kernel.content import filters
from kernel.lifecycle.review import how_long
from kernel.lifecycle.templatetags.dates import full_date
from kernel.organisation import people
from kernel.organisation.models import JobRole
from policy_pages import passages, permissions, reading, reports
from policy_pages.duties import held, local, naming, unheld
from policy_pages.enums import Cadence, DutySource, Force
from policy_pages.forms import LocalRoleForm
from policy_pages.models import DutyRole, LocalRole, PolicyVersion
from policy_pages.views.answers import attempt

PER_PAGE, MOST_PAGES, MOST_PRINTED = 100, 1000, 1000
EVERYONE = "everyone"


@require_safe
def mine(request):
    """All duties of my posts of today in one list, or those of one of my job roles."""
    today = timezone.localdate()
    roles = held.job_roles_of(request.user, today)
    one = filters.read(request, "role", _("Job role"), [(str(pk), name) for pk, name in roles])
    chosen = tuple(role for role in roles if str(role[0]) == one.value) or roles
    whose = held.Whose(chosen, agency=local.agency_of(request, today))
    context = _listed(request, today, whose, [one] if len(roles) > 1 else [])
    words = {
        "roles": roles,
        "named": _(" and ").join(name for _number, name in chosen),
        "breadcrumbs": _crumbs(request, today),
    }
    return render(request, "policy_pages/duties/mine.html", context | words)


@require_safe
def roles(request):
    """Every job role, and every role that a text names which one may read."""
    today = timezone.localdate()
    readable = reading.readable(reading.reader_asking(request, today), today).order_by().values("pk")
    written = DutyRole.objects.filter(duty__version__in=readable).exclude(key="")
    known = local.names(local.agency_of(request, today))
    named = {
        key: naming.plain(name) for key, name in written.order_by("-pk").values_list("key", "name").distinct()
    }
    context = {
        "job_roles": JobRole.objects.order_by("name").values("code", "name"),
        "written": sorted((name, key, known.get(key, "")) for key, name in named.items()),
        "may_see_unheld": _may_see_unheld(request, today),
        "breadcrumbs": _crumbs(request, today),
    }
    return render(request, "policy_pages/duties/roles.html", context)


@require_safe
def of_job_role(request, code):
    today, role = timezone.localdate(), get_object_or_404(JobRole, code=code)
    whose = held.Whose(((role.pk, role.name),), agency=local.agency_of(request, today))
    context = _listed(request, today, whose, []) | {"role": role.name, "breadcrumbs": _below(request, today)}
    return render(request, "policy_pages/duties/role.html", context)


@require_safe
def of_written_role(request, key):
    """The rows of a role from all texts; what no text names that one may read is not there."""
    today = timezone.localdate()
    role = _written(request, key, today)
    may_name = local.may_name(request.user, key, today)
    context = {
        "role": role,
        "here": local.names(local.agency_of(request, today)).get(key, ""),
        "key": key if may_name else "",
        "breadcrumbs": _below(request, today),
    }
    listed = _listed(request, today, held.Whose(written=key), [])
    return render(request, "policy_pages/duties/role.html", context | listed)


@require_http_methods(["GET", "HEAD", "POST"])
def here(request, key):
    """What the role is in one's own organisation; saving it empty takes it back."""
    today = timezone.localdate()
    if not local.may_name(request.user, key, today):
        raise Http404
    agency = people.profile_of(request.user).agency
    row = LocalRole.objects.filter(agency=agency, key=key).first()
    role = _written(request, key, today, owned=True)
    form = LocalRoleForm(request.POST or None, row=row)

    def act(**values):
        return local.name_role(key, actor=request.user, today=today, **values)

    if request.method == "POST" and attempt(request, form, _("Saved. Readers see it from now on."), act):
        return redirect("written_role", key)
    crumbs = [*_below(request, today), (role, reverse("written_role", args=[key]))]
    context = {"form": form, "role": role, "agency": agency, "row": row, "breadcrumbs": crumbs}
    return render(request, "policy_pages/duties/here.html", context)


@require_safe
def without_holder(request):
    """For owners, and for who keeps roles: job roles that texts name and nobody holds."""
    today = timezone.localdate()
    if not _may_see_unheld(request, today):
        raise Http404
    reader, officer = reading.reader_asking(request, today), permissions.keeps_roles(request.user)
    found = unheld.seen_by(people.profile_of(request.user), reader, today, officer=officer)
    context = {"found": found, "breadcrumbs": _below(request, today)}
    return render(request, "policy_pages/duties/without_holder.html", context)


def _may_see_unheld(request, today) -> bool:
    return permissions.keeps_roles(request.user) or permissions.owns_here(request, today)


def _written(request, key, today, *, owned=False) -> str:
    """The role as the newest text has it that one may read; ``owned``: or that one owns."""
    readable = reading.readable(reading.reader_asking(request, today), today).order_by().values("pk")
    rows = DutyRole.objects.filter(key=key)
    whose = rows.filter(duty__version__in=readable)
    if owned and (person := people.profile_of(request.user)):
        owned = PolicyVersion.objects.filter(unheld.owned_by(person)).values("pk")
        whose = whose | rows.filter(duty__version__in=owned)
    row = whose.order_by("-duty__version", "pk").first()
    if row is None:
        raise Http404
    return naming.plain(row.name)


def _listed(request, today, whose, more) -> dict:
    """Filters, numbers and one page of duties; on paper all of them at once."""
    printing = "print" in request.GET
    chosen, narrowed = _filters(request, more)
    rows = held.duties(reading.reader_asking(request, today), today, whose, narrowed)
    numbers = held.numbers(rows, today)
    total = min(numbers.duties, MOST_PRINTED) if printing else numbers.duties
    page_of = Paginator(range(total), MOST_PRINTED if printing else PER_PAGE).get_page(
        filters.page_number(request, MOST_PAGES)
    )
    first = max(page_of.start_index() - 1, 0)
    found = held.listed(rows, first, page_of.paginator.per_page) if total else []
    names = local.names(local.agency_of(request, today)) if found else {}
    shown = [_shown(row, names, today) for row in found]
    return {
        "groups": [(label, list(group)) for label, group in groupby(shown, key=lambda row: row["often"])],
        "numbers": numbers,
        "days": held.CHANGED_DAYS,
        "page_of": page_of,
        "everyone": narrowed.everyone,
        "filters": chosen,
        "in_force": filters.in_force(request, chosen),
        "without_filters": filters.without(request, *(one.name for one in chosen)),
        "to_print": _with(request, "print", ""),
        "to_everyone": f"{request.path}?whose={EVERYONE}",
    }


def _filters(request, more) -> tuple[list[filters.Filter], held.Narrowed]:
    none = [(held.NONE, _("neither must, should nor may"))]
    often = [(cadence.value or held.NONE, cadence.label) for cadence in Cadence]
    whose = filters.read(request, "whose", _("Whose"), [(EVERYONE, _("everyone's"))])
    force = filters.read(
        request, "force", _("How binding"), [(one.value, one.label) for one in Force if one] + none
    )
    how_often = filters.read(request, "often", _("How often"), often)
    narrowed = held.Narrowed(force.value, how_often.value, everyone=whose.value == EVERYONE)
    return [
        force,
        how_often,
        *(() if narrowed.everyone else more),
        *([whose] if whose.value else []),
    ], narrowed


def _with(request, name: str, value: str) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    query[name] = value
    return f"?{query.urlencode()}"


def _shown(row: dict, names: dict, today) -> dict:
    changed = row["since"] > held.changed_after(today)
    return {
        "url": f"{reverse('policy_short', args=[row['version__reference']])}#{row['anchor']}",
        "place": f"{row['version__reference']} {row['number']}".strip(),
        "title": row["version__title"],
        "heading": row["heading"],
        "words": passages.cut(row["words"], frozenset()),
        "force": row["force"],
        "kind": "" if row["source"] == DutySource.CLAUSE else DutySource(row["source"]).label,
        "often": str(Cadence(row["cadence"]).label),
        "whose": [_called(role, names) for role in row["roles"]],
        "everyone": row["everyone"],
        "changed": _changed(row, today) if changed else "",
    }


def _called(role, names) -> str:
    """The role as written, with what it is called where the reader works."""
    name = naming.plain(role.name) if role.key else role.name
    if role.key in names:
        return _("%(role)s (here: %(name)s)") % {"role": name, "name": names[role.key]}
    return name


def _changed(row, today) -> str:
    words = _("new %(day)s (%(long)s)") if row["new"] else _("changed %(day)s (%(long)s)")
    return words % {"day": full_date(row["since"]), "long": how_long(row["since"], today)}


def _crumbs(request, today) -> list[tuple[str, str]]:
    return [(_("Home"), "/"), *((one.label, one.url) for one in reports.sections(request.user, today))]


def _below(request, today) -> list[tuple[str, str]]:
    return [*_crumbs(request, today), (_("Duties by role"), reverse("duty_roles"))]
