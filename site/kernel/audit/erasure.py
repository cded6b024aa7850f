"""Erasing personal words: the one thing that ever leaves the trail."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kernel.audit.models import AuditEntry, AuditWords
from kernel.audit.trail import act, record


@act("audit.erase_words")
def erase_words(entry: AuditEntry, *, actor, reason: str) -> AuditEntry:
    """Remove names, title, words and salt of ``entry``; its place in the chain stays and still verifies.

    The act is written first: the database lets words go only when it finds that row. The title of the new row
    is the number and action of the erased entry, so nothing that was erased is written down again.
    """
    if not reason.strip():
        raise ValidationError(_("Say why the words are erased."))
    if not AuditWords.objects.filter(entry=entry).exists():
        raise ValidationError(_("The words of this entry have been erased before."))
    done = record("audit.erase_words", actor=actor, target=entry, words={"reason": reason})
    AuditWords.objects.filter(entry=entry).delete()
    return done
