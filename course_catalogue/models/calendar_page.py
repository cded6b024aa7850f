from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page


class TrainingCalendarPage(RoutablePageMixin, Page):
    """The calendar of the programme year as month, list and agenda, each with an address of its own (S4-11)."""

    parent_page_types = ["portal.HomePage"]
    subpage_types: list[str] = []
    max_count = 1

    class Meta:
        verbose_name = _("training calendar")

    @path("")
    def month(self, request):
        return self._shown(request, "month")

    @path("list/")
    def rows(self, request):
        return self._shown(request, "list")

    @path("agenda/")
    def agenda(self, request):
        return self._shown(request, "agenda")

    def _shown(self, request, look: str):
        from course_catalogue.views import training_calendar  # noqa: PLC0415  it reads models, loaded by now

        return training_calendar.show(request, self, look, now=timezone.now())
