from django.db import models
from django.utils.translation import gettext_lazy as _

from policy_pages.enums import Force
from policy_pages.models.version import PolicyVersion


class ClauseEntry(models.Model):
    """One piece of an issued text as the search finds it: a section, clause, table, term, or row of roles.

    No evidence: all of it comes from the version and may be deleted and made anew (``rebuild_clause_index``). Who
    may read a piece and whether it counts today is asked of its version. How words are looked up stands in
    ``policy_pages.clause_tables``.
    """

    wagtail_reference_index_ignore = True

    version = models.ForeignKey(PolicyVersion, models.CASCADE, related_name="+", verbose_name=_("version"))
    position = models.PositiveIntegerField(_("place in the text"))
    kind = models.CharField(_("kind"), max_length=20)
    anchor = models.CharField(_("permanent id"), max_length=64)
    title = models.CharField(_("title"), max_length=255)
    reference = models.CharField(_("reference"), max_length=30)
    path = models.TextField(_("headings above"), blank=True)
    number = models.CharField(_("number"), max_length=60, blank=True)
    heading = models.TextField(_("heading"), blank=True)
    words = models.TextField(_("words"), blank=True)
    force = models.CharField(_("force"), max_length=10, choices=Force, blank=True)
    roles = models.TextField(_("numbers of job roles"), blank=True, help_text=_("Between commas: ,3,7,"))

    class Meta:
        verbose_name = _("entry of the clause index")
        verbose_name_plural = _("clause index")
        ordering = ["version_id", "position"]
        default_permissions = ()

    def __str__(self):
        return f"{self.reference} {self.number}"
