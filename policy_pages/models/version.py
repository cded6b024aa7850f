from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.audit.append_only import append_only
from kernel.lifecycle.models import IssuedVersion
from policy_pages.enums import Audience


class PolicyVersionQuerySet(models.QuerySet):
    def begun(self, today):
        """Versions whose first day is not later than ``today``."""
        return self.filter(in_force_from__lte=today)

    def newest_first(self):
        return self.order_by("-major", "-minor")

    def ruling(self, today):
        """Per policy the highest number that has begun: it counts that day, or counted until it was withdrawn."""
        same = models.Q(major=models.OuterRef("major"), minor__gt=models.OuterRef("minor"))
        higher = PolicyVersion.objects.filter(
            models.Q(major__gt=models.OuterRef("major")) | same, policy=models.OuterRef("policy")
        )
        return self.begun(today).filter(~models.Exists(higher.begun(today)))

    def in_force(self, today):
        """The one version of each policy that counts on that day; none of a policy withdrawn by then."""
        return self.ruling(today).exclude(retirement__withdrawn_from__lte=today)


@append_only
class PolicyVersion(IssuedVersion):
    """One issued text of a policy. The row is evidence: it is added by ``issue_version`` and never changed."""

    wagtail_reference_index_ignore = True

    policy = models.ForeignKey("policy_pages.PolicyPage", models.PROTECT, related_name="versions")
    reference = models.CharField(_("reference"), max_length=30)
    audience = models.CharField(_("who may read it"), max_length=10, choices=Audience)
    audience_groups = models.ManyToManyField("kernel_organisation.StaffGroup", related_name="+")

    objects = PolicyVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("issued version")
        ordering = ["policy_id", "-major", "-minor"]
        indexes = [
            models.Index(
                fields=["title", "policy", "major", "minor", "in_force_from", "audience", "reference"],
                name="policy_pages_listing",
            ),
            models.Index(fields=["policy", "major", "minor", "in_force_from"], name="policy_pages_in_force"),
            # The register reads its columns from here: the rows themselves are as long as their texts.
            models.Index(
                fields=[
                    "policy",
                    "major",
                    "minor",
                    "in_force_from",
                    "review_due",
                    "audience",
                    "reference",
                    "title",
                ],
                name="policy_pages_register",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["policy", "major", "minor"], name="policy_pages_one_number"),
            models.UniqueConstraint(fields=["policy", "previous_seal"], name="policy_pages_one_successor"),
            models.CheckConstraint(
                name="policy_pages_first_version_is_one",
                condition=models.Q(major__gte=1),
                violation_error_message=_("The first issued version is 1.0."),
            ),
            models.CheckConstraint(
                name="policy_pages_in_force_after_ratified",
                condition=models.Q(in_force_from__gte=models.F("ratified_on")),
                violation_error_message=_("A version cannot be in force before it was ratified."),
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.number}"


def file_path(instance, filename):
    return f"issued/{instance.sha256[:2]}/{instance.sha256}"


append_only(PolicyVersion.audience_groups.through)


@append_only
class VersionFile(models.Model):
    """A copy of an image or attachment as it was on the day of issue, kept under its own digest."""

    wagtail_reference_index_ignore = True

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="files")
    name = models.CharField(_("file name"), max_length=255)
    content_type = models.CharField(_("kind of file"), max_length=100)
    sha256 = models.CharField(_("digest"), max_length=64)
    file = models.FileField(_("file"), upload_to=file_path, max_length=200)

    class Meta:
        verbose_name = _("file of a version")
        constraints = [
            models.UniqueConstraint(fields=["version", "sha256"], name="policy_pages_one_copy_of_a_file")
        ]

    def __str__(self):
        return self.name
