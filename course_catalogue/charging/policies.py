"""Charging policies are added whole, ended, or taken back before they begin; never edited (S4-16)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue import permissions
from course_catalogue.models import ChargePolicy, ChargeTier, Price, WaiverGround
from course_catalogue.one_writer import lock_rules_of_the_site
from kernel.audit import act, record
from kernel.organisation import people
from kernel.organisation.models.dated import overlaps

PERSON, COORDINATOR = "person", "coordinator"


@act("training.add_charge_policy")
@transaction.atomic
def add_policy(
    *, actor, now: datetime, prices: Iterable = (), tiers: Iterable = (), grounds: Iterable = (), **values
) -> ChargePolicy:
    """Add a policy from today or a later day on; the open one before it ends the day before.

    ``prices``: (kind, class or None, length, amount); ``tiers``: (number, percent, amount), one of the two None;
    ``grounds``: (words, needs evidence). Only an officer. ValidationError for a day in the past, days that another
    policy has, a tier above the notice, or any value that does not fit.
    """
    require_officer(actor, now)
    lock_rules_of_the_site()
    policy = ChargePolicy(**values, added_at=now, added_by_name=_name(actor))
    if policy.from_on is None or policy.from_on < timezone.localdate(now):
        raise ValidationError({"from_on": _("A policy begins today or later: earlier bookings keep theirs.")})
    _end_the_one_before(policy)
    policy.full_clean()
    others = ChargePolicy.objects.filter(overlaps(policy.from_on, policy.until_on), withdrawn_on__isnull=True)
    if other := others.first():
        words = _("“%(name)s” is in force on some of these days: choose others.")
        raise ValidationError({"from_on": words % {"name": other.name}})
    policy.save()
    _add_rows(policy, list(prices), list(tiers), list(grounds))
    record("training.add_charge_policy", actor=actor, target=policy, facts={"from": str(policy.from_on)})
    return policy


def _end_the_one_before(policy) -> None:
    """The policy that runs without a last day makes room, if it began before."""
    standing = ChargePolicy.objects.select_for_update().filter(
        until_on__isnull=True, withdrawn_on__isnull=True
    )
    for row in standing.filter(from_on__lt=policy.from_on):
        row.until_on = policy.from_on - timedelta(days=1)
        row.save(update_fields=["until_on"])


def _add_rows(policy, prices, tiers, grounds) -> None:
    numbers = [number for number, _percent, _amount in tiers]
    if tiers and max(numbers) != policy.number:
        words = _("The first step must be the notice itself: %(n)d.")
        raise ValidationError({"number": words % {"n": policy.number}})
    rows = [
        *(Price(policy=policy, kind=k, payer_class=c, length=n, amount=a) for k, c, n, a in prices),
        *(ChargeTier(policy=policy, number=n, percent=p, amount=a) for n, p, a in tiers),
        *(WaiverGround(policy=policy, words=w, needs_evidence=e) for w, e in grounds),
    ]
    for row in rows:
        row.full_clean()
        row.save()


@act("training.end_charge_policy")
@transaction.atomic
def end_policy(policy: ChargePolicy, *, actor, now: datetime, until_on: date) -> ChargePolicy:
    """Say on which day the policy ends; bookings that were made under it keep it."""
    require_officer(actor, now)
    policy = _open(policy)
    if until_on < max(timezone.localdate(now), policy.from_on):
        raise ValidationError({"until_on": _("The last day is today or later, and not before the first.")})
    policy.until_on = until_on
    policy.save(update_fields=["until_on"])
    record("training.end_charge_policy", actor=actor, target=policy, facts={"until": str(until_on)})
    return policy


@act("training.withdraw_charge_policy")
@transaction.atomic
def withdraw_policy(policy: ChargePolicy, *, actor, now: datetime) -> ChargePolicy:
    """Take a policy back before its first day: it is never in force, and no booking has it."""
    require_officer(actor, now)
    policy, today = _open(policy), timezone.localdate(now)
    if policy.from_on <= today:
        raise ValidationError(_("This policy has begun: say on which day it ends."))
    policy.withdrawn_on = today
    policy.save(update_fields=["withdrawn_on"])
    record("training.withdraw_charge_policy", actor=actor, target=policy)
    return policy


def _open(policy) -> ChargePolicy:
    policy = ChargePolicy.objects.select_for_update().get(pk=policy.pk)
    if policy.until_on is not None or policy.withdrawn_on is not None:
        raise ValidationError(_("The end of this policy is said already."))
    return policy


def require_officer(actor, now: datetime) -> None:
    if not permissions.keeps_programme(actor, timezone.localdate(now)):
        raise PermissionDenied(_("The training officer keeps charging policies and classes."))


def who_cancels(booking) -> set[str]:
    """Who may give a place back by the policy under which it was booked; administrators always may.

    A line manager takes a booked place back for patient safety alone (S0-42), whatever a policy says.
    """
    policy = (
        ChargePolicy.objects.filter(pk=booking.charge_policy_id).first() if booking.charge_policy_id else None
    )
    says = {
        PERSON: policy is None or policy.person_cancels,
        COORDINATOR: policy is None or policy.coordinator_cancels,
    }
    return {who for who, may in says.items() if may}


def _name(actor) -> str:
    return people.name_of(actor) if actor is not None else _("the system")
