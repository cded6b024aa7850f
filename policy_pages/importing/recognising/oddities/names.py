"""Sentences with an open mark, and those that call the document by the name of another one (S1-03)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from policy_pages import placeholders
from policy_pages.importing.recognised import Recognised
from policy_pages.importing.recognising.oddities.passages import passages, sentence_around
from policy_pages.importing.source import Oddity

KINDS = r"(?:policy|procedure|guideline|protocol|strategy|plan)"
#: Ways in which a document speaks of itself.
ITSELF = re.compile(
    r"\b(?:full(?: version)?(?: of)?|complete version of|overview of|summary of|version of|this|purpose of|aim of|"
    rf"scope of|copy of|in line with this)\s+(?:the\s+|this\s+|our\s+)?(?P<name>(?:[\w’'&-]+\s+){{1,6}}?){KINDS}\b",
    re.IGNORECASE,
)
SMALL = frozenset(
    "the this our a an of and for to in on full version trust board whole new current draft revised updated nhs "
    "is are was be as with by from at or that which local national organisational organisation’s trust’s above".split()
)


def oddities(recognised: Recognised) -> list[Oddity]:
    return [*_marks(recognised), *_other_names(recognised)]


def _marks(recognised: Recognised) -> Iterator[Oddity]:
    for place, text in passages(recognised):
        done = 0
        for mark in placeholders.marks_in(text):
            done = max(done, text.find(f"[{mark}]", done))
            words = {"mark": " ".join(mark.split()), "sentence": sentence_around(text, done)}
            message = _("The placeholder [%(mark)s] is open: “%(sentence)s”") % words
            yield Oddity("placeholder", place, message)
            done += 1


def _other_names(recognised: Recognised) -> Iterator[Oddity]:
    own = _words(
        " ".join([recognised.title, *(f.value for f in recognised.facts if "title" in f.label.lower())])
    )
    if not own:
        return
    for place, text in passages(recognised):
        for found in ITSELF.finditer(text):
            named = _words(found["name"])
            if named and not named & own:
                words = {
                    "name": " ".join(found["name"].split()),
                    "sentence": sentence_around(text, found.start()),
                }
                message = (
                    _("This calls the document “%(name)s”, which is not its title: “%(sentence)s”") % words
                )
                yield Oddity("other_policy_named", place, message)


def _words(text: str) -> set[str]:
    return {
        word for word in re.findall(r"[\w’'-]+", text.lower()) if word not in SMALL and not word.isdigit()
    }
