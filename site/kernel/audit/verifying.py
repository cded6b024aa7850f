"""Walking the chain: every seal, its entry, the words where they still are, and the head kept outside.

What no chain can tell: an entry forged at the end, or removed, before it was sealed. For those there is the
log line that left with the act.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from kernel.audit.digest import seal_hash, words_digest
from kernel.audit.models import AuditEntry, AuditSeal, AuditWords
from kernel.audit.sealing import read_heads, unreadable_heads

BATCH = 1000
BACKDATED = timedelta(hours=1)  # more than a clock is ever put right by
ERASE = "audit.erase_words"


@dataclass(frozen=True)
class Finding:
    """One bad row. ``entry`` is 0 when the fault lies at the end or in the head file."""

    entry: int
    kind: str  # changed, deleted, inserted, truncated, rewritten, no head, unreadable
    words: str

    def __str__(self):
        return self.words


def verify() -> list[Finding]:
    """All findings, the first bad entry first, the end of the chain last. Empty: the trail is whole."""
    rows = [*_walk(), *_inserted()]
    return [*sorted(rows, key=lambda finding: finding.entry), *_head()]


def _walk() -> Iterator[Finding]:
    before = AuditSeal(position=0, entry_id=0, hash="")
    at = None
    for seals in _batches():
        entries = AuditEntry.objects.in_bulk([seal.entry_id for seal in seals])
        words = AuditWords.objects.in_bulk([seal.entry_id for seal in seals])
        erased = _erased(seals[0].entry_id, seals[-1].entry_id)
        for seal in seals:
            entry = entries.get(seal.entry_id)
            yield from _check_link(before, seal)
            yield from _check_entry(seal, entry, at)
            if entry:
                yield from _check_words(entry, words.get(entry.pk), entry.pk in erased)
                at = entry.at
            before = seal


def _batches() -> Iterator[list[AuditSeal]]:
    position = -1
    while seals := list(AuditSeal.objects.filter(position__gt=position).order_by("position")[:BATCH]):
        yield seals
        position = seals[-1].position


def _check_link(before: AuditSeal, seal: AuditSeal) -> Iterator[Finding]:
    if seal.position != before.position + 1:
        words = _("Entry %(id)s: %(number)s seals before it have been deleted.")
        missing = {"id": seal.entry_id, "number": seal.position - before.position - 1}
        yield Finding(seal.entry_id, "deleted", words % missing)
    elif seal.previous != before.hash or seal.entry_id <= before.entry_id:
        words = _("Entry %(id)s: its seal does not follow the one before.")
        yield Finding(seal.entry_id, "changed", words % {"id": seal.entry_id})


def _check_entry(seal: AuditSeal, entry: AuditEntry | None, at) -> Iterator[Finding]:
    name = {"id": seal.entry_id}
    if entry is None:
        yield Finding(seal.entry_id, "deleted", _("Entry %(id)s has been deleted.") % name)
    elif seal_hash(entry, seal.position, seal.previous) != seal.hash:
        yield Finding(seal.entry_id, "changed", _("Entry %(id)s has been changed.") % name)
    elif at and entry.at < at - BACKDATED:
        yield Finding(
            seal.entry_id, "inserted", _("Entry %(id)s bears an earlier time than its place.") % name
        )


def _check_words(entry: AuditEntry, words: AuditWords | None, erased: bool) -> Iterator[Finding]:
    name = {"id": entry.pk}
    if words is None and not erased:
        text = _("Entry %(id)s: its words are gone, and no erasure was written down.")
        yield Finding(entry.pk, "deleted", text % name)
    elif words is not None and not _matches(words, entry.words_digest):
        yield Finding(entry.pk, "changed", _("Entry %(id)s: its words have been changed.") % name)


def _matches(words: AuditWords, expected: str) -> bool:
    try:
        return words_digest(words) == expected
    except ValueError:  # the salt is no hexadecimal number any more
        return False


def _erased(first: int, last: int) -> set[int]:
    """Entries of this stretch whose erasure is written down."""
    acts = AuditEntry.objects.filter(action=ERASE, target_type="kernel_audit.auditentry", refused=False)
    return {
        number for number in map(int, acts.values_list("target_id", flat=True)) if first <= number <= last
    }


def _inserted() -> Iterator[Finding]:
    """Entries below the sealed end without a seal (``sealing`` says why there can be none)."""
    last = AuditSeal.objects.last()
    below = AuditEntry.objects.filter(pk__lt=last.entry_id if last else 0)
    sealed = AuditSeal.objects.values("entry_id")
    for number in below.exclude(pk__in=sealed).order_by("pk").values_list("pk", flat=True):
        yield Finding(number, "inserted", _("Entry %(id)s was inserted after its time.") % {"id": number})


def _head() -> Iterator[Finding]:
    """Compare with the file outside. Only the first difference is told: the rest follows from it."""
    for number in unreadable_heads():
        yield Finding(
            0, "unreadable", _("Line %(number)s of the head file cannot be read.") % {"number": number}
        )
    heads = read_heads()
    if not heads and AuditSeal.objects.exists():
        yield Finding(0, "no head", _("The head file outside the database is missing or empty."))
    for start in range(0, len(heads), BATCH):
        some = heads[start : start + BATCH]
        known = AuditSeal.objects.in_bulk([position for position, _link in some])
        for position, link in some:
            if position not in known or known[position].hash != link:
                yield _wrong_head(position, position in known)
                return


def _wrong_head(position: int, stands: bool) -> Finding:
    if stands:
        text = _("The chain up to seal %(position)s has been written anew.")
        return Finding(0, "rewritten", text % {"position": position})
    text = _("The end has been cut off: the head file knows seal %(position)s.")
    return Finding(0, "truncated", text % {"position": position})
