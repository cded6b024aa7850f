"""Who makes full assessments, and which of them wait for one person."""

from django.db.models import Exists, F, OuterRef

from kernel.lifecycle.models import Authorship
from kernel.organisation import people
from kernel.organisation.models import RoleGrant
from kernel.organisation.models.dated import given
from policy_pages.models.screening import Screening

LEADS = "policies.leads_screening"


def open_fulls():
    """The screenings that wait for a lead: the newest of their kind, without a full assessment."""
    later = Screening.objects.filter(
        policy=OuterRef("policy"), kind=OuterRef("kind"), number__gt=OuterRef("number")
    )
    return Screening.objects.filter(~Exists(later), needs_full=True, full__isnull=True)


def leads(today):
    """The fact behind the desk's rows: one waits for a role that this login holds."""
    held = RoleGrant.objects.filter(
        given(today), user_id=OuterRef(OuterRef("pk")), role=OuterRef("lead_role")
    )
    return Exists(open_fulls().filter(Exists(held)))


def waiting_for(user, today) -> list[Screening]:
    """Full assessments that ``user`` may make on ``today``, oldest first; one query."""
    held = RoleGrant.objects.filter(given(today), user_id=user.pk, role=OuterRef("lead_role"))
    wrote = Authorship.objects.filter(
        page_id_copy=OuterRef("policy"), cycle=OuterRef("cycle"), user_id_copy=user.pk
    )
    rows = open_fulls().filter(Exists(held), ~Exists(wrote), policy__pk=F("policy"))
    return list(rows.exclude(made_by_id=user.pk).select_related("policy", "kind").order_by("made_at"))


def holds_lead(user, screening, today) -> bool:
    return people.holds(user, screening.lead_role, today)


def authors(page) -> set[int]:
    """Logins that wrote any of the draft since the last issue."""
    rows = Authorship.objects.filter(page_id_copy=page.pk, cycle=page.versions_issued())
    return set(rows.values_list("user_id_copy", flat=True))


def leads_for(user, page, today) -> bool:
    """Whether a full assessment of this draft is, or was before its issue, for a role that ``user`` holds."""
    rows = Screening.objects.filter(policy=page.pk, needs_full=True, cycle=page.versions_issued())
    return any(people.holds(user, role, today) for role in set(rows.values_list("lead_role", flat=True)))


def free_leads(screening, today):
    """Holders of the role who may make it: nobody who wrote the text or recorded the screening."""
    barred = authors(screening.policy) | {screening.made_by_id}
    return people.holders(screening.lead_role, today).exclude(pk__in=barred)
