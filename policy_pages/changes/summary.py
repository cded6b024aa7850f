"""A comparison in one sentence, and in the groups in which it is read."""

from math import ceil
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policy_pages.changes.comparing import Change, Comparison
from policy_pages.changes.kinds import DUTIES, Kind

WORDS_A_MINUTE = 200


class Group(NamedTuple):
    """``kind`` is the first kind of change in it."""

    title: str
    kind: Kind
    changes: list[Change]


def groups(comparison: Comparison) -> list[Group]:
    """Duties first, then each kind; what is empty is left out."""
    titles = {
        DUTIES: _("Duties first"),
        (Kind.NEW,): _("New"),
        (Kind.WORDING,): _("Wording"),
        (Kind.REMOVED,): _("Removed"),
        (Kind.MOVED,): _("Moved"),
        (Kind.RENUMBERED,): _("Renumbered"),
        (Kind.FORMATTING,): _("Formatting"),
    }
    found = [
        Group(title, kinds[0], [change for change in comparison.changes if change.kind in kinds])
        for kinds, title in titles.items()
    ]
    return [group for group in found if group.changes]


def sentence(comparison: Comparison) -> str:
    """ "2 new duties, 1 stronger, 3 wording; 41 clauses the same." """
    same = ngettext("%(n)d clause the same", "%(n)d clauses the same", comparison.same)
    same %= {"n": comparison.same}
    parts = [words % {"n": count} for words, count in _counts(comparison) if count]
    if not parts:
        return _("No change; %(same)s.") % {"same": same}
    return _("%(changes)s; %(same)s.") % {"changes": ", ".join(parts), "same": same}


def minutes(comparison: Comparison) -> int:
    return ceil(sum(change.words for change in comparison.changes) / WORDS_A_MINUTE)


def _counts(comparison: Comparison):
    """What people must do newly comes first, as they ask for it first."""
    counts = dict.fromkeys(Kind, 0)
    for change in comparison.changes:
        counts[change.kind] += 1
    facts = len(comparison.facts)
    named = {
        Kind.NEW_DUTY: ngettext("%(n)d new duty", "%(n)d new duties", counts[Kind.NEW_DUTY]),
        Kind.REVERSED: ngettext("%(n)d duty reversed", "%(n)d duties reversed", counts[Kind.REVERSED]),
        Kind.STRONGER: _("%(n)d stronger"),
        Kind.WEAKER: _("%(n)d weaker"),
        Kind.REMOVED_DUTY: ngettext("%(n)d removed duty", "%(n)d removed duties", counts[Kind.REMOVED_DUTY]),
        Kind.ROLES: _("%(n)d for others"),
        Kind.NEW: _("%(n)d new"),
        Kind.WORDING: _("%(n)d wording"),
        Kind.REMOVED: _("%(n)d removed"),
        Kind.MOVED: _("%(n)d moved"),
        Kind.RENUMBERED: _("%(n)d renumbered"),
        Kind.FORMATTING: _("%(n)d formatting"),
    }
    yield from ((words, counts[kind]) for kind, words in named.items())
    yield ngettext("%(n)d fact about the policy", "%(n)d facts about the policy", facts), facts
