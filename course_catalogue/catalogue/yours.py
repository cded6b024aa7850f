"""What a reader has with a course already: places, waiting lists, and the wish to be told of a date."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from course_catalogue.enums import LIVE, BookingState
from course_catalogue.models import Booking, Interest
from course_catalogue.telling import interests
from course_catalogue.visible import Learner
from kernel.lifecycle.templatetags.dates import full_date


@dataclass(frozen=True)
class Held:
    """A live booking of a date that is not over."""

    booking: int
    session: int
    kind: str
    words: str


def held(course_id: int, learner: Learner, now: datetime) -> list[Held]:
    """Soonest first; nothing and no query for who is not on the staff list."""
    if not learner.person_id:
        return []
    rows = Booking.objects.filter(
        person=learner.person_id, session__course=course_id, session__last_at__gt=now, state__in=LIVE
    )
    found = rows.order_by("session__first_at", "pk").values_list(
        "pk", "session", "state", "session__first_at"
    )
    return [Held(pk, session, *_said(state, first_at)) for pk, session, state, first_at in found]


def interest(course_id: int, learner: Learner) -> Interest | None:
    """The open wish to be told of a date."""
    if not learner.person_id:
        return None
    return interests.live().filter(course=course_id, person=learner.person_id).first()


def _said(state: str, first_at: datetime) -> tuple[str, str]:
    day = {"day": full_date(first_at)}
    if state == BookingState.BOOKED:
        return "good", _("booked on %(day)s") % day
    if state == BookingState.REQUESTED:
        return "waits", _("a place is held on %(day)s") % day
    if state == BookingState.OFFERED:
        return "waits", _("a place is offered on %(day)s") % day
    return "waits", _("on the waiting list of %(day)s") % day
