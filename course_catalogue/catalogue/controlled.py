"""Pages whose live text changes only when two people have approved it; Wagtail's own publishing is closed."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.models import Page, PagePermissionTester

from kernel.lifecycle.controlled import keep_author
from kernel.lifecycle.models import Authorship


class ApprovedPermissionTester(PagePermissionTester):
    """Nobody publishes, unpublishes or schedules a course, superusers included; one that was approved stays."""

    def can_publish(self):
        return False

    def can_unpublish(self):
        return False

    def can_publish_subpage(self):
        return False

    def can_copy(self):
        return False

    def can_copy_to(self, destination, recursive=False):
        return False

    def can_delete(self, ignore_bulk=False):
        return not self.page.approvals.exists() and super().can_delete(ignore_bulk)


class ApprovedPageMixin:
    """Put before ``Page`` in the bases. The rows of ``approvals`` say what is approved (``CourseApproval``)."""

    def permissions_for_user(self, user):
        return ApprovedPermissionTester(user, self)

    @transaction.atomic
    def save_revision(self, user=None, *args, **kwargs):
        """Keep who wrote since the text last went live. What was judged stays as it was: it is never overwritten.

        The page is locked first, as every approval does, so that saving and approving wait for each other. A save
        that would replace a revision which is the latest no longer is refused (PermissionDenied, C2).
        """
        self.latest_revision_id = Page.objects.select_for_update().get(pk=self.pk).latest_revision_id
        overwritten = kwargs.get("overwrite_revision")
        latest = overwritten and overwritten == self.latest_revision
        if latest and self.approvals.filter(revision_id_copy=overwritten.pk).exists():
            kwargs["overwrite_revision"] = None
        revision = super().save_revision(user, *args, **kwargs)
        keep_author(self, user, self.times_approved())
        return revision

    def times_approved(self) -> int:
        return self.approvals.filter(completes=True).count()

    def authors(self) -> set[int]:
        """The logins that wrote since the text last went live."""
        rows = Authorship.objects.filter(page_id_copy=self.pk, cycle=self.times_approved())
        return set(rows.values_list("user_id_copy", flat=True))

    def save(self, *args, **kwargs):
        """A new course is a draft, whoever saves it."""
        if self.pk is None:
            self.live = False
        return super().save(*args, **kwargs)

    def publish(self, revision, *args, **kwargs):
        """Refuse every revision that was not approved by both, whoever asks and whatever checks are skipped."""
        if not self.approvals.filter(revision_id_copy=revision.pk, completes=True).exists():
            raise PublishPagePermissionError(_("A course goes live when both have approved it."))
        return super().publish(revision, *args, **kwargs)
