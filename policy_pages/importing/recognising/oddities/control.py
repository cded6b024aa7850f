"""Document control that is not there, blank, or says two things."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policy_pages.importing.recognised import Recognised
from policy_pages.importing.source import Oddity

#: What every policy should say, and words by which its labels are known.
NEEDED = (
    (gettext_lazy("version"), ("version",)),
    (gettext_lazy("owner or author"), ("owner", "author", "originator", "lead")),
    (gettext_lazy("ratified by"), ("ratif", "approv")),
    (gettext_lazy("review date"), ("review", "expiry")),
)


def oddities(recognised: Recognised) -> list[Oddity]:
    blank = [fact for fact in recognised.facts if not fact.value]
    found = [Oddity("control_blank", fact.place, _("%s: not stated.") % fact.label) for fact in blank]
    return [*_missing(recognised), *found, *_conflicts(recognised)]


def _missing(recognised: Recognised) -> list[Oddity]:
    labels = " ".join(fact.label.lower() for fact in recognised.facts)
    names = [str(name) for name, words in NEEDED if not any(word in labels for word in words)]
    if not recognised.title:
        names.insert(0, _("title"))
    if not names:
        return []
    message = _("The document does not state: %s.") % ", ".join(names)
    return [Oddity("control_not_found", _("document control"), message)]


def _conflicts(recognised: Recognised) -> list[Oddity]:
    found, first = [], {}
    for fact in recognised.facts:
        key = fact.label.lower()
        if first.setdefault(key, fact.value) != fact.value:
            words = {"label": fact.label, "first": first[key], "second": fact.value}
            message = _("%(label)s is stated twice: “%(first)s” and “%(second)s”.") % words
            found.append(Oddity("control_conflict", fact.place, message))
    return found
