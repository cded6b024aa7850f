from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from kernel.lifecycle.enums import Significance
from kernel.lifecycle.models.submission import Submission


class IssuedVersion(models.Model):
    """One issued text: numbered, frozen, sealed and append-only. Subclasses add what it is a version of.

    ``text_sha256`` is the digest that was approved. ``seal`` covers the frozen content, the HTML, the number, the
    first day and the seal before, so that a missing or altered version shows. ``in_force_from`` is the first day
    on which it counts; two versions may share it, then the higher number counts.
    """

    major = models.PositiveIntegerField(_("major number"))
    minor = models.PositiveIntegerField(_("minor number"))
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    submission = models.OneToOneField(Submission, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=255)
    content = models.JSONField(_("frozen text"))
    control = models.JSONField(_("control facts on the day of issue"))
    html = models.TextField(_("rendered text"))
    text_sha256 = models.CharField(_("digest of the text"), max_length=64)
    previous_seal = models.CharField(_("seal before"), max_length=64, blank=True)
    seal = models.CharField(_("seal"), max_length=64)
    significance = models.CharField(_("significance"), max_length=5, choices=Significance)
    change_note = models.TextField(_("what changed"))
    ratified_on = models.DateField(_("ratified on"))
    in_force_from = models.DateField(_("in force from"))
    review_due = models.DateField(_("review due"), null=True)
    issued_at = models.DateTimeField(_("issued at"))
    issued_by_name = models.CharField(_("issued by"), max_length=255)

    class Meta:
        abstract = True

    @property
    def number(self) -> str:
        return f"{self.major}.{self.minor}"
