"""IT skills: who wants them, noted by the person or the line manager, and the courses that meet it (S0-50)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue import permissions
from course_catalogue.models import SkillsNeed
from kernel.audit import act, record
from kernel.organisation import people
from kernel.organisation.models import StaffProfile
from kernel.organisation.permissions import is_self


@act("training.flag_it_skills")
@transaction.atomic
def flag(person: StaffProfile, *, actor, now: datetime, words: str = "") -> SkillsNeed:
    """Note it. Pressed again while it stands: the same row."""
    StaffProfile.objects.select_for_update().get(pk=person.pk)
    _require(actor, person, timezone.localdate(now))
    found = SkillsNeed.objects.filter(person=person, ended_at__isnull=True).first()
    if found is not None:
        return found
    row = SkillsNeed(
        person=person, words=words.strip(), flagged_by_name=people.name_of(actor), flagged_at=now
    )
    row.clean_fields()
    row.save()
    record("training.flag_it_skills", actor=actor, target=person, facts={"need": row.pk})
    return row


@act("training.end_it_skills")
@transaction.atomic
def end(person: StaffProfile, *, actor, now: datetime) -> SkillsNeed:
    """It is met, or was noted by mistake. Raises where nothing stands."""
    StaffProfile.objects.select_for_update().get(pk=person.pk)
    _require(actor, person, timezone.localdate(now))
    row = SkillsNeed.objects.filter(person=person, ended_at__isnull=True).first()
    if row is None:
        raise ValidationError(_("No need of IT skills is noted."), code="none")
    row.ended_at, row.ended_by_name = now, people.name_of(actor)
    row.save(update_fields=["ended_at", "ended_by_name"])
    record("training.end_it_skills", actor=actor, target=person, facts={"need": row.pk})
    return row


def _require(actor, person, today) -> None:
    if (
        is_self(actor, person)
        or permissions.manages(actor, person, today)
        or permissions.administers(actor, today)
    ):
        return
    raise PermissionDenied(_("The person or the line manager says so."))
