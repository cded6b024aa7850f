"""Whose approval a draft waits for, and whose it may have."""

from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Count, Max, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from course_catalogue.catalogue.completeness import problems
from course_catalogue.catalogue.texts import digest_of
from course_catalogue.enums import ApprovingRole
from course_catalogue.models import CourseApproval, CoursePage
from kernel.lifecycle.models import Authorship

WAITS_FOR = {
    ApprovingRole.EXPERT: gettext_lazy("waiting for the subject expert's approval"),
    ApprovingRole.EDUCATION: gettext_lazy("waiting for the approval of education"),
}


@dataclass(frozen=True)
class Waiting:
    """Where the newest draft stands. ``given`` and ``refused`` are rows by role, of this exact text alone."""

    draft: CoursePage
    revision_id: int
    digest: str
    problems: list[str]
    given: dict[str, CourseApproval] = field(default_factory=dict)
    refused: dict[str, CourseApproval] = field(default_factory=dict)
    is_live: bool = False

    @property
    def roles(self) -> list[ApprovingRole]:
        """The roles whose approval is still missing; none of a text that is live, incomplete or sent back."""
        if self.is_live or self.problems or self.refused:
            return []
        return [role for role in ApprovingRole if role not in self.given]


def waiting_of(course, today: date) -> Waiting:
    """The newest draft of the course with what was said of it."""
    revision = course.latest_revision
    draft = course.get_latest_revision_as_object()
    digest = digest_of(draft)
    rows = list(CourseApproval.objects.filter(course_id=course.pk, text_sha256=digest))
    rows = [row for row in rows if revision and row.revision_id_copy == revision.pk]
    given = {row.role: row for row in rows if row.agreed}
    return Waiting(
        draft=draft,
        revision_id=revision.pk if revision else 0,
        digest=digest,
        problems=problems(revision.content if revision else draft.serializable_data(), today),
        given=given,
        refused={row.role: row for row in rows if not row.agreed and row.role not in given},
        is_live=any(row.completes for row in rows),
    )


def drafts() -> list[CoursePage]:
    """Courses whose newest revision is not what is live, oldest first."""
    newest = CourseApproval.objects.filter(course=OuterRef("pk"), completes=True).values("course")
    approved = newest.annotate(last=Max("revision_id_copy")).values("last")
    rows = CoursePage.objects.filter(latest_revision__isnull=False).annotate(approved=Subquery(approved))
    rows = rows.select_related("latest_revision").order_by("latest_revision_created_at", "pk")
    return [row for row in rows if row.approved != row.latest_revision_id]


@dataclass(frozen=True)
class Draft:
    """A draft in a list: what was said of this exact text, and who wrote since the text last went live."""

    course: CoursePage
    said: list[CourseApproval]
    authors: set[int]
    words: str = ""


def with_rows() -> list[Draft]:
    """All drafts with what was said of them and by whom they are; four queries for any number."""
    rows = drafts()
    said: dict[int, list[CourseApproval]] = {}
    for row in CourseApproval.objects.filter(revision_id_copy__in=[row.latest_revision_id for row in rows]):
        said.setdefault(row.revision_id_copy, []).append(row)
    keys = [row.pk for row in rows]
    lived = CourseApproval.objects.filter(course__in=keys, completes=True).order_by()
    cycles = dict(lived.values_list("course").annotate(Count("pk")))
    authors: dict[int, set[int]] = {}
    for row in Authorship.objects.filter(page_id_copy__in=keys):
        if row.cycle == cycles.get(row.page_id_copy, 0):
            authors.setdefault(row.page_id_copy, set()).add(row.user_id_copy)
    return [Draft(row, said.get(row.latest_revision_id, []), authors.get(row.pk, set())) for row in rows]


def listed(today: date) -> list[Draft]:
    """All drafts, each with whom it waits for, in words."""
    return [replace(draft, words=_words(draft.course, draft.said, today)) for draft in with_rows()]


def missing_roles(course, said: list[CourseApproval], today: date) -> list[ApprovingRole]:
    """The roles that a draft waits for, from its newest revision and the rows about that."""
    if problems(course.latest_revision.content, today) or any(not row.agreed for row in said):
        return []
    return [role for role in ApprovingRole if role not in {row.role for row in said}]


def _words(course, said, today) -> str:
    if any(not row.agreed for row in said):
        return _("sent back to its authors")
    roles = missing_roles(course, said, today)
    if not roles:
        return _("being written")
    if len(roles) == len(ApprovingRole):
        return _("waiting for the subject expert and for education")
    return str(WAITS_FOR[roles[0]])
