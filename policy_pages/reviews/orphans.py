"""Policies in use whose owner is not here: found on the day, listed, and told to whoever comes after the owner."""

from datetime import date

from django.conf import settings
from django.db.models import Exists, F, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.lifecycle.reminders import Claim, batched, claim_all
from kernel.organisation.models import StaffProfile
from kernel.outbox.services import queue_mails
from policy_pages.models.pages import PolicyPage
from policy_pages.models.review import Review
from policy_pages.reviews import recipients

AT_ONCE, POLICY = 500, "policy_pages.policypage"


def orphans(today: date, policies=None):
    """Policies under review whose owner was never named or has left."""
    policies = PolicyPage.objects.all() if policies is None else policies
    here = StaffProfile.objects.here(today).filter(pk=OuterRef("policy_owner"))
    in_use = Review.objects.open().main().filter(policy=OuterRef("pk"))
    return policies.filter(~Exists(here), Exists(in_use))


def find(today: date, dry_run=False) -> list[str]:
    """Daily job: tell the deputy, else the sponsor, else the body's secretaries, once each; a line where nobody is."""
    by_body, found, nobody = recipients.secretaries(today), [], []
    for some in batched(_rows(today), AT_ONCE):
        numbers = set().union(*(recipients.people_of(row, by_body) for row in some))
        people = recipients.reachable(numbers, today)
        for row in some:
            told = recipients.next_after(row, people, by_body, ("owner_deputy", "sponsor"))
            found += [(row, people[pk], _claim(row, pk)) for pk in told]
            nobody += [] if told else [row]
    first = claim_all((claim for _row, _person, claim in found), today=today)
    mails: dict = {}
    for row, person, claim in found:
        if claim in first:
            mails.setdefault(person, []).append(row)
    queue_mails(_mail(person, rows) for person, rows in mails.items())
    lines = [
        ngettext("%(n)d policy without an owner told", "%(n)d policies without an owner told", len(first))
        % {"n": len(first)}
    ]
    return lines + [_("%(reference)s: nobody answers for it") % row for row in nobody]


def _rows(today: date):
    fields = ("pk", "reference", "title", "policy_owner", "owner_deputy", "sponsor", "approving_body")
    rows = orphans(today).annotate(gone=F("policy_owner__name")).order_by("pk")
    return rows.values(*fields, "gone").iterator(AT_ONCE)


def _claim(row, person: int) -> Claim:
    return Claim(POLICY, str(row["pk"]), "no owner", f"{row['policy_owner'] or 0} {person}")


def _mail(person, rows) -> dict:
    subject = ngettext("%(n)d policy has no owner", "%(n)d policies have no owner", len(rows))
    context = {
        "person": person,
        "rows": [row | {"link": _link("policy_review", row["pk"])} for row in rows],
        "register": _link("policy_register") + "?keeper=none",
    }
    return {
        "kind": "policies.no_owner",
        "to": [person.email],
        "subject": subject % {"n": len(rows)},
        "text": render_to_string("policy_pages/email/no_owner.txt", context),
    }


def _link(name: str, *args) -> str:
    return settings.WAGTAILADMIN_BASE_URL + reverse(name, args=args)
