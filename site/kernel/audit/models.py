from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernel.audit.append_only import append_only
from kernel.audit.querysets import AuditQuerySet

#: Words go only after an act of erasure has been written down; the database asks for it too.
ERASED_BY_ACT = (
    "EXISTS (SELECT 1 FROM kernel_audit_auditentry e WHERE e.action = 'audit.erase_words' AND NOT e.refused "
    "AND e.target_type = 'kernel_audit.auditentry' AND e.target_id = CAST(OLD.entry_id AS TEXT))"
)


@append_only
class AuditEntry(models.Model):
    """What was done, when (UTC), by whom, on what. Added, never changed.

    People are kept by id without a foreign key, so that an account may go. Names and titles can name a
    person: they stand with the other personal words in ``AuditWords``, and the chain covers their digest.
    ``actor_name``, ``target_title`` and ``words`` read them there, empty once erased.
    """

    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    action = models.CharField(_("action"), max_length=100)
    actor_id = models.CharField(_("id of who did it"), max_length=64, blank=True)
    target_type = models.CharField(_("kind of thing"), max_length=100, blank=True)
    target_id = models.CharField(_("id of the thing"), max_length=64, blank=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    refused = models.BooleanField(_("refused"), default=False)
    words_digest = models.CharField(_("digest of the words"), max_length=64, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-id"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="kernel_audit_target"),
            models.Index(fields=["actor_id"], name="kernel_audit_actor"),
            models.Index(fields=["action", "at"], name="kernel_audit_action_at"),
        ]

    def __str__(self):
        return f"{self.pk} {self.action}"

    @property
    def actor_name(self) -> str:
        return self._word("actor_name", "")

    @property
    def target_title(self) -> str:
        return self._word("target_title", "")

    @property
    def words(self) -> dict:
        return self._word("words", {})

    def _word(self, name, empty):
        beside = getattr(self, "beside", None)  # the row may be erased
        return getattr(beside, name) if beside else empty


@append_only(deletable_if=ERASED_BY_ACT)
class AuditWords(models.Model):
    """The personal words of one entry and the salt of their digest: the only thing that can be erased."""

    entry = models.OneToOneField(AuditEntry, models.PROTECT, primary_key=True, related_name="beside")
    actor_name = models.CharField(_("who did it"), max_length=255, blank=True)
    target_title = models.CharField(_("title of the thing"), max_length=255, blank=True)
    words = models.JSONField(_("words"), default=dict, blank=True)
    salt = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("words of an audit entry")
        verbose_name_plural = _("words of audit entries")
        default_permissions = ()

    def __str__(self):
        return f"{self.entry_id}"


@append_only
class AuditSeal(models.Model):
    """One link of the chain. No foreign key: a seal must be able to name an entry that was removed."""

    position = models.PositiveBigIntegerField(_("place in the chain"), primary_key=True)
    entry_id = models.BigIntegerField(_("entry"), unique=True)
    sealed_at = models.DateTimeField(_("sealed"))
    previous = models.CharField(_("hash before"), max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("audit seal")
        verbose_name_plural = _("audit seals")
        ordering = ["position"]
        default_permissions = ()

    def __str__(self):
        return f"{self.position} {self.hash}"
