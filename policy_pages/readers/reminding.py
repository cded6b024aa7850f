"""Reminders to read: one digest a person, each step once, also after days on which nobody ran the jobs."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.audit import act, record
from kernel.lifecycle.models import ReminderSent
from kernel.lifecycle.templatetags.dates import full_date
from kernel.organisation import people
from kernel.organisation.models import StaffProfile
from kernel.outbox import queue_mails
from policy_pages.models import PolicyVersion
from policy_pages.readers.asked import Standing, standings

log = logging.getLogger("jobs")
BATCH, LONGEST_TITLE, SOON = 500, 30, 7
CALLS, BY_MANAGER = "policy_pages.readingcall", "reading, asked by the manager"


@dataclass(frozen=True)
class Item:
    """One policy in a digest."""

    title: str
    number: str
    due: date
    late: bool
    url: str


def step(due: date, today: date) -> str:
    """The newest step reached: new, the week before, late, and late again each week."""
    left = (due - today).days
    if left < 0:
        return f"late {(-left - 1) // 7}"
    return "soon" if left <= SOON else "new"


def remind(today: date, dry_run: bool = False) -> list[str]:
    """Daily job: everybody with a login who has something to read and has reached a step not yet told.

    In batches, each in a fixed number of queries. Says how many were written to.
    """
    told, texts = 0, {}
    for done, of, batch in _batches(today):
        told += _remind(batch, today, texts, dry_run)
        log.info("reminders to read: %d of %d people, %d mails", done, of, told)
    return [ngettext("%(n)d person to be reminded", "%(n)d people to be reminded", told) % {"n": told}]


@act("policies.remind_line")
def remind_line(*, actor, today) -> int:
    """A line manager reminds those of the own line who have something to read, once a day; how many were told."""
    me = people.profile_of(actor)
    if me is None or not me.is_here(today):
        raise PermissionDenied(_("Line managers remind the people of their own line."))
    StaffProfile.objects.select_for_update().get(pk=me.pk)
    line = {person.pk: person for person in _with_mail(people.reports_of(me, today))}
    rows = standings(today, people=line, to_read=True)
    waiting = {str(row.person_id) for row in rows} - told_today(line, today)
    if not waiting:
        raise ValidationError(_("Everybody who has something to read and can sign in was reminded today."))
    ReminderSent.objects.bulk_create([_by_manager(person, today) for person in sorted(waiting)])
    rows = [row for row in rows if str(row.person_id) in waiting]
    told = len(queue_mails(_mails(rows, line, today, {}, by=me.name)))
    record("policies.remind_line", actor=actor, target=me, facts={"people": told})
    return told


def _batches(today) -> Iterator[tuple[int, int, dict[int, StaffProfile]]]:
    keys = list(_with_mail(StaffProfile.objects.here(today)).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        rows = _with_mail(StaffProfile.objects.filter(pk__in=keys[start : start + BATCH]))
        yield min(start + BATCH, len(keys)), len(keys), {person.pk: person for person in rows}


def _with_mail(found):
    able = found.filter(user__is_active=True).exclude(user__email="")
    return able.select_related(None).select_related("user")


def _remind(batch, today, texts, dry_run) -> int:
    rows = standings(today, people=batch, to_read=True)
    steps = {
        (f"{row.person_id}:{row.call_id}", step(row.due, today), row.due.isoformat()): row for row in rows
    }
    sent = ReminderSent.objects.filter(thing_type=CALLS, thing_id__in={key[0] for key in steps})
    new = set(steps) - set(sent.values_list("thing_id", "milestone", "cycle"))
    reached = {steps[key].person_id for key in new}
    if dry_run or not reached:
        return len(reached)
    ReminderSent.objects.bulk_create(
        [
            ReminderSent(thing_type=CALLS, thing_id=thing, milestone=told, cycle=cycle, sent_on=today)
            for thing, told, cycle in sorted(new)
        ],
        batch_size=500,
    )
    rows = [row for row in rows if row.person_id in reached]
    return len(queue_mails(_mails(rows, batch, today, texts)))


def told_today(line: Iterable[int], today) -> set[str]:
    rows = ReminderSent.objects.filter(
        thing_type=StaffProfile._meta.label_lower, milestone=BY_MANAGER, cycle=today.isoformat()
    )
    return set(rows.filter(thing_id__in=[str(pk) for pk in line]).values_list("thing_id", flat=True))


def _by_manager(person: str, today) -> ReminderSent:
    kind, cycle = StaffProfile._meta.label_lower, today.isoformat()
    return ReminderSent(thing_type=kind, thing_id=person, milestone=BY_MANAGER, cycle=cycle, sent_on=today)


def _mails(rows: list[Standing], known, today, texts, by="") -> Iterator[dict]:
    """One digest a person with all that they have to read, late first."""
    _fill(texts, {row.text_id for row in rows})
    each: dict[int, list[Item]] = {}
    for row in sorted(rows, key=lambda row: (row.due, row.policy_id)):
        each.setdefault(row.person_id, []).append(_item(row, texts, today))
    for person, items in each.items():
        context = {"items": items, "by": by, "desk": settings.WAGTAILADMIN_BASE_URL + reverse("desk")}
        text = render_to_string("policy_pages/email/to_read.txt", context)
        to = [known[person].user.email]
        yield {"kind": "policies.to_read", "to": to, "subject": _subject(items), "text": text}


def _fill(texts: dict, wanted: set[int]) -> None:
    missing = wanted - set(texts)
    rows = PolicyVersion.objects.filter(pk__in=missing) if missing else ()
    texts.update(
        {row.pk: row for row in (rows.only("title", "reference", "major", "minor") if missing else ())}
    )


def _item(row: Standing, texts, today) -> Item:
    text = texts[row.text_id]
    url = settings.WAGTAILADMIN_BASE_URL + reverse("policy_short", args=[text.reference])
    return Item(" ".join(text.title.split()), text.number, row.due, row.due < today, url)


def _subject(items: list[Item]) -> str:
    first = items[0]
    words = {"day": full_date(first.due), "n": len(items)}
    if len(items) > 1:
        late = _("Overdue since %(day)s: %(n)d policies to read")
        return (late if first.late else _("Read by %(day)s: %(n)d policies")) % words
    title = first.title if len(first.title) <= LONGEST_TITLE else first.title[: LONGEST_TITLE - 1] + "…"
    words["title"] = f"{title} {first.number}"
    return (_("Overdue since %(day)s: %(title)s") if first.late else _("Read by %(day)s: %(title)s")) % words
