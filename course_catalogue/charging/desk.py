"""What charging asks of a person's desk: waivers that this person may decide."""

from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from course_catalogue import permissions
from course_catalogue.charging import reports, words
from course_catalogue.charging.kinds import WaiverState
from course_catalogue.models import Waiver
from kernel.content.desk import DeskRow
from kernel.lifecycle.templatetags.dates import full_date

WAIVERS = "training.waivers"


def waivers_wait(today: date):
    """The fact behind the rows: a waiver waits that somebody else asked for."""
    return Exists(Waiver.objects.filter(state=WaiverState.ASKED).exclude(asked_by_id=OuterRef("pk")))


def waivers(user, today: date, _request=None) -> list[DeskRow]:
    if not permissions.administers(user, today):
        return []
    return [_row(waiver) for waiver in reports.to_decide(user)]


def _row(waiver) -> DeskRow:
    told = {"amount": words.by(words.money(waiver.entry.amount), waiver.rule), "agency": waiver.entry.agency}
    asked = {"who": waiver.asked_by_name, "day": full_date(waiver.asked_at)}
    return DeskRow(
        verb="decide",
        title=_("Waive %(amount)s for %(agency)s") % told,
        why=_("Asked by %(who)s on %(day)s.") % asked,
        url=reverse("training_waiver", args=[waiver.pk]),
        button=_("Read and decide"),
    )


PARTS = (((WAIVERS,), waivers),)
