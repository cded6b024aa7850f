"""What waits for somebody among courses: drafts to approve, and own drafts that came back."""

from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from course_catalogue import permissions
from course_catalogue.catalogue import waiting
from course_catalogue.enums import ApprovingRole
from course_catalogue.models import CoursePage
from kernel.content.desk import DeskRow
from kernel.lifecycle.models import Authorship
from kernel.organisation import people

APPROVES, WROTE = "training.approves", "training.wrote_courses"


def approves(today: date):
    """The fact of whoever holds a role in which courses are approved."""
    return Exists(people.holders_of_any(ApprovingRole.values, today).filter(pk=OuterRef("pk")))


def wrote(today: date):
    """The fact of whoever wrote a course."""
    courses = CoursePage.objects.order_by().values("pk")
    return Exists(Authorship.objects.filter(user_id_copy=OuterRef("pk"), page_id_copy__in=courses))


def rows(user, today: date, _request=None) -> list[DeskRow]:
    """For the two roles that approve, and for authors; nobody else's drafts are asked for."""
    held = [role for role in ApprovingRole if permissions.approves_as(user, role, today)]
    wrote = set(Authorship.objects.filter(user_id_copy=user.pk).values_list("page_id_copy", "cycle"))
    if not held and not wrote:
        return []
    found = []
    for draft in waiting.with_rows():
        alone = draft.authors == {user.pk}
        gave = user.pk in {row.by_id_copy for row in draft.said}
        if set(waiting.missing_roles(draft.course, draft.said, today)) & set(held) and not (alone or gave):
            found.append(_to_approve(draft.course))
        elif user.pk in draft.authors and any(not row.agreed for row in draft.said):
            found.append(_came_back(draft.course))
    return found


def _to_approve(course) -> DeskRow:
    return DeskRow(
        verb="decide",
        title=course.draft_title,
        why=_("A course that nobody can book before you approve it, or a change of one."),
        url=reverse("course_approval", args=[course.pk]),
        button=_("Read and decide"),
    )


def _came_back(course) -> DeskRow:
    return DeskRow(
        verb="write",
        title=course.draft_title,
        why=_("Sent back: read why, then change the draft."),
        url=reverse("course_approval", args=[course.pk]),
        button=_("Read why"),
    )


PARTS = (((APPROVES, WROTE), rows),)
