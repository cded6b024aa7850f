"""Filters of the calendar: each a parameter of the address. One query: the words to choose from are kept."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from course_catalogue import visible
from course_catalogue.enums import Delivery
from course_catalogue.models import AudienceGroup, Level, SessionDay, Venue
from course_catalogue.training_calendar.months import Month, of_programme
from kernel.content.filters import Filter, in_force, read
from kernel.content.kept import kept

MONTH, COURSE, AUDIENCE, LEVEL, DELIVERY, VENUE, LEFT = (
    "month",
    "course",
    "audience",
    "level",
    "delivery",
    "venue",
    "left",
)
PLACES = {
    COURSE: "session__course",
    AUDIENCE: "session__course__audiences__key",
    LEVEL: "session__course__level",
    DELIVERY: "session__course__delivery",
    VENUE: "room__venue",
}


@dataclass(frozen=True)
class Chosen:
    """The month and what narrows it. ``removable``: each filter in words, with the address without it."""

    month: Month
    filters: tuple[Filter, ...]
    removable: tuple[tuple[str, str], ...]

    def value(self, name: str) -> str:
        return next(one.value for one in self.filters if one.name == name)

    @property
    def with_places(self) -> bool:
        return bool(self.value(LEFT))

    def narrow(self, days: QuerySet[SessionDay]) -> QuerySet[SessionDay]:
        """By all filters but that of places, which are counted afterwards."""
        wanted = {path: self.value(name) for name, path in PLACES.items() if self.value(name)}
        return days.filter(**wanted)


def chosen(request, learner: visible.Learner, month: Month) -> Chosen:
    groups, levels, venues = kept(("training.choices", get_language()), _vocabulary)
    narrowing = (
        read(
            request,
            COURSE,
            _("Course"),
            visible.courses(learner).order_by("title").values_list("pk", "title"),
        ),
        read(request, AUDIENCE, _("Whom it is for"), groups),
        read(request, LEVEL, _("Level"), levels),
        read(request, DELIVERY, _("How it is taught"), Delivery.choices),
        read(request, VENUE, _("Venue"), venues),
        read(request, LEFT, _("Places"), [("yes", _("with places left"))]),
    )
    months = tuple((one.key, one.name) for one in of_programme(month.first_year))
    return Chosen(
        month,
        (Filter(MONTH, _("Month"), months, month.key), *narrowing),
        tuple(in_force(request, narrowing)),
    )


def _vocabulary() -> tuple[list, list, list]:
    """Groups, levels and venues to choose from: the same for everybody; three queries."""
    levels = [(row.pk, str(row)) for row in Level.objects.select_related("framework")]
    return _active(AudienceGroup, "key"), levels, _active(Venue, "pk")


def _active(model, key: str) -> list[tuple]:
    return list(model.objects.filter(active=True).values_list(key, "name"))
