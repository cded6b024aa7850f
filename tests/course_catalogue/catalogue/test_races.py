"""Two approvals of one course in the same moment: each counts once, and the text goes live once (S0-63)."""

import pytest

from course_catalogue import events
from course_catalogue.catalogue.waiting import waiting_of
from course_catalogue.models import Clearance, CourseApproval, CoursePage
from kernel.audit.models import AuditEntry
from kernel.outbox.models import OutboxEvent
from tests.factories.accounts import make_user
from tests.factories.catalogue import NOW, make_draft, make_expert, make_officer
from tests.processes import at_once

pytestmark = pytest.mark.django_db(transaction=True)
EXPERT, EDUCATION = "subject-expert", "education-officer"
RACE = """
from datetime import datetime
from django.core.exceptions import PermissionDenied, ValidationError
from course_catalogue.catalogue import approving
from course_catalogue.models import CoursePage
from kernel.accounts.models import User
from django.db import connection
now = datetime.fromisoformat(os.environ["NOW"])
course = CoursePage.objects.select_related("latest_revision").get(pk=int(os.environ["COURSE"]))
actor = User.objects.get(pk=int(os.environ["ACTOR"]))
together()
try:
    if os.environ["ROLE"] == "author":
        course.aim = "Words that were written while it was approved."
        course.save_revision(actor)
        print("saved")
    else:
        row = approving.approve(course, role=os.environ["ROLE"], seen=os.environ["SEEN"], actor=actor, now=now)
        print("completes" if row.completes else "approved")
except (ValidationError, PermissionDenied) as refusal:
    print(getattr(refusal, "code", "denied"))
"""


def race(course, *acts):
    """All begin at one moment; what each was told, sorted."""
    common = {"COURSE": course.pk, "NOW": NOW.isoformat(), "SEEN": waiting_of(course, NOW.date()).digest}
    return sorted(at_once(RACE, *({"ROLE": role, "ACTOR": user.pk} for role, user in acts), **common))


def live_once(course) -> tuple:
    """Approvals, completing ones, the word to other apps, clearances, whether it is live."""
    rows = CourseApproval.objects.filter(course=course)
    return (
        rows.count(),
        rows.filter(completes=True).count(),
        OutboxEvent.objects.filter(kind=events.COURSE_CHANGED).count(),
        Clearance.objects.filter(course=course, given=True).count(),
        CoursePage.objects.get(pk=course.pk).live,
    )


def test_the_expert_and_education_at_once_are_both_kept_and_one_goes_live():
    course = make_draft()

    answers = race(course, (EXPERT, make_expert()), (EDUCATION, make_officer()))

    assert answers == ["approved", "completes"]
    assert live_once(course) == (2, 1, 1, 1, True)
    assert AuditEntry.objects.filter(action="training.approve_course", refused=False).count() == 2


def test_four_presses_in_two_roles_are_two_approvals_and_one_live_text():
    course, expert, officer = make_draft(), make_expert(), make_officer()
    acts = [(EXPERT, expert), (EXPERT, expert), (EDUCATION, officer), (EDUCATION, officer)]

    answers = race(course, *acts)

    assert answers == ["approved", "completes", "twice", "twice"]
    assert live_once(course) == (2, 1, 1, 1, True)


def test_two_experts_at_once_are_one_approval_and_nothing_goes_live():
    course = make_draft()

    answers = race(course, (EXPERT, make_expert()), (EXPERT, make_expert()))

    assert answers == ["approved", "twice"]
    assert live_once(course) == (1, 0, 0, 0, False)


def test_a_text_saved_while_it_is_approved_is_never_the_one_that_goes_live():
    """Whichever comes first: the approval is of the text that was read, or it is refused."""
    course = make_draft()

    answers = race(course, (EXPERT, make_expert()), ("author", make_user()))

    assert answers in (["approved", "saved"], ["changed", "saved"])
    assert waiting_of(CoursePage.objects.get(pk=course.pk), NOW.date()).given == {}
    assert live_once(course)[1:] == (0, 0, 0, False)
