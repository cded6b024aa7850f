"""What every page has that is issued by a body and by nobody else. Subclasses say what their text is."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.models import Page, PagePermissionTester, Revision

from kernel.lifecycle.deciding import open_submission
from kernel.lifecycle.enums import SubmissionState
from kernel.lifecycle.models import Authorship
from kernel.lifecycle.submissions import void_if_changed
from kernel.organisation import people


class ControlledPermissionTester(PagePermissionTester):
    """Nobody publishes, unpublishes or schedules a controlled text, superusers included; a decided one stays."""

    def can_publish(self):
        return False

    def can_unpublish(self):
        return False

    def can_publish_subpage(self):
        return False

    def can_delete(self, ignore_bulk=False):
        return not self.page.submissions.exists() and super().can_delete(ignore_bulk)


class ControlledParentTester(PagePermissionTester):
    """A page under which controlled texts stand: what is created there is never published by the editor."""

    def can_publish_subpage(self):
        return False

    def can_delete(self, ignore_bulk=False):
        return not self.page.get_children().exists() and super().can_delete(ignore_bulk)


class ControlledParentMixin:
    def permissions_for_user(self, user):
        return ControlledParentTester(user, self)


def keep_author(page, user, cycle: int) -> None:
    """Write down who wrote since text number ``cycle`` went live.

    Whoever saves, and before the first one whoever wrote a revision that was copied here.
    """
    writers = {user} if user else set()
    if cycle == 0:
        rows = Revision.objects.for_instance(page).exclude(user=None).select_related("user")
        writers |= {row.user for row in rows.defer("content")}
    known = Authorship.objects.filter(page_id_copy=page.pk, cycle=cycle)
    seen = set(known.values_list("user_id_copy", flat=True))
    for writer in writers:
        if writer.pk not in seen:
            Authorship.objects.get_or_create(
                page_id_copy=page.pk,
                cycle=cycle,
                user_id_copy=writer.pk,
                defaults={"name": people.name_of(writer)},
            )


class ControlledPageMixin:
    """Put before ``Page`` in the bases.

    Subclasses give ``approving_body`` and ``ratifying_body``, ``text_digest()`` (of this instance's text),
    ``problems()`` (sentences that stop a submission), ``open_gates()`` (those that stop a decision too),
    ``versions_issued()``, ``issued_digest()`` (of the newest
    version's text, empty before the first), ``has_version(revision)``,
    ``issue(submission, actor)``, ``version_in_force(today)`` (with ``text_sha256`` and ``number``, or None),
    ``accountable()`` (the logins told what is wrong with it), ``decision_address()`` (the path of the screen on
    which it is decided), ``proposal_address(proposal)`` and ``chair_action_address(action)``.
    """

    def permissions_for_user(self, user):
        return ControlledPermissionTester(user, self)

    @transaction.atomic
    def save_revision(self, user=None, *args, **kwargs):
        """Keep who wrote since the last issue; a changed text voids the submission that waits for a decision.

        The page is locked first, as every decision does, so that saving and deciding wait for each other. A save
        that would replace a revision which is the latest no longer is refused (PermissionDenied, C2).
        """
        self.latest_revision_id = Page.objects.select_for_update().get(pk=self.pk).latest_revision_id
        overwritten = kwargs.get("overwrite_revision")
        latest = overwritten and overwritten == self.latest_revision
        if latest and self.submissions.filter(revision=overwritten).exists():
            kwargs["overwrite_revision"] = None
        revision = super().save_revision(user, *args, **kwargs)
        if not self.versions_issued():
            self._keep_in_step()
        self.keep_author(user)
        void_if_changed(self, actor=user)
        return revision

    def _keep_in_step(self):
        """Lists ask the page's own columns: before the first issue they say what the draft says, whoever saves it.

        What another page has already, and only one may have, stays as it was: the first that is issued has it.
        """
        own = [
            field.name
            for field in self._meta.local_fields
            if not field.primary_key and not (field.unique and self._is_taken(field))
        ]
        many = [field.name for field in self._meta.local_many_to_many]
        self.save(update_fields=["title", *own, *many], clean=False)

    def _is_taken(self, field) -> bool:
        value = getattr(self, field.attname)
        others = type(self)._base_manager.exclude(pk=self.pk)
        return value is not None and others.filter(**{field.attname: value}).exists()

    def keep_author(self, user):
        keep_author(self, user, self.versions_issued())

    def save(self, *args, **kwargs):
        """A controlled text is live only through an issued version, whoever saves it."""
        if self.alias_of_id:
            raise ValidationError(_("A controlled text has no alias: it would follow without a decision."))
        if self.live and not (self.pk and self.versions_issued()):
            if self.pk is None:
                self.live = False
            else:
                raise ValidationError(
                    _("A controlled text goes live when a body ratifies it, and in no other way.")
                )
        return super().save(*args, **kwargs)

    def publish(self, revision, *args, **kwargs):
        """Refuse every revision that no body has issued, whoever asks and whatever checks are skipped."""
        if not self.has_version(revision):
            raise PublishPagePermissionError(_("Only a ratified version can be published."))
        return super().publish(revision, *args, **kwargs)

    def finish_workflow(self, *, revision_id, user):
        """The finish action's call: issue what was ratified, exactly that revision."""
        rows = self.submissions.filter(state=SubmissionState.ISSUED, revision_id=revision_id)
        submission = rows.select_related("revision", "approving_body", "ratifying_body").first()
        if submission is None:
            raise PublishPagePermissionError(_("Only a ratified version can be issued."))
        submission.revision.content_object = self.page_ptr
        self.issue(submission, actor=user)

    def may_submit(self, user) -> bool:
        return self.permissions_for_user(user).can_edit()

    def may_propose(self, user) -> bool:
        """Whoever may ask a body something about the text in force."""
        return self.may_submit(user)

    def open_gates(self) -> list[str]:
        return []

    @property
    def open_submission(self):
        return open_submission(self)
