"""What a draft must say before anybody can approve it."""

from datetime import date

from django.utils.translation import gettext as _


def problems(content: dict, today: date) -> list[str]:
    """Sentences, each one thing to add; empty when the draft is complete. ``content`` is that of a revision."""
    wanted = (
        ("aim", _("Say in a sentence what the course is for.")),
        ("outcomes", _("List at least one outcome.")),
        ("methods", _("Say how it is taught.")),
        ("kind", _("Choose its kind.")),
        ("subjects", _("Choose at least one subject.")),
        ("rationale", _("Say why it is worth the time and cost.")),
        ("subject_expert", _("Name the sponsoring subject expert.")),
    )
    found = [words for name, words in wanted if not content.get(name)]
    due = _day(content.get("review_due"))
    if due is None or due <= today:
        found.append(_("Give the day of its review, later than today."))
    return found + _times(content)


def _day(value) -> date | None:
    """As JSON has it, or as it still is in a revision that was saved a moment ago."""
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None


def _times(content) -> list[str]:
    used = sum(row["minutes"] for row in content.get("methods", ()))
    if used and used != content["minutes"]:
        words = _("The methods take %(used)d minutes and the course %(minutes)d: make them the same.")
        return [words % {"used": used, "minutes": content["minutes"]}]
    return []
