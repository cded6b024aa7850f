"""Approve a course or send it back: the one place in which its live text changes (S0-63)."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from course_catalogue import clearances, events, permissions
from course_catalogue.catalogue import offer
from course_catalogue.catalogue.waiting import Waiting, waiting_of
from course_catalogue.enums import ApprovingRole
from course_catalogue.models import CourseApproval, CoursePage
from kernel.audit import act, record
from kernel.organisation import people
from kernel.outbox import emit


@act("training.approve_course")
@transaction.atomic
def approve(course, *, role: str, seen: str, actor, now: datetime) -> CourseApproval:
    """Approve the newest draft as its subject expert or for education; ``seen`` is the digest that was read.

    With the second yes that exact revision goes live, the clearance "approval" is set until the review date, and a
    course that was off the offer is on it again.
    Raises ValidationError when the text changed since it was read, is incomplete or was judged in this role already,
    PermissionDenied for whoever does not hold the role, wrote it alone, or approved it in the other role.
    """
    course, waits = _locked(course, role=role, seen=seen, actor=actor, now=now)
    if waits.problems:
        raise ValidationError(waits.problems, code="incomplete")
    _check_person(course, waits, actor)
    row = _write(course, waits, role, actor, now, agreed=True, completes=bool(waits.given))
    record("training.approve_course", actor=actor, target=course, facts=_facts(row))
    if row.completes:
        _go_live(course, waits, actor)
    return row


@act("training.send_course_back")
@transaction.atomic
def send_back(course, *, role: str, seen: str, words: str, actor, now: datetime) -> CourseApproval:
    """Say what has to change before this person approves; the draft waits again when it is saved anew.

    Raises as ``approve`` does, but a sole author may send the own text back.
    """
    course, waits = _locked(course, role=role, seen=seen, actor=actor, now=now)
    if not words.strip():
        raise ValidationError({"words": _("Say what has to change.")})
    row = _write(course, waits, role, actor, now, agreed=False, words=words.strip())
    record(
        "training.send_course_back",
        actor=actor,
        target=course,
        facts=_facts(row),
        words={"reason": row.words},
    )
    return row


def why_not(course, waits: Waiting, role: str, user, today: date) -> str:
    """Why this person does not approve in this role now, in words; empty when nothing stands against it."""
    try:
        _check_role(role, user, today)
        _check_waits(waits, role)
        _check_person(course, waits, user)
    except (PermissionDenied, ValidationError) as refusal:
        return " ".join(getattr(refusal, "messages", [str(refusal)]))
    return ""


def _locked(course, *, role, seen, actor, now) -> tuple[CoursePage, Waiting]:
    """Locks as saving a draft does, so that the two wait for each other."""
    Page.objects.select_for_update().get(pk=course.pk)
    course = CoursePage.objects.select_related("latest_revision").get(pk=course.pk)
    today = timezone.localdate(now)
    _check_role(role, actor, today)
    waits = waiting_of(course, today)
    if waits.digest != seen:
        raise ValidationError(
            _("The draft changed since you opened this page. Read what it says now, then decide."),
            code="changed",
        )
    _check_waits(waits, role)
    return course, waits


def _check_role(role, user, today) -> None:
    if role not in ApprovingRole.values:
        raise ValidationError(_("Choose in which role you approve."))
    if not permissions.approves_as(user, role, today):
        label = ApprovingRole(role).label
        raise PermissionDenied(_("You do not hold the role %(role)s.") % {"role": label})


def _check_waits(waits, role) -> None:
    if waits.is_live:
        raise ValidationError(_("This text is approved already."), code="twice")
    if role in waits.given:
        raise ValidationError(_("This text is approved in this role already."), code="twice")
    if waits.refused:
        raise ValidationError(_("This text was sent back: it waits for its author."), code="sent_back")


def _check_person(course, waits, user) -> None:
    if course.authors() == {user.pk}:
        raise PermissionDenied(_("You wrote this text alone: somebody else approves it."))
    if any(row.by_id_copy == user.pk for row in waits.given.values()):
        raise PermissionDenied(_("You approved it in the other role: a second person approves in this one."))


def _write(course, waits, role, actor, now, *, agreed, words="", completes=False) -> CourseApproval:
    row = CourseApproval(
        course=course,
        revision_id_copy=waits.revision_id,
        text_sha256=waits.digest,
        role=role,
        agreed=agreed,
        words=words,
        completes=completes,
        by_id_copy=actor.pk,
        by_name=people.name_of(actor),
        at=now,
    )
    row.validate_constraints()
    row.save(force_insert=True)
    return row


def _facts(row) -> dict:
    return {"role": row.role, "revision": row.revision_id_copy, "text": row.text_sha256[:16]}


def _go_live(course, waits, actor) -> None:
    course.latest_revision.publish(user=actor, skip_permission_checks=True)
    words = _("approved by a subject expert and by education")
    clearances.set_clearance(
        course,
        source=clearances.APPROVAL,
        given=True,
        words=words,
        valid_until=waits.draft.review_due,
        actor=actor,
    )
    offer.offered_again(course, actor)
    emit(events.COURSE_CHANGED, {"course": course.pk, "revision": waits.revision_id})
