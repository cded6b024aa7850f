"""What the editor of Wagtail's admin offers for a policy: write and submit; never publish, schedule or delete."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page

from kernel.lifecycle import workflows
from kernel.lifecycle.controlled import ControlledPageMixin
from kernel.organisation import people
from policy_pages.models import PolicyIndexPage, PolicyPage

SUBMIT = "action-submit-for-approval"


class SubmitForApproval(ActionMenuItem):
    """Saves the draft and goes on to the screen that asks what changed."""

    label = gettext_lazy("Submit for approval")
    name = SUBMIT
    order = 10

    def is_shown(self, context):
        page = context.get("page")
        return page is None or not page.open_submission


WAGTAILS_OWN = ("action-submit", "action-restart-workflow")


def _ours(request) -> None:
    """Wagtail's own press to submit starts a workflow about which no body knows: it leads to our screen instead."""
    if any(name in request.POST for name in WAGTAILS_OWN):
        post = request.POST.copy()
        for name in WAGTAILS_OWN:
            post.pop(name, None)
        post[SUBMIT] = "1"
        request.POST = post


def before_create(request, parent_page, page_class):
    if issubclass(page_class, ControlledPageMixin):
        _ours(request)


def _is_controlled(context) -> bool:
    """The editor of a controlled text, or the form for a new one, which has no page yet but a library above it."""
    page = context.get("page")
    if page is None:
        return isinstance(context.get("parent_page"), PolicyIndexPage)
    return isinstance(page, ControlledPageMixin)


def page_actions(menu_items, request, context):
    """Only drafts and the way to approval for a controlled text."""
    if _is_controlled(context):
        kept = {"action-save-draft", "action-page-locked"}
        menu_items[:] = [item for item in menu_items if getattr(item, "name", "") in kept]
        menu_items.append(SubmitForApproval())


def after_create(request, page):
    if isinstance(page, PolicyIndexPage):
        workflows.attach(page)
    return after_edit(request, page)


def after_edit(request, page):
    if theirs := getattr(request, "overtaken", None):
        messages.warning(request, _overtaken_words(request, theirs))
    if isinstance(page, PolicyPage) and SUBMIT in request.POST:
        return redirect("policy_submit", page.pk)
    return None


def before_delete(request, page):
    """The permission is gone already; this says why instead of an error when a parent is deleted."""
    if _holds_decisions(page):
        messages.error(request, _("Policies with decisions are kept: they cannot be deleted."))
        raise PermissionDenied


def before_bulk(request, action_type, objects, action):
    """The same for a bulk delete, which asks for each page's permission but not for what stands beneath it."""
    if action_type == "delete" and any(_holds_decisions(row) for row in objects if isinstance(row, Page)):
        messages.error(request, _("Policies with decisions are kept: they cannot be deleted."))
        raise PermissionDenied


def _holds_decisions(page) -> bool:
    policies = PolicyPage.objects.descendant_of(page, inclusive=True)
    return policies.filter(submissions__isnull=False).exists()


def before_edit(request, page):
    """Wagtail's own way to stop a workflow asks for no reason: a submitted text is recalled or sent back."""
    if isinstance(page, ControlledPageMixin) and "action-cancel-workflow" in request.POST:
        messages.error(request, _("Recall the text on its own page, with a reason."))
        return redirect("policy_decide", page.pk)
    if isinstance(page, ControlledPageMixin):
        _ours(request)
        request.overtaken = _overtaken(request, page)
    return None


def _overtaken(request, page):
    """The draft that somebody saved after this form was opened; None where nobody did. Wagtail refuses such an
    autosave and asks before such a press, where scripts run and its look for others was in time (C2).
    """
    latest = page.latest_revision
    if latest is None or "loaded_revision_id" not in request.POST:
        return None
    opened = request.POST["loaded_revision_id"], request.POST.get("loaded_revision_created_at")
    return latest if opened != (str(latest.pk), latest.created_at.isoformat()) else None


def _overtaken_words(request, theirs) -> str:
    kept = _("Yours is the draft now. The other one is kept in the history: compare them before you submit.")
    if theirs.user_id == request.user.pk:
        return _("You saved this text in another window meanwhile.") + " " + kept
    name = people.name_of(theirs.user) if theirs.user else _("Somebody")
    return _("%(name)s saved this text while you had it open.") % {"name": name} + " " + kept
