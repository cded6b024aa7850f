"""What changed about a policy beside its text: title, readers, owner."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from policy_pages.enums import Audience, DocumentType

#: Keys of the control facts that are compared, in the order of reading.
PEOPLE = ("owner", "owner_role", "owner_deputy", "sponsor")


class Fact(NamedTuple):
    """``was`` and ``now`` are plain words. Whole sentences have no label."""

    label: str
    was: str
    now: str


def differing(old: dict, new: dict, was_control=None, control=None) -> tuple[Fact, ...]:
    """Named groups of readers are not told: who belongs to one need not know of another (A9)."""
    found = [
        Fact(_("Title"), old["title"], new["title"]),
        Fact(_("Reference"), old["reference"], new["reference"]),
        Fact(
            _("Type"), _label(DocumentType, old["document_type"]), _label(DocumentType, new["document_type"])
        ),
        Fact(_("Who may read it"), _label(Audience, old["audience"]), _label(Audience, new["audience"])),
    ]
    if was_control is not None and control is not None:
        missing = _("not stated")
        found += [
            Fact(label, was_control.get(key, missing), control.get(key, missing))
            for key, label in zip(PEOPLE, _people(), strict=True)
        ]
    return tuple([fact for fact in found if fact.was != fact.now] + _groups(old, new))


def _people() -> list[str]:
    return [_("Owner"), _("Owner's job role"), _("Owner's deputy"), _("Sponsor")]


def _label(choices, value: str) -> str:
    return str(choices(value).label) if value in choices.values else value


def _groups(old, new) -> list[Fact]:
    names = {
        "audience_groups": _("Named staff groups that may read it"),
        "essential_for": _("Essential reading for"),
    }
    others = _("other staff groups than before")
    # Texts frozen before reading rules carried "essential_for"; later ones do not.
    return [
        Fact(label, _some(old[key]), others if old[key] and new[key] else _some(new[key]))
        for key, label in names.items()
        if key in old and key in new and old[key] != new[key]
    ]


def _some(groups: list[int]) -> str:
    return _("named staff groups") if groups else _("no group named")
