"""What fills "[board name]" or "[insert board name]" in a text written for anybody (S1-02, S1-18)."""

from kernel.organisation.models import SiteLabels

# The words in square brackets, small and without "insert" -> the label that fills them.
FIELDS = {
    "board name": "board_name",
    "organisation name": "organisation_name",
    "organisation short name": "organisation_short_name",
    "learning department": "learning_department_name",
    "learning department name": "learning_department_name",
    "learning and development department name": "learning_department_name",
    "policy team": "policy_team_name",
    "help phone": "help_phone",
    "help hours": "help_hours",
    "urgent phone": "urgent_phone",
}


def placeholder_values(site) -> dict[str, str]:
    """Words of a mark -> what fills it, for those labels that are filled; the rest stay open."""
    labels = SiteLabels.for_site(site)
    values = {words: getattr(labels, field) for words, field in FIELDS.items()}
    return {words: value for words, value in values.items() if value}
