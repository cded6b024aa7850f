"""The catalogue as one reader sees it: filters of the address, cards, and what is not on offer at all."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from course_catalogue import clearances, visible
from course_catalogue.catalogue import dates, looks, price
from course_catalogue.catalogue.lengths import length
from course_catalogue.enums import Delivery
from course_catalogue.models import AudienceGroup, CoursePage, Level, OpportunityKind, Subject
from course_catalogue.visible import Learner
from kernel.content.filters import Filter, read
from kernel.lifecycle.review import add_months

MONTHS_AHEAD = 12
SHOWN = ("kind", "level__framework", "agency")


@dataclass(frozen=True)
class Card:
    """One course of the list. ``closed``: why nobody can book it now, in words; ``next``: its next open date;
    ``price``: what a place there costs the agency of the reader.
    """

    course: CoursePage
    closed: str
    standing: tuple[str, date | None] | None
    coming: tuple[dates.Coming, ...]
    note: str = ""
    price: str = ""

    @property
    def length(self) -> str:
        return length(self.course.minutes)

    @property
    def more(self) -> int:
        return len(self.coming) - 1

    @property
    def next(self) -> dates.Coming | None:
        return self.coming[0] if self.coming else None


def filters(request, today: date, *, officer: bool) -> list[Filter]:
    """What the list can be narrowed to; four queries. ``officer``: also by what needs a look."""
    words = [(row.key, row.name) for row in Subject.objects.filter(active=True)]
    kinds = [(row.key, row.name) for row in OpportunityKind.objects.filter(active=True)]
    groups = [(row.key, _group(row)) for row in AudienceGroup.objects.filter(active=True)]
    numbers = sorted(set(Level.objects.order_by().values_list("number", flat=True)))
    levels = [(number, _("Level %(number)s") % {"number": number}) for number in numbers]
    found = [
        read(request, "subject", _("Subject"), words),
        read(request, "level", _("Level"), levels),
        read(request, "audience", _("For"), groups),
        read(request, "kind", _("Kind"), kinds),
        read(request, "delivery", _("Delivery"), Delivery.choices),
        read(request, "month", _("Month"), _months(today)),
        read(request, "places", _("Places"), [("yes", _("with places left"))]),
        read(request, "shared", _("Partner agencies"), [("yes", _("open to partners"))]),
    ]
    return [*found, read(request, "look", _("Needs a look"), looks.LOOKS.items())] if officer else found


def _group(row) -> str:
    return f"{row.name}: {row.words}" if row.words and not row.tag else row.name


def _months(today) -> list[tuple[str, str]]:
    days = [add_months(today.replace(day=1), number) for number in range(MONTHS_AHEAD)]
    return [(f"{day:%Y-%m}", date_format(day, "F Y")) for day in days]


def courses(chosen: list[Filter], learner: Learner, *, now: datetime, age: int) -> QuerySet[CoursePage]:
    """The live courses that this reader may know of and that have all that was chosen, by title."""
    asked = {one.name: one.value for one in chosen if one.value}
    rows = visible.courses(learner).select_related(*SHOWN).order_by("title", "pk")
    for name in asked.keys() & NARROW.keys():
        rows = rows.filter(NARROW[name](asked[name]))
    if "month" in asked:
        rows = rows.filter(_in_month(asked["month"], learner))
    if "places" in asked:
        rows = rows.filter(pk__in=dates.with_places(rows, learner, now))
    if "look" in asked:
        rows = looks.narrowed(rows, asked["look"], timezone.localdate(now), age)
    return rows.distinct()


def _of_level(value) -> Q:
    """Of that level by its own number or, where it has none, by its kind's (S2-13)."""
    number = int(value)
    own = Q(level__number=number)
    return own | Q(level=None, kind__first_level__lte=number, kind__last_level__gte=number)


NARROW = {
    "subject": lambda value: Q(subjects__key=value),
    "level": _of_level,
    "audience": lambda value: Q(audiences__key=value),
    "kind": lambda value: Q(kind__key=value),
    "delivery": lambda value: Q(delivery=value),
    "shared": lambda value: Q(open_to_partners=True),
}


def _in_month(value: str, learner) -> Exists:
    first = date.fromisoformat(f"{value}-01")
    until = add_months(first, 1)
    begin, end = (timezone.make_aware(datetime(day.year, day.month, 1)) for day in (first, until))
    rows = visible.sessions(learner).filter(course=OuterRef("pk"), first_at__gte=begin, first_at__lt=end)
    return Exists(rows.exclude(state="cancelled"))


def cards(rows: list[CoursePage], learner: Learner, *, now: datetime, notes=None) -> list[Card]:
    """The courses with what is known of each; the number of queries does not grow with them."""
    keys, today = [row.pk for row in rows], timezone.localdate(now)
    closed = clearances.closed(keys, today)
    standing = clearances.standing(keys, today)
    coming = dates.coming(keys, learner, now)
    prices = price.of_next(coming, learner, now)
    return [
        Card(
            row,
            closed.get(row.pk, ""),
            standing.get(row.pk),
            tuple(coming.get(row.pk, ())),
            (notes or {}).get(row.pk, ""),
            prices.get(row.pk, ""),
        )
        for row in rows
    ]


def without_offer(today: date) -> tuple[list[str], list[str]]:
    """Kinds and levels for which no course is offered on that day, by name (S2-12, S2-13); two queries."""
    live = CoursePage.objects.live().exclude(pk__in=clearances.off_the_offer(today))
    kinds = OpportunityKind.objects.filter(active=True).exclude(pk__in=live.exclude(kind=None).values("kind"))
    own = live.exclude(level=None).values("level__number")
    levels = Level.objects.exclude(number__in=own).order_by("number").values_list("number", flat=True)
    numbers = dict.fromkeys(levels)
    return [row.name for row in kinds], [_("Level %(number)s") % {"number": number} for number in numbers]
