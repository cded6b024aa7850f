"""The filters of the list of charges, read from an address; what does not fit asks for everything."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from course_catalogue.charging.kinds import EntryKind
from course_catalogue.charging.reports import Asked
from kernel.organisation.models import Agency

MONTHS = 18


@dataclass(frozen=True)
class Filter:
    """One select: ``value`` is what is chosen, "" for all."""

    name: str
    label: str
    options: list[tuple[str, str]]
    value: str


class Chosen:
    """What an address asks for: ``asked`` for the list, ``filters`` to draw, ``in_force`` to take away again."""

    def __init__(self, query, today: date):
        self.query = query
        agencies = [(str(pk), name) for pk, name in Agency.objects.order_by("name").values_list("pk", "name")]
        billed = [("no", _("Not invoiced yet")), ("yes", _("Invoiced"))]
        kinds = [(str(kind), str(kind.label)) for kind in EntryKind]
        months = [(f"{day:%Y-%m}", date_format(day, "F Y")) for day in _months(today)]
        self.filters = [
            self._one("agency", _("Agency"), agencies),
            self._one("kind", _("Kind"), kinds),
            self._one("billed", _("Invoice"), billed),
            self._one("month", _("Month"), months),
        ]

    def _one(self, name, label, options) -> Filter:
        given = self.query.get(name, "")
        return Filter(name, label, options, given if given in dict(options) else "")

    @property
    def asked(self) -> Asked:
        values = {one.name: one.value for one in self.filters}
        first, last = _span(values["month"])
        agency = int(values["agency"]) if values["agency"] else None
        return Asked(agency, values["kind"], first, last, values["billed"])

    @property
    def in_force(self) -> list[tuple[str, str]]:
        """The words of each chosen filter, and the address without it."""
        return [(dict(one.options)[one.value], self._without(one.name)) for one in self.filters if one.value]

    def _without(self, name) -> str:
        query = self.query.copy()
        for gone in (name, "page", "export"):
            query.pop(gone, None)
        return f"?{query.urlencode()}"


def _months(today: date) -> list[date]:
    """The first days of this month and those before it, newest first."""
    number = today.year * 12 + today.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(number, number - MONTHS, -1)]


def _span(month: str) -> tuple[date | None, date | None]:
    if not month:
        return None, None
    year, number = (int(part) for part in month.split("-"))
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])
