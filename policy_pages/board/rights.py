"""Who keeps the schedule of reports, the audits and the reviews by bodies of one policy. None is the system."""

from kernel.lifecycle.seats import seats_of
from kernel.organisation import people
from kernel.organisation.models import Capacity
from policy_pages import permissions


def may_keep(user, page) -> bool:
    """Its owner, the deputy and its authors."""
    return user is None or permissions.can_submit(user, page)


def may_record_for(user, page, body_id, today) -> bool:
    """They, and the secretary of the body that got the report or did the review."""
    return may_keep(user, page) or body_id in secretary_of(user, today)


def secretary_of(user, today) -> set[int]:
    if not user.is_authenticated:
        return set()
    return {seat.body_id for seat in seats_of(user, today) if seat.capacity == Capacity.SECRETARY}


def may_complete(user, audit) -> bool:
    """The auditor; or somebody who writes the policy but does not own it."""
    if user is None or is_auditor(user, audit):
        return True
    page = audit.policy
    return permissions.can_edit(user, page) and not permissions.is_owner(user, page)


def is_auditor(user, audit) -> bool:
    person = people.profile_of(user)
    return person is not None and person.pk == audit.auditor_id and user.is_active


def may_see(user, page, today) -> bool:
    """Whoever keeps them, audits the policy, or holds a seat in one of its bodies or of those that get its reports."""
    if may_keep(user, page):
        return True
    person = people.profile_of(user)
    if person is None or not user.is_active or not person.is_here(today):
        return False
    seats = {seat.body_id for seat in seats_of(user, today)}
    if seats & {page.approving_body_id, page.ratifying_body_id}:
        return True
    return (
        page.audits.filter(auditor=person).exists()
        or page.report_duties.filter(body__in=seats).exists()
        or page.body_reviews.filter(body__in=seats).exists()
    )
