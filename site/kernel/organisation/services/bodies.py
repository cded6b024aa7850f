from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from kernel.audit import act, record
from kernel.organisation.conflicts import check_seats
from kernel.organisation.models import Body, BodyMembership, Capacity, Delegation, StaffProfile
from kernel.organisation.permissions import can_delegate, is_self, require_another, require_change
from kernel.organisation.services.rows import check_and_save, lock


@act("organisation.join_body")
def join_body(
    body: Body,
    *,
    actor,
    person: StaffProfile,
    from_on: date,
    until_on: date | None = None,
    capacity: str = Capacity.MEMBER,
) -> BodyMembership:
    """Seat somebody else. A second chair for the same day is refused."""
    require_change(actor, "body")
    require_another(actor, person)
    seat = BodyMembership(body=lock(body), person=person, capacity=capacity)
    seat.from_on, seat.until_on = from_on, until_on
    check_seats([*BodyMembership.objects.filter(body=body), seat])
    check_and_save(seat)
    facts = {"seat": seat.pk, "capacity": str(capacity), "person": person.pk, "from": from_on.isoformat()}
    record("organisation.join_body", actor=actor, target=body, facts=facts, words={"person": person.name})
    return seat


@act("organisation.leave_body")
def leave_body(seat: BodyMembership, *, actor, last_day: date) -> BodyMembership:
    require_change(actor, "body")
    lock(seat.body)
    seat = lock(seat)
    seat.until_on = last_day
    check_seats([*BodyMembership.objects.filter(body=seat.body_id).exclude(pk=seat.pk), seat])
    check_and_save(seat)
    facts = {"seat": seat.pk, "last_day": last_day.isoformat()}
    record("organisation.leave_body", actor=actor, target=seat.body, facts=facts)
    return seat


@act("organisation.delegate")
def delegate(
    principal: StaffProfile,
    *,
    actor,
    to: StaffProfile,
    from_on: date,
    until_on: date,
    limits: str = "",
    body: Body | None = None,
) -> Delegation:
    """Let ``to`` act for the principal. Nobody makes themselves somebody's delegate."""
    if not can_delegate(actor, principal):
        raise PermissionDenied(_("You may delegate your own work only."))
    if is_self(actor, to):
        raise PermissionDenied(_("Nobody makes themselves a delegate. The person you stand in for does it."))
    given = Delegation(principal=lock(principal), delegate=to, limits=limits, body=body)
    given.from_on, given.until_on = from_on, until_on
    check_and_save(given)
    days = {"from": from_on.isoformat(), "until": until_on.isoformat()}
    facts = {"delegation": given.pk, "to": to.pk, **days}
    words = {"to": to.name, "limits": limits}
    record("organisation.delegate", actor=actor, target=principal, facts=facts, words=words)
    return given


@act("organisation.end_delegation")
def end_delegation(delegation: Delegation, *, actor, today: date) -> Delegation:
    """Void from this moment; that it was held until yesterday stays known. Either side may end it."""
    if not (can_delegate(actor, delegation.principal) or is_self(actor, delegation.delegate)):
        raise PermissionDenied(_("You may end your own delegations only."))
    delegation = lock(delegation)
    delegation.withdrawn_on = delegation.withdrawn_on or today
    delegation.save(update_fields=["withdrawn_on"])
    facts = {"delegation": delegation.pk}
    record("organisation.end_delegation", actor=actor, target=delegation.principal, facts=facts)
    return delegation
