"""Owners hear of job roles without a holder: one mail for what is new, a row of the desk while it lasts."""

import hashlib
from collections import defaultdict

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.content.desk import DeskRow
from kernel.content.kept import kept
from kernel.lifecycle import reminders
from kernel.organisation.models import Post, StaffProfile
from kernel.outbox import queue_mail
from policy_pages.duties import unheld
from policy_pages.duties.unheld import GONE, RENAMED, VACANT
from policy_pages.models.pages import PolicyPage


def desk(user, today, _request=None) -> list[DeskRow]:
    """Asked of owners and deputies. Which texts are concerned is the same for everybody, and dear to find out."""
    found = kept(("policies.unheld", today), lambda: unheld.numbers(today))
    own = Q(policy_owner__user=user) | Q(owner_deputy__user=user)
    mine = PolicyPage.objects.filter(own, pk__in=found).values_list("pk", flat=True) if found else ()
    number = sum(found[policy] for policy in mine)
    if not number:
        return []
    words = ngettext(
        "%(n)d duty in a text of yours names a job role that nobody holds, or not by that name.",
        "%(n)d duties in texts of yours name job roles that nobody holds, or not by that name.",
        number,
    )
    return [
        DeskRow(
            verb="decide",
            title=_("Duties without a holder"),
            why=words % {"n": number},
            url=reverse("duties_without_holder"),
            button=_("See whose they were"),
        )
    ]


def tell_owners(today, dry_run=False) -> list[str]:
    """Daily job: each text and job role is told of once, and again when it happens again. Gives a line for each."""
    found = unheld.by_policy(today)
    since = _last_held({row.job_role for rows in found.values() for row in rows}, today)
    owners, lines = _owners(found, today), []
    news: dict[StaffProfile, list] = defaultdict(list)
    for policy, rows in found.items():
        for row in rows:
            if owners[policy] and _is_news(policy, row, since, today):
                lines.append(f"{row.reference}: {row.name}, {row.kind}")
                for person in owners[policy]:
                    news[person].append(row)
    for person, rows in news.items():
        _mail(person, rows)
    return lines


def _is_news(policy: int, row, since, today) -> bool:
    cycle = {
        VACANT: since.get(row.job_role, "never held"),
        RENAMED: hashlib.sha256(row.now.encode()).hexdigest()[:12],
        GONE: "gone",
    }[row.kind]
    return reminders.claim(PolicyPage(pk=policy), f"{row.kind} {row.job_role}", cycle, today=today)


def _last_held(job_roles: set[int], today) -> dict[int, str]:
    """The last day on which somebody held each role: another one makes another event."""
    last: dict[int, str] = {}
    posts = Post.objects.filter(job_role__in=job_roles, from_on__lte=today)
    for number, until, left in posts.values_list("job_role", "until_on", "person__left_on"):
        days = [day.isoformat() for day in (until, left) if day]
        last[number] = max(last.get(number, ""), min(days, default=""))
    return last


def _owners(found, today) -> dict[int, list[StaffProfile]]:
    """Owner and deputy of each policy, as far as they are here and can be written to."""
    pages = PolicyPage.objects.filter(pk__in=found).values_list("pk", "policy_owner", "owner_deputy")
    named = {pk: [number for number in numbers if number] for pk, *numbers in pages}
    wanted = {number for numbers in named.values() for number in numbers}
    here = (
        StaffProfile.objects.here(today).filter(pk__in=wanted, user__is_active=True).exclude(user__email="")
    )
    known = here.select_related("user").in_bulk()
    return {pk: [known[number] for number in numbers if number in known] for pk, numbers in named.items()}


def _mail(person, rows) -> None:
    link = settings.WAGTAILADMIN_BASE_URL + reverse("duties_without_holder")
    text = render_to_string("policy_pages/email/unheld.txt", {"rows": rows, "link": link})
    subject = ngettext(
        "A job role that your text names has no holder",
        "%(n)d job roles that your texts name have no holder",
        len(rows),
    )
    queue_mail(kind="policies.unheld", to=[person.user.email], subject=subject % {"n": len(rows)}, text=text)
