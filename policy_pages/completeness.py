"""What must stand in a draft before it can be submitted, each missing thing as a sentence that names it."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policy_pages import freezing, placeholders
from policy_pages.converters import REFERENCE
from policy_pages.dead_links import dead_links, links_to_withdrawn
from policy_pages.enums import Audience
from policy_pages.models.version import PolicyVersion
from policy_pages.screening import gates

LONGEST_TITLE = 255

NEEDED = (
    ("reference", gettext_lazy("Enter the reference.")),
    ("policy_owner", gettext_lazy("Choose the owner.")),
    ("approving_body", gettext_lazy("Choose the body that approves it.")),
    ("ratifying_body", gettext_lazy("Choose the body that ratifies it.")),
)


def problems(page) -> list[str]:
    found = [str(words) for name, words in NEEDED if not getattr(page, name)]
    if page.audience == Audience.GROUPS and not page.audience_groups.all():
        found.append(_("Choose the staff groups that may read it."))
    if page.reference and not re.fullmatch(REFERENCE, page.reference):
        found.append(
            _(
                "The reference %(reference)s cannot stand in an address. "
                "Use letters A to Z, digits, dots and hyphens alone."
            )
            % {"reference": page.reference}
        )
    if page.reference and _is_taken(page):
        found.append(
            _("The reference %(reference)s belongs to another policy.") % {"reference": page.reference}
        )
    content = freezing.freeze(page).content
    if len(content["title"]) > LONGEST_TITLE:
        found.append(_("With its placeholders filled, the title is too long."))
    if not any(block["type"] == "clause" for block in content["blocks"]):
        found.append(_("Write at least one clause."))
    found += [*_open(content), *_dead(content), *_empty(content)]
    return found + gates.problems(page, content)


def _is_taken(page) -> bool:
    """A reference is kept for ever: also by a policy that has another one by now."""
    live = type(page).objects.filter(reference=page.reference).exclude(pk=page.pk)
    issued = PolicyVersion.objects.filter(reference=page.reference).exclude(policy_id=page.pk)
    return live.exists() or issued.exists()


def _open(content):
    marks = placeholders.open_marks(content)
    whole = placeholders.in_one_piece(content) if marks else ()
    for place, mark in marks:
        words = _("%(place)s: the placeholder [%(mark)s] is still open.") % {"place": place, "mark": mark}
        if placeholders.key_of(mark) not in whole:
            words += " " + placeholders.advice(mark)
        yield words


def _dead(content):
    for place, words in dead_links(content):
        yield _("%(place)s: the link “%(words)s” leads nowhere.") % {"place": place, "words": words}
    for place, words, reference in links_to_withdrawn(content):
        yield _("%(place)s: the link “%(words)s” leads to %(reference)s, which is withdrawn.") % {
            "place": place,
            "words": words,
            "reference": reference,
        }


def _empty(content):
    for block in content["blocks"]:
        if block["type"] == "clause" and not block["text"]:
            yield _("%(number)s: the clause has no words.") % {"number": block["number"] or _("No number")}
        if block["type"] == "table" and not block["caption"]:
            yield _("A table has no caption.")
        if block["type"] in ("figure", "attachment") and block["file"] is None:
            yield _("A figure or attachment has no file.")
        if block["type"] == "named" and not block["title"]:
            yield _("A course or form that the text names is not chosen or not there any more.")
        if block["type"] == "figure" and not block["alt"]:
            yield _("A figure does not say what it shows.")
