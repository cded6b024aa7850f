"""Daily job: who is reminded of which review, once for each milestone, in one mail a person and week."""

import logging
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.lifecycle.reminders import Claim, batched, claim_all, owed, unsent
from kernel.lifecycle.review import add_months, how_long
from kernel.lifecycle.templatetags.dates import full_date
from kernel.outbox.services import queue_mails
from policy_pages.models.review import Review
from policy_pages.reviews import recipients
from policy_pages.reviews.recipients import STANDS_IN, TOLD, Person
from policy_pages.reviews.rules import rules

log = logging.getLogger("jobs")
BEFORE_MONTHS, WEEK, AT_ONCE = (12, 6, 3, 1), 7, 500
PERSON, REVIEW = "kernel_organisation.staffprofile", "policy_pages.review"
FACTS = {
    "title": F("policy__title"),
    "reference": F("policy__reference"),
    "name": F("cycle__name"),
    "policy_owner": F("policy__policy_owner"),
    "owner_deputy": F("policy__owner_deputy"),
    "sponsor": F("policy__sponsor"),
    "approving_body": F("policy__approving_body"),
}


@dataclass(frozen=True)
class Owed:
    """One review of which one person is to be told now."""

    review: dict
    person: Person
    capacity: str
    claim: Claim


def remind(today: date, dry_run=False) -> list[str]:
    """Tell everybody of what has come due for them since they were last told; who had a mail this week waits.

    Every reminder is recorded for review, person, milestone and due day: days that nobody ran owe the newest alone,
    and a day that was moved begins anew.
    """
    found = _owed(today)
    fresh = unsent(one.claim for one in found)
    found = [one for one in found if one.claim in fresh]
    turns = claim_all((_turn(one.person, today) for one in found), today=today)
    found = [one for one in found if _turn(one.person, today) in turns]
    claim_all((one.claim for one in found), today=today)
    mails = _by_person(found)
    queue_mails(_mail(rows, today) for rows in mails)
    return [
        ngettext("%(n)d mail about reviews", "%(n)d mails about reviews", len(mails)) % {"n": len(mails)},
        ngettext("%(n)d reminder", "%(n)d reminders", len(found)) % {"n": len(found)},
    ]


def _owed(today: date) -> list[Owed]:
    """What anybody may have to be told today; a fixed number of queries for each ``AT_ONCE`` reviews."""
    by_body, known, found, done = recipients.secretaries(today), rules(), [], 0
    for some in batched(_reviews(today), AT_ONCE):
        numbers = set().union(*(recipients.people_of(row, by_body) for row in some))
        people = recipients.reachable(numbers, today)
        for row in some:
            found += _of(row, people, by_body, known, today)
        done += len(some)
        log.info("policies.remind: %d reviews looked at, %d milestones reached", done, len(found))
    return found


def _reviews(today: date):
    """The open reviews whose first milestone is reached, by due day."""
    last = add_months(today, max(BEFORE_MONTHS)) + timedelta(days=5)  # months are of different lengths
    rows = Review.objects.open().filter(due__lte=last).order_by("due", "pk")
    return rows.values("pk", "due", "policy_id", **FACTS).iterator(AT_ONCE)


def _of(row, people, by_body, known, today) -> list[Owed]:
    found = [
        (pk, capacity, _milestone(row["due"], today, late_from=1, before=BEFORE_MONTHS))
        for pk, capacity in recipients.keepers(row, people, by_body).items()
    ]
    told = {pk for pk, _capacity, _milestone in found}
    above = [(row["sponsor"], known.sponsor_after_days)]
    above += [(pk, known.body_after_days) for pk in by_body.get(row["approving_body"], ())]
    for pk, days in above:
        if pk in people and pk not in told:
            told.add(pk)
            found.append((pk, TOLD, _milestone(row["due"], today, late_from=max(days, 1))))
    return [
        Owed(row, people[pk], capacity, _claim(row, pk, milestone))
        for pk, capacity, milestone in found
        if milestone is not None
    ]


def _milestone(due: date, today: date, *, late_from: int, before=()) -> int | None:
    """The newest milestone reached, in days before ``due``: some months before, then weekly from ``late_from`` on."""
    days = [(due - add_months(due, -months)).days for months in before]
    return owed(due, [*days, *range(-late_from, (due - today).days - 1, -WEEK)], today)


def _claim(row, person: int, milestone: int) -> Claim:
    return Claim(REVIEW, str(row["pk"]), str(milestone), f"{row['due']:%Y-%m-%d} {person}")


def _turn(person: Person, today: date) -> Claim:
    """The one mail of a person in a week, Monday to Sunday."""
    year, week, _day = today.isocalendar()
    return Claim(PERSON, str(person.pk), "reviews", f"{year}-W{week:02}")


def _by_person(found: list[Owed]) -> list[list[Owed]]:
    rows: dict[int, list[Owed]] = {}
    for one in found:
        rows.setdefault(one.person.pk, []).append(one)
    return list(rows.values())


def _mail(rows: list[Owed], today: date) -> dict:
    """One mail to one person: what they keep, then what they are told of."""
    late = sum(one.review["due"] < today for one in rows)
    subject = ngettext("%(n)d review of a policy", "%(n)d reviews of policies", len(rows)) % {"n": len(rows)}
    if late:
        subject += ", " + _("%(late)d overdue") % {"late": late}
    context = {
        "person": rows[0].person,
        "kept": [_shown(one, today) for one in rows if one.capacity != TOLD],
        "told": [_shown(one, today) for one in rows if one.capacity == TOLD],
        "desk": settings.WAGTAILADMIN_BASE_URL + reverse("desk"),
    }
    return {
        "kind": "policies.reviews",
        "to": [rows[0].person.email],
        "subject": subject,
        "text": render_to_string("policy_pages/email/reviews.txt", context),
        "html": render_to_string("policy_pages/email/reviews.html", context),
    }


def _shown(one: Owed, today: date) -> dict:
    row, due = one.review, one.review["due"]
    facts = {"day": full_date(due), "span": how_long(due, today)}
    words = (
        _("Review due %(day)s (%(span)s).") if due >= today else _("Its review was due %(day)s (%(span)s).")
    )
    base = settings.WAGTAILADMIN_BASE_URL
    place = base + reverse("policy_review", args=[row["policy_id"]])
    return {
        "title": f"{row['reference']} {row['title']}" + (f": {row['name']}" if row["name"] else ""),
        "words": words % facts,
        "stands_in": one.capacity == STANDS_IN,
        "main": not row["name"],
        "place": place,
        "no_change": f"{place}no-change/",
        "revision": base + reverse("policy_draft", args=[row["policy_id"]]),
        "more_time": f"{place}more-time/",
    }
