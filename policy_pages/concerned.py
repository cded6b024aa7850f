"""Whom one thinks of when a policy's conditions are given out: a short list, not the whole directory."""

from django.db.models import Q, QuerySet

from kernel.lifecycle.models import Authorship
from kernel.organisation.models import DECIDING_CAPACITIES, BodyMembership, StaffProfile


def concerned(matter, today) -> QuerySet[StaffProfile]:
    """Owner, deputy, sponsor, authors since the last issue, members of its bodies: those who are here, by name."""
    page = matter.page.specific
    named = [pk for pk in (page.policy_owner_id, page.owner_deputy_id, page.sponsor_id) if pk]
    bodies = [matter.approving_body_id, matter.ratifying_body_id]
    seats = BodyMembership.objects.on(today).filter(body__in=bodies, capacity__in=DECIDING_CAPACITIES)
    writers = Authorship.objects.filter(page_id_copy=matter.page_id, cycle=matter.cycle)
    known = Q(pk__in=named) | Q(pk__in=seats.values("person_id"))
    known |= Q(user_id__in=writers.values("user_id_copy")) | Q(user_id=matter.submitted_by_id)
    return StaffProfile.objects.here(today).filter(known).order_by("name")
