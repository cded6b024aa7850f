"""A person says in which class an agency pays, from one day on; what was said before ends the day before (S4-14)."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue.charging.policies import require_officer
from course_catalogue.models import AgencyClass, PayerClass
from kernel.audit import act, record
from kernel.organisation import people
from kernel.organisation.models import Agency
from kernel.organisation.models.dated import overlaps


@act("training.set_payer_class")
@transaction.atomic
def set_class(
    agency: Agency, payer_class: PayerClass, *, actor, now: datetime, from_on: date, reason: str
) -> AgencyClass:
    """The class of ``agency`` from that day on, today or later; bookings that were made keep their terms.

    ValidationError for a day in the past, or where another row begins on that day or later.
    """
    require_officer(actor, now)
    Agency.objects.select_for_update().get(pk=agency.pk)
    if from_on < timezone.localdate(now):
        raise ValidationError({"from_on": _("A class begins today or later: earlier bookings keep theirs.")})
    _end_the_one_before(agency, from_on)
    name = people.name_of(actor) if actor is not None else _("the system")
    row = AgencyClass(
        agency=agency, payer_class=payer_class, from_on=from_on, reason=reason.strip(), by_name=name
    )
    row.full_clean()
    if AgencyClass.objects.filter(overlaps(from_on, None), agency=agency).exists():
        raise ValidationError({"from_on": _("Another class is said for that day or a later one already.")})
    row.save()
    record(
        "training.set_payer_class",
        actor=actor,
        target=agency,
        facts={"class": payer_class.slug, "from": str(from_on)},
        words={"reason": reason},
    )
    return row


def _end_the_one_before(agency, from_on) -> None:
    for row in AgencyClass.objects.filter(agency=agency, until_on__isnull=True, from_on__lt=from_on):
        row.until_on = from_on - timedelta(days=1)
        row.save(update_fields=["until_on"])
