from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPagePermissionError

from course_catalogue import clearances, events
from course_catalogue.catalogue import approving
from course_catalogue.catalogue.waiting import drafts, waiting_of
from course_catalogue.enums import ApprovingRole
from course_catalogue.models import Clearance, CourseApproval, CourseOutcome, CoursePage
from kernel.audit.models import AuditEntry
from kernel.outbox.models import OutboxEvent
from tests.factories.accounts import make_user
from tests.factories.catalogue import (
    NOW,
    REVIEW_DUE,
    give,
    make_approved,
    make_draft,
    make_expert,
    make_officer,
)
from tests.factories.organisation import make_person, make_role_holder

pytestmark = pytest.mark.django_db
EXPERT, EDUCATION = ApprovingRole.values
TODAY = date(2026, 11, 23)


def _fresh(course):
    return CoursePage.objects.get(pk=course.pk)


def test_course_goes_live_with_the_second_approval_and_is_cleared_until_its_review():
    course = make_draft()

    first = give(course, EXPERT)
    assert (first.completes, _fresh(course).live) == (False, False)
    second = give(course, EDUCATION)

    row = Clearance.objects.get(course=course)
    assert (second.completes, _fresh(course).live) == (True, True)
    assert (row.source, row.given, row.valid_until) == ("approval", True, REVIEW_DUE)
    assert clearances.closed([course.pk], REVIEW_DUE) == {}


def test_course_goes_live_in_either_order_and_says_so_to_other_apps():
    course = make_draft()

    give(course, EDUCATION)
    give(course, EXPERT)

    event = OutboxEvent.objects.get(kind=events.COURSE_CHANGED)
    assert event.payload == {"course": course.pk, "revision": _fresh(course).latest_revision_id}
    assert AuditEntry.objects.filter(action="training.approve_course", refused=False).count() == 2


def test_course_is_closed_for_booking_before_both_approved_and_after_the_review_date():
    course = make_draft()
    give(course, EXPERT)

    assert clearances.closed([course.pk], TODAY) == {
        course.pk: "Bookings are not open yet: the course waits for approval."
    }
    give(course, EDUCATION)
    assert clearances.closed([course.pk], date(2027, 12, 1)) == {
        course.pk: "Bookings are closed: the approval by a subject expert and education ended 30 November 2027."
    }


def test_changed_draft_waits_again_while_the_approved_text_stays():
    course = make_approved(title="Neglect")
    draft = course.get_latest_revision_as_object()
    draft.title = "Neglect and its signs"
    draft.save_revision(user=make_user())

    assert _fresh(course).title == "Neglect"
    assert waiting_of(_fresh(course), TODAY).roles == [ApprovingRole.EXPERT, ApprovingRole.EDUCATION]
    assert [row.pk for row in drafts()] == [course.pk]

    give(course, EXPERT)
    give(course, EDUCATION)
    assert _fresh(course).title == "Neglect and its signs"
    assert drafts() == []


def test_rows_of_a_course_change_only_through_approval():
    course = make_approved()
    draft = course.get_latest_revision_as_object()
    draft.outcomes = [CourseOutcome(words="Say what to do next")]
    draft.save_revision(user=make_user())

    assert [row.words for row in _fresh(course).outcomes.all()] == ["Name four signs of neglect"]
    give(course, EXPERT)
    give(course, EDUCATION)
    assert [row.words for row in _fresh(course).outcomes.all()] == ["Say what to do next"]


def test_approval_of_a_text_that_changed_meanwhile_is_refused():
    course = make_draft()
    seen = waiting_of(course, TODAY).digest
    draft = course.get_latest_revision_as_object()
    draft.aim = "Something else."
    draft.save_revision(user=make_user())

    with pytest.raises(ValidationError) as refusal:
        approving.approve(course, role=EXPERT, seen=seen, actor=make_expert(), now=NOW)

    assert refusal.value.code == "changed"
    assert not CourseApproval.objects.exists()


def test_approval_by_the_sole_author_is_refused_and_leaves_no_trace_but_the_refusal():
    author = make_officer()
    course = make_draft(authors=[author])

    with pytest.raises(PermissionDenied, match="You wrote this text alone"):
        give(course, EDUCATION, actor=author)

    assert not CourseApproval.objects.exists()
    assert AuditEntry.objects.filter(action="training.approve_course", refused=True).count() == 1


def test_approval_by_one_of_two_authors_counts():
    author = make_officer()
    course = make_draft(authors=[author, make_user()])

    assert give(course, EDUCATION, actor=author).agreed


def test_one_person_does_not_approve_in_both_roles():
    both = make_role_holder("education-officer", user=make_expert())
    course = make_draft()
    give(course, EXPERT, actor=both)

    with pytest.raises(PermissionDenied, match="a second person approves"):
        give(course, EDUCATION, actor=both)

    assert not _fresh(course).live


def test_one_person_in_both_roles_is_refused_by_the_database():
    both = make_role_holder("education-officer", user=make_expert())
    first = give(make_draft(), EXPERT, actor=both)
    copy = CourseApproval.objects.get(pk=first.pk)
    copy.pk, copy.role = None, EDUCATION

    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


@pytest.mark.parametrize("role", ApprovingRole.values)
@pytest.mark.parametrize("held", ["ld-officer", "training-administrator", "trainer", "assessor"])
def test_approval_without_the_role_is_refused(role, held):
    course = make_draft()

    with pytest.raises(PermissionDenied, match="You do not hold the role"):
        give(course, role, actor=make_role_holder(held))


def test_approval_twice_in_one_role_is_refused():
    course = make_draft()
    give(course, EXPERT)

    with pytest.raises(ValidationError, match="approved in this role already"):
        give(course, EXPERT)


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"aim": ""}, "what the course is for"),
        ({"rationale": ""}, "worth the time and cost"),
        ({"subject_expert": None}, "subject expert"),
        ({"kind": None}, "kind"),
        ({"review_due": None}, "later than today"),
        ({"review_due": TODAY}, "later than today"),
    ],
)
def test_approval_of_an_incomplete_draft_is_refused(missing, words):
    course = make_draft(**missing)

    with pytest.raises(ValidationError, match=words) as refusal:
        give(course, EXPERT)

    assert len(refusal.value.messages) == 1


def test_draft_whose_methods_take_another_time_than_the_course_is_incomplete():
    course = make_draft()
    draft = course.get_latest_revision_as_object()
    draft.minutes = 300
    draft.save_revision(user=make_user())

    assert waiting_of(_fresh(course), TODAY).problems == [
        "The methods take 360 minutes and the course 300: make them the same."
    ]


def test_draft_sent_back_waits_for_nobody_until_it_is_saved_anew():
    course = make_draft()
    seen = waiting_of(course, TODAY).digest

    row = approving.send_back(
        course, role=EXPERT, seen=seen, words="Name the law.", actor=make_expert(), now=NOW
    )

    assert (row.agreed, row.words) == (False, "Name the law.")
    assert waiting_of(_fresh(course), TODAY).roles == []
    with pytest.raises(ValidationError, match="sent back"):
        give(course, EDUCATION)
    course.get_latest_revision_as_object().save_revision(user=make_user())
    assert waiting_of(_fresh(course), TODAY).roles == [ApprovingRole.EXPERT, ApprovingRole.EDUCATION]


def test_sending_back_without_a_reason_is_refused():
    course = make_draft()
    seen = waiting_of(course, TODAY).digest

    with pytest.raises(ValidationError, match="what has to change"):
        approving.send_back(course, role=EXPERT, seen=seen, words=" ", actor=make_expert(), now=NOW)


def test_stock_publish_is_closed_for_everybody():
    course = make_draft()
    superuser = make_user(is_superuser=True)

    with pytest.raises(PublishPagePermissionError):
        course.latest_revision.publish(user=superuser, skip_permission_checks=True)

    rights = course.permissions_for_user(superuser)
    assert (rights.can_publish(), rights.can_unpublish(), rights.can_edit()) == (False, False, True)
    assert not _fresh(course).live


def test_stock_publish_of_an_older_revision_that_was_never_approved_is_closed():
    course = make_draft()
    old = course.latest_revision
    course.get_latest_revision_as_object().save_revision(user=make_user())
    give(course, EXPERT)
    give(course, EDUCATION)

    with pytest.raises(PublishPagePermissionError):
        old.publish(skip_permission_checks=True)


def test_approvals_are_added_and_never_changed():
    row = give(make_draft(), EXPERT)

    with pytest.raises(DatabaseError, match="added and never changed"), transaction.atomic():
        CourseApproval.objects.filter(pk=row.pk).update(agreed=False)
    with pytest.raises(DatabaseError, match="added and never changed"), transaction.atomic():
        CourseApproval.objects.filter(pk=row.pk).delete()


def test_judged_revision_is_not_overwritten_by_an_autosave():
    course = make_draft()
    give(course, EXPERT)
    judged = course.latest_revision
    draft = course.get_latest_revision_as_object()
    draft.aim = "Another aim."

    saved = draft.save_revision(user=make_user(), overwrite_revision=judged)

    assert saved.pk != judged.pk
    assert judged.as_object().aim == "Know neglect when you see it."


def test_approval_that_lapsed_is_given_anew_with_a_new_review_date():
    course = make_approved(review_due=date(2026, 12, 1))
    later = timezone.make_aware(datetime(2027, 1, 4, 9, 0))
    assert clearances.closed([course.pk], date(2027, 1, 4))
    draft = course.get_latest_revision_as_object()
    draft.review_due = date(2028, 1, 31)
    draft.save_revision(user=make_user())

    give(course, EXPERT, now=later)
    give(course, EDUCATION, now=later)

    assert clearances.closed([course.pk], date(2028, 1, 31)) == {}


def test_authors_are_counted_since_the_text_last_went_live():
    course = make_approved()
    officer = make_officer()
    draft = course.get_latest_revision_as_object()
    draft.aim = "A second aim."
    draft.save_revision(user=officer)

    with pytest.raises(PermissionDenied, match="wrote this text alone"):
        give(course, EDUCATION, actor=officer)
    assert give(course, EDUCATION, actor=make_officer()).agreed


def test_sponsor_is_a_person_and_needs_no_login():
    assert make_approved(subject_expert=make_person()).live
