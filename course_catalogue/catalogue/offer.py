"""A course leaves the offer on a day, with a reason; with the next approval by both it is offered again.

Kept as a clearance: booking closes in the way in which it closes for everything else, and readers are told why.
"""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue import clearances
from course_catalogue.clearances import OFFER
from course_catalogue.enums import SessionState
from course_catalogue.models import Clearance, CoursePage, CourseSession
from course_catalogue.permissions import keeps_programme
from kernel.audit import act, record

MOST_WORDS = 300


@act("training.take_off_offer")
@transaction.atomic
def take_off(course, *, reason: str, from_on: date, actor, now: datetime) -> Clearance:
    """From ``from_on`` on the course is not offered: nobody books it, and its readers see since when and why.

    Places that are booked stay. Said again before that day, the newest day and words count. Raises PermissionDenied
    for anybody but the officer; ValidationError under "reason" or "from_on" (a day that has passed), with code
    "draft" for a course that never went live and "twice" for one that is off already.
    """
    course, row, today = _locked(course, actor, now)
    wrong = {}
    if not 0 < len(reason.strip()) <= MOST_WORDS:
        wrong["reason"] = _("Say in at most %(n)d characters why the course is not offered any more.") % {
            "n": MOST_WORDS
        }
    if from_on < today:
        wrong["from_on"] = _("Enter today or a later day: until then it was offered.")
    if wrong:
        raise ValidationError(wrong)
    if not course.live:
        raise ValidationError(_("This course is not offered yet."), code="draft")
    _require_offered(row, today)
    last = from_on - timedelta(days=1)
    facts = {"from": from_on.isoformat()}
    record(
        "training.take_off_offer", actor=actor, target=course, facts=facts, words={"reason": reason.strip()}
    )
    return _write(course, reason.strip(), last, actor)


@act("training.keep_on_offer")
@transaction.atomic
def keep(course, *, actor, now: datetime) -> Clearance:
    """Take back that a course leaves the offer, before its day. After that day it takes both approvals.

    Raises as ``take_off`` does, with code "not_leaving" where nothing was said.
    """
    course, row, today = _locked(course, actor, now)
    _require_offered(row, today)
    if row is None or row.valid_until is None:
        raise ValidationError(_("This course stays on the offer already."), code="not_leaving")
    record("training.keep_on_offer", actor=actor, target=course)
    return offered_again(course, actor)


def offered_again(course, actor) -> Clearance | None:
    """The course is on the offer, whatever was said of it; None where nothing was. Part of ``approving.approve``."""
    row = standing(course)
    return row and _write(course, str(_("on the offer")), None, actor)


def standing(course) -> Clearance | None:
    """What was said of the course's place on the offer; mostly nothing."""
    return Clearance.objects.filter(course=course.pk, source=OFFER).first()


def first_day_off(row: Clearance | None) -> date | None:
    """From which day on the course is not offered; None where it stays."""
    return row.valid_until + timedelta(days=1) if row and row.valid_until else None


def dates_from(course, day: date):
    """The sessions that begin on that day or later and are not cancelled: they stand until somebody cancels them."""
    rows = CourseSession.objects.filter(course=course.pk, first_at__date__gte=day)
    return rows.exclude(state=SessionState.CANCELLED).order_by("first_at", "pk")


def _locked(course, actor, now) -> tuple[CoursePage, Clearance | None, date]:
    today = timezone.localdate(now)
    if not keeps_programme(actor, today):
        raise PermissionDenied(_("The learning and development officer takes courses off the offer."))
    course = CoursePage.objects.select_for_update(of=("self",)).get(pk=course.pk)
    return course, standing(course), today


def _require_offered(row, today) -> None:
    gone = first_day_off(row)
    if gone and gone <= today:
        raise ValidationError(
            _("This course is off the offer already. Both approve its text again to offer it."), code="twice"
        )


def _write(course, words, last, actor) -> Clearance:
    return clearances.set_clearance(
        course, source=OFFER, given=True, words=words, valid_until=last, actor=actor
    )
