from kernel.lifecycle.models import ClosedDay
from kernel.organisation.admin_views import SetUp


class ClosedDays(SetUp):
    """Days on which work rests beside weekends and bank holidays; a wrong one is corrected, not deleted."""

    model = ClosedDay
    name = "lifecycle_closed_day"
    url_prefix = "organisation/closed-days"
    icon = "calendar"
    add_to_settings_menu = True
    list_display = ["day", "nation", "reason"]
    form_fields = ["day", "nation", "reason"]
