from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.audit.append_only import append_only
from policy_pages.enums import OPEN_IMPORTS, ImportState

OPEN = [str(state) for state in OPEN_IMPORTS]
STILL_OPEN = "OLD.state IN ('waiting', 'reading', 'ready')"
HOLDS_FILE = [*OPEN, str(ImportState.ACCEPTED)]
DECIDED = [str(ImportState.ACCEPTED), str(ImportState.DISCARDED)]


def import_path(instance, filename):
    return f"imports/{instance.sha256[:2]}/{instance.sha256}"


class PolicyImportQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=OPEN)

    def accepted(self):
        return self.filter(state=ImportState.ACCEPTED)


@append_only(changeable_if=STILL_OPEN)
class PolicyImport(models.Model):
    """One file that somebody brought: read, checked by a person, then a draft or nothing.

    Worked on while it is open, evidence from then on. A refused or discarded file leaves this row without file,
    text or pictures. People and the page are kept by number, so that the row outlives them. ``cycle`` is the number
    of versions issued before it was accepted, as in a submission; ``base_sha256`` is the digest of the draft with
    which a file for an existing policy was compared. ``claim`` names the process that reads, ``next_at`` the moment
    from which another may take over.
    """

    wagtail_reference_index_ignore = True

    name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(_("digest of the file"), max_length=64)
    size = models.PositiveBigIntegerField(_("bytes"))
    file = models.FileField(_("file as brought"), upload_to=import_path, max_length=200, blank=True)
    library = models.ForeignKey(
        "policy_pages.PolicyIndexPage",
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="imports",
        verbose_name=_("library"),
    )
    policy = models.ForeignKey(
        "policy_pages.PolicyPage",
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="imports",
        verbose_name=_("policy"),
    )
    brought_by_id = models.PositiveBigIntegerField(_("login's number"))
    brought_by_name = models.CharField(_("brought by"), max_length=255)
    brought_at = models.DateTimeField(_("brought at"))
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState, default=ImportState.WAITING, editable=False
    )
    done = models.PositiveIntegerField(_("parts read"), default=0)
    of = models.PositiveIntegerField(_("parts in all"), default=0)
    doing = models.CharField(_("what is being done"), max_length=255, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True)
    task = models.CharField(max_length=64, blank=True)
    next_at = models.DateTimeField(null=True)
    receipt = models.JSONField(_("receipt"), default=dict)
    receipt_sha256 = models.CharField(_("digest of the receipt"), max_length=64, blank=True)
    blocks = models.JSONField(_("blocks"), default=list)
    match = models.JSONField(_("match with the policy as it stands"), default=dict)
    base_sha256 = models.CharField(_("digest of the draft compared with"), max_length=64, blank=True)
    lost = models.PositiveIntegerField(_("words that did not come through"), default=0)
    losses_reason = models.TextField(_("why it goes on without them"), blank=True)
    losses_by_id = models.PositiveBigIntegerField(null=True)
    losses_by_name = models.CharField(_("losses accepted by"), max_length=255, blank=True)
    cycle = models.PositiveIntegerField(_("versions issued before"), null=True)
    decided_by_id = models.PositiveBigIntegerField(null=True)
    decided_by_name = models.CharField(_("decided by"), max_length=255, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)

    objects = PolicyImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of a policy")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "library"],
                condition=Q(state__in=OPEN),
                name="policy_pages_one_open_import_in_a_library",
                violation_error_message=_("This file is being imported already."),
            ),
            models.UniqueConstraint(
                fields=["sha256", "policy"],
                condition=Q(state__in=OPEN),
                name="policy_pages_one_open_import_of_a_policy",
                violation_error_message=_("This file is being imported already."),
            ),
            models.CheckConstraint(
                name="policy_pages_import_has_a_target",
                condition=Q(library__isnull=False, policy__isnull=True)
                | Q(library__isnull=True, policy__isnull=False)
                | Q(state=ImportState.ACCEPTED, policy__isnull=False),
                violation_error_message=_("An import goes into a library or into one policy."),
            ),
            models.CheckConstraint(
                name="policy_pages_accepted_import_is_whole",
                condition=~Q(state=ImportState.ACCEPTED)
                | Q(policy__isnull=False, cycle__isnull=False) & ~Q(receipt_sha256="") & ~Q(file=""),
                violation_error_message=_("An accepted import has its policy, its file and its receipt."),
            ),
            models.CheckConstraint(
                name="policy_pages_import_keeps_no_refused_file",
                condition=Q(state__in=HOLDS_FILE) | Q(file=""),
                violation_error_message=_("A refused or discarded file is not kept."),
            ),
            models.CheckConstraint(
                name="policy_pages_losses_by_name_with_reason",
                condition=Q(losses_reason="", losses_by_id__isnull=True, losses_by_name="")
                | Q(losses_by_id__isnull=False) & ~Q(losses_reason="") & ~Q(losses_by_name=""),
                violation_error_message=_("Whoever accepts a loss is named and says why."),
            ),
            models.CheckConstraint(
                name="policy_pages_no_loss_accepted_in_silence",
                condition=~Q(state=ImportState.ACCEPTED) | Q(lost=0) | ~Q(losses_reason=""),
                violation_error_message=_("Words are missing: somebody has to accept that, with a reason."),
            ),
            models.CheckConstraint(
                name="policy_pages_import_decided_by_somebody",
                condition=Q(state__in=DECIDED, decided_by_id__isnull=False, decided_at__isnull=False)
                | ~Q(state__in=DECIDED) & Q(decided_by_id__isnull=True, decided_at__isnull=True),
                violation_error_message=_("Somebody accepts or discards an import."),
            ),
        ]
        indexes = [models.Index(fields=["brought_by_id", "state"], name="policy_pages_my_imports")]

    def __str__(self):
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def working_title(self) -> str:
        """The name of the file without its ending, where the document states no title."""
        return self.name.rsplit(".", 1)[0] or self.name

    @property
    def place(self):
        """The policy or the library that it is for; None where that is gone."""
        try:
            return self.library if self.policy_id is None else self.policy
        except ObjectDoesNotExist:
            return None

    @property
    def is_again(self) -> bool:
        """For a policy that is there already."""
        return self.library_id is None


def picture_path(instance, filename):
    return f"imports/pictures/{instance.sha256[:2]}/{instance.sha256}"


class ImportPicture(models.Model):
    """A picture of a file that waits to be decided on; it goes when that is done."""

    wagtail_reference_index_ignore = True

    policy_import = models.ForeignKey(PolicyImport, models.PROTECT, related_name="pictures")
    sha256 = models.CharField(_("digest"), max_length=64)
    name = models.CharField(_("file name"), max_length=255)
    place = models.CharField(_("place"), max_length=255)
    file = models.FileField(_("file"), upload_to=picture_path, max_length=200)

    class Meta:
        verbose_name = _("picture of an import")
        constraints = [
            models.UniqueConstraint(
                fields=["policy_import", "sha256"], name="policy_pages_one_picture_of_an_import"
            )
        ]

    def __str__(self):
        return self.name
