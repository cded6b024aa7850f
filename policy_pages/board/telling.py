"""Late reports and audits are told once each: to who answers for the policy, and to the auditor (S0-05, S3-07)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.lifecycle import reminders
from kernel.lifecycle.templatetags.dates import full_date
from kernel.organisation.models import StaffProfile
from kernel.outbox import queue_mail
from policy_pages.board.schedule import reports_due
from policy_pages.models import EffectivenessAudit, PolicyPage

LATE = "late"


@dataclass(frozen=True)
class Late:
    """What is late, in words, and whom it concerns; ``cycle`` tells this due day from the next one."""

    thing: Model
    cycle: str
    policy: PolicyPage
    words: str
    people: tuple[int, ...]

    @property
    def link(self) -> str:
        return settings.WAGTAILADMIN_BASE_URL + reverse("policy_assurance", args=[self.policy.pk])


def tell(today: date, dry_run=False) -> list[str]:
    """Daily job: one mail a person for what has become late; each due day is told once. Gives a line for each."""
    found = [*_reports(today), *_audits(today)]
    known = _reachable({number for late in found for number in late.people}, today)
    news: dict[StaffProfile, list[Late]] = defaultdict(list)
    lines = []
    for late in found:
        people = [known[number] for number in dict.fromkeys(late.people) if number in known]
        if people and reminders.claim(late.thing, LATE, late.cycle, today=today):
            lines.append(f"{late.policy.reference}: {late.words}")
            for person in people:
                news[person].append(late)
    for person, rows in news.items():
        _mail(person, rows)
    return lines


def _reports(today):
    rows = [one for one in reports_due(today) if one.late]
    policies = PolicyPage.objects.in_bulk({one.duty.policy_id for one in rows})
    for one in rows:
        policy = policies[one.duty.policy_id]
        words = {"name": one.duty.name, "body": one.duty.body.name, "day": full_date(one.next_on)}
        said = _("Report “%(name)s” to %(body)s, due on %(day)s") % words
        yield Late(one.duty, str(one.answered + 1), policy, said, _answering(policy))


def _audits(today):
    for audit in EffectivenessAudit.objects.late(today).select_related("policy").order_by("planned_on", "pk"):
        said = _("Audit of effectiveness, planned for %(day)s") % {"day": full_date(audit.planned_on)}
        people = (audit.auditor_id, *_answering(audit.policy))
        yield Late(audit, audit.planned_on.isoformat(), audit.policy, said, people)


def _answering(policy) -> tuple[int, ...]:
    return tuple(number for number in (policy.policy_owner_id, policy.owner_deputy_id) if number)


def _reachable(numbers: set[int], today) -> dict[int, StaffProfile]:
    here = StaffProfile.objects.here(today).filter(pk__in=numbers, user__is_active=True)
    return here.exclude(user__email="").select_related("user").in_bulk()


def _mail(person, rows) -> None:
    text = render_to_string("policy_pages/email/late_assurance.txt", {"rows": rows})
    subject = ngettext(
        "A report or audit of a policy is late", "%(n)d reports and audits of policies are late", len(rows)
    )
    queue_mail(
        kind="policies.assurance", to=[person.user.email], subject=subject % {"n": len(rows)}, text=text
    )
