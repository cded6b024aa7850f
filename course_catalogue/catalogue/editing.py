"""What the editor of Wagtail's admin offers for a course: write and go on to the approval; never publish or delete."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page

from course_catalogue.models import CourseIndexPage, CoursePage

TO_APPROVAL = "action-to-approval"
KEPT = ("action-save-draft", "action-page-locked")
#: Wagtail's own presses to submit start a workflow that knows nothing of the two approvals.
WAGTAILS_OWN = ("action-submit", "action-restart-workflow", "action-publish")


class ToApproval(ActionMenuItem):
    """Saves the draft and goes on to the screen on which it is approved."""

    label = gettext_lazy("Save and show its approval")
    name = TO_APPROVAL
    order = 10


def page_actions(menu_items, request, context):
    """Only drafts and the way to the approval."""
    page = context.get("page")
    is_course = isinstance(page, CoursePage)
    if is_course or (page is None and isinstance(context.get("parent_page"), CourseIndexPage)):
        menu_items[:] = [item for item in menu_items if getattr(item, "name", "") in KEPT]
        menu_items.append(ToApproval())


def _ours(request) -> None:
    if any(name in request.POST for name in WAGTAILS_OWN):
        post = request.POST.copy()
        for name in WAGTAILS_OWN:
            post.pop(name, None)
        post[TO_APPROVAL] = "1"
        request.POST = post


def before_create(request, parent_page, page_class):
    if issubclass(page_class, CoursePage):
        _ours(request)


def before_edit(request, page):
    if isinstance(page, CoursePage):
        _ours(request)


def after_edit(request, page):
    if isinstance(page, CoursePage) and TO_APPROVAL in request.POST:
        return redirect("course_approval", page.pk)
    return None


def before_delete(request, page):
    """The permission is gone already; this says why instead of an error when a parent is deleted."""
    if _holds_courses(page):
        messages.error(request, _("Courses that somebody judged are kept: they cannot be deleted."))
        raise PermissionDenied


def before_bulk(request, action_type, objects, action):
    if action_type == "delete":
        for row in objects:
            if isinstance(row, Page):
                before_delete(request, row)


def _holds_courses(page) -> bool:
    rows = CoursePage.objects.descendant_of(page, inclusive=True)
    return rows.filter(approvals__isnull=False).exists() or rows.filter(sessions__isnull=False).exists()
