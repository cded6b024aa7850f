"""The page of the training calendar, open to visitors as far as the offer is shared."""

from datetime import date

from wagtail.models import Site

from course_catalogue.models import TrainingCalendarPage, TrainingSettings
from portal.models import HomePage


def build(today: date) -> bool:
    if TrainingCalendarPage.objects.exists():
        return False
    home = HomePage.objects.get()
    home.add_child(instance=TrainingCalendarPage(title="Training calendar", slug="training-calendar"))
    site = Site.objects.get(is_default_site=True)
    TrainingSettings.objects.update_or_create(site=site, defaults={"open_to_visitors": True})
    return True
