"""What fills "[board name]" in a text written for anybody."""

from kernel.organisation.models import SiteLabels

# The word in square brackets, lower case -> the label that fills it.
FIELDS = {
    "board name": "board_name",
    "organisation name": "organisation_name",
    "organisation short name": "organisation_short_name",
    "learning department": "learning_department_name",
    "policy team": "policy_team_name",
    "help phone": "help_phone",
    "help hours": "help_hours",
    "urgent phone": "urgent_phone",
}


def placeholder_values(site) -> dict[str, str]:
    """Placeholder with its brackets -> words, for those labels that are filled; the rest stay open."""
    labels = SiteLabels.for_site(site)
    values = {f"[{word}]": getattr(labels, field) for word, field in FIELDS.items()}
    return {placeholder: words for placeholder, words in values.items() if words}
