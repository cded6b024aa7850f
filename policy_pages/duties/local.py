"""What an organisation makes of the roles that texts name: its own name, job roles or a staff group (S0-07).

Issued texts stay as they are: the local name is put beside the written one when a page is made, for readers of that
organisation alone; visitors have the host's. Names are kept in the process and asked anew when they change.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _

from kernel.accounts.facts import facts_of
from kernel.audit import act, record
from kernel.content import kept
from kernel.organisation import people
from kernel.organisation.models import AgencyKind
from policy_pages import permissions
from policy_pages.duties import naming
from policy_pages.models.duties import DutyRole, LocalRole

AGENCY = "policies.agency"
LONGEST = 200


def agency(today):
    """The fact of which organisation somebody is."""
    return F("staff_profile__agency_id")


def agency_of(request, today) -> int | None:
    return facts_of(request, today).get(AGENCY)


def may_name(user, key: str, today) -> bool:
    """For the host: who keeps roles, and whoever owns a text that names it. For a partner: its coordinators."""
    person = people.profile_of(user)
    if person is None or not user.is_active or not person.is_here(today):
        return False
    if person.agency.kind != AgencyKind.HOST:
        return people.holds(user, "agency-coordinator", today, agency=person.agency)
    named = DutyRole.objects.filter(key=key)
    owner, deputy = (f"duty__version__policy__{name}" for name in ("policy_owner", "owner_deputy"))
    return (
        permissions.keeps_roles(user) or named.filter(Q(**{owner: person}) | Q(**{deputy: person})).exists()
    )


@act("policies.name_role")
def name_role(key: str, *, actor, today, local_name="", job_roles=(), staff_group=None) -> LocalRole | None:
    """Say what a role as written is in the actor's own organisation; nothing at all takes it back.

    Raises ValidationError for a role that no text names and for words that are no name.
    """
    if not may_name(actor, key, today):
        raise PermissionDenied(
            _("Authors, owners of a text that names it and coordinators say what a role is.")
        )
    here, written = people.profile_of(actor).agency, _written(key)
    name = " ".join(local_name.split())
    if "<" in name or len(name) > LONGEST:
        raise ValidationError(
            {"local_name": _("Enter a name, without marks such as < and no longer than a line.")}
        )
    transaction.on_commit(kept.forget)
    if not (name or job_roles or staff_group):
        LocalRole.objects.filter(agency=here, key=key).delete()
        record("policies.name_role", actor=actor, target=here, facts={"role": key, "taken_back": True})
        return None
    made, _new = LocalRole.objects.get_or_create(agency=here, key=key, defaults={"written": written})
    row = LocalRole.objects.select_for_update().get(pk=made.pk)
    row.written, row.local_name, row.staff_group = written, name, staff_group
    row.save()
    row.job_roles.set(job_roles)
    numbers = sorted(role.pk for role in job_roles)
    facts = {"role": key, "job_roles": numbers, "staff_group": staff_group.pk if staff_group else None}
    record("policies.name_role", actor=actor, target=here, facts=facts, words={"name": name})
    return row


def _written(key: str) -> str:
    """The role as the newest text writes it."""
    row = DutyRole.objects.filter(key=key).order_by("-duty__version", "pk").first()
    if row is None:
        raise ValidationError(_("No text names this role any more."))
    return naming.plain(row.name)


def names(agency_id: int | None) -> dict[str, str]:
    """What written roles are called in an organisation, by their keys; None stands for the host."""
    return kept.kept(("policies.local_roles", agency_id), lambda: _names(agency_id))


def _names(agency_id) -> dict[str, str]:
    whose = Q(agency=agency_id) if agency_id else Q(agency__kind=AgencyKind.HOST)
    rows = LocalRole.objects.filter(whose).select_related("staff_group").prefetch_related("job_roles")
    return {row.key: called(row) for row in rows}


def called(row: LocalRole) -> str:
    """Its name, or else the names of those whom it is."""
    if row.local_name:
        return row.local_name
    found = [role.name for role in row.job_roles.all()]
    found += [row.staff_group.name] if row.staff_group else []
    return _(" or ").join(found)


def names_in(content: dict, request, today) -> tuple[tuple[str, str], ...]:
    """(role as written, what it is called where the reader works) for the roles of a text; mostly none."""
    written = [
        row["role"] for block in content["blocks"] if block["type"] == "roles_table" for row in block["rows"]
    ]
    if not written:
        return ()
    known = names(agency_of(request, today))
    found = ((role, known.get(naming.key_of(role))) for role in dict.fromkeys(written))
    return tuple((role, name) for role, name in found if name)


def with_names(html: str, found) -> str:
    """Frozen HTML with the local names of ``names_in`` under the roles of its tables."""
    for role, name in found:
        cell = '<th scope="row">{}{}</th>'
        beside = format_html('<span class="wa-here">{}</span>', _("Here: %(name)s") % {"name": name})
        html = html.replace(cell.format(escape(role), ""), cell.format(escape(role), beside))
    return html
