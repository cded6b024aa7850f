"""Who releases somebody from duty: a line manager, the manager's deputy, else the agency's people for training."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from course_catalogue import permissions
from kernel.organisation import people
from kernel.organisation.models import Delegation, Post, StaffProfile
from kernel.organisation.models.staff import is_here


def managers(persons: Collection[StaffProfile], today: date) -> dict[int, list[StaffProfile]]:
    """The line managers of each, that of the main post first; one query."""
    posts = Post.objects.on(today).filter(is_here(today, "manager__"), person__in=[p.pk for p in persons])
    found: dict[int, list[StaffProfile]] = defaultdict(list)
    rows = posts.select_related("manager__user", "manager__agency").order_by("-primary", "from_on", "pk")
    for post in rows:
        if post.manager not in found[post.person_id]:
            found[post.person_id].append(post.manager)
    return found


def stand_ins(person: StaffProfile, today: date) -> list[StaffProfile]:
    """For somebody without a manager: the agency's training contact, then its coordinators; never the person."""
    coordinators = people.holders("agency-coordinator", today, agency=person.agency)
    keys = Q(user__in=coordinators) | Q(pk=person.agency.training_contact_id)
    rows = StaffProfile.objects.here(today).filter(keys, agency=person.agency_id).exclude(pk=person.pk)
    found = rows.select_related("user", "agency").order_by("name", "pk")
    return sorted(found, key=lambda row: row.pk != person.agency.training_contact_id)


def choose(person: StaffProfile, known: list[StaffProfile], wanted, today: date) -> StaffProfile | None:
    """Whom to ask. ``wanted``: one of the managers. None: nobody is named, so that an administrator answers."""
    if wanted is not None and known and wanted not in known:
        raise ValidationError(_("This is not a line manager of %(name)s.") % {"name": person}, code="manager")
    if known:
        return wanted or known[0]
    return next(iter(stand_ins(person, today)), None)


def for_whom(actor, booking, today: date) -> StaffProfile | None:
    """The manager for whom ``actor`` may answer: their own self, or whoever made them deputy; else None.

    Nobody answers their own asking, not as a deputy either.
    """
    me = people.profile_of(actor)
    if me is None or me.pk == booking.person_id or not me.is_here(today):
        return None
    asked = answerers(booking, today)
    if me in asked:
        return me
    lent = Delegation.objects.on(today).filter(delegate=me, principal__in=[row.pk for row in asked])
    row = lent.filter(body=None).select_related("principal__user").order_by("pk").first()
    if row is not None:
        return row.principal
    return me if not asked and permissions.administers(actor, today) else None


def answerers(booking, today: date) -> list[StaffProfile]:
    """Whoever may release the person on that day, whoever was asked first."""
    known = managers([booking.person], today)[booking.person_id]
    return [row for row in known if row.pk != booking.person_id] or stand_ins(booking.person, today)
