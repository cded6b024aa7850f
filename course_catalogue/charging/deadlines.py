"""Last free moments that were promised move only in the person's favour.

A new bank holiday or closed day would put most of them earlier: those stay as they were agreed. Where a day is open
after all, or the session moved to a later day, they move on, with the words and the steps of the charge.
"""

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue.charging import terms
from course_catalogue.charging.terms import Common, Terms
from course_catalogue.enums import LIVE
from course_catalogue.models import Booking, ChargePolicy, CourseSession
from kernel.audit import record


def keep(today: date, dry_run: bool) -> list[str]:
    """The daily job: every live booking of a session that has not begun. A dry run is rolled back by its caller."""
    moved = refresh(now=timezone.now())
    words = _("%(booking)s: free until %(moment)s")
    return [words % {"booking": row.reference, "moment": row.free_until} for row in moved]


def refresh(*, now: datetime, sessions: Q | None = None, actor=None) -> list[Booking]:
    """Work the last free moments of coming sessions out again; gives the bookings that gained time."""
    coming = CourseSession.objects.filter(first_at__gt=now, bookings__charge_policy_id__isnull=False)
    found = coming.filter(sessions or Q()).order_by("pk").values_list("pk", flat=True).distinct()
    return [row for pk in found for row in _refresh_session(pk, actor)]


@transaction.atomic
def _refresh_session(session_id: int, actor) -> list[Booking]:
    session = CourseSession.objects.select_for_update().get(pk=session_id)
    rows = Booking.objects.filter(session=session, state__in=LIVE, charge_policy_id__isnull=False)
    by_policy = defaultdict(list)
    for booking in rows.order_by("pk"):
        by_policy[booking.charge_policy_id].append(booking)
    policies = ChargePolicy.objects.prefetch_related("tiers").in_bulk(by_policy)
    moved = []
    for pk, bookings in by_policy.items():
        if pk in policies:
            common = terms.common_of(policies[pk], session.first_at)
            moved += [booking for booking in bookings if _move(booking, common, actor)]
    return moved


def _move(booking: Booking, common: Common, actor) -> bool:
    before = terms.kept(booking)
    after = later_of(before, common)
    if after == before:
        return False
    fields = after.as_fields()
    for name, value in fields.items():
        setattr(booking, name, value)
    booking.save(update_fields=list(fields))
    facts = {"was": before.free_until.isoformat(), "now": after.free_until.isoformat()}
    record("training.move_free_until", actor=actor, target=booking, facts=facts)
    return True


def later_of(before: Terms, common: Common) -> Terms:
    """The kept terms with every moment that lies later now. Pure."""
    if before.free_until is None:
        return before
    moments = [moment for moment, _tier in common.tiers] or [common.moment]
    steps = before.steps
    if len(moments) == len(steps):
        steps = tuple((max(old, new), amount) for (old, amount), new in zip(steps, moments, strict=True))
    gained = common.moment > before.free_until
    words = common.words if gained else before.words
    until = common.moment if gained else before.free_until
    return Terms(before.fee, before.late_charge, until, words, before.policy, steps)
