"""Which class an agency pays in (S4-14): a dated row that a person wrote, else what follows from the agency itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.utils.translation import gettext as _

from course_catalogue.models import AgencyClass, PayerClass
from kernel.organisation.models import Agency, AgencyKind, Sector, StaffProfile, TurnoverBand

PARTNER, SMALL, PRIVATE, OUTSIDE, LARGE = (
    "contributing-partner",
    "small-charity",
    "private-sector",
    "non-contributing",
    "large-charity",
)


@dataclass(frozen=True)
class Payer:
    """An agency's class on one day, and why. ``payer_class`` None: no class of that kind is kept."""

    agency: Agency
    payer_class: PayerClass | None
    why: str
    row: AgencyClass | None = None

    @property
    def pays(self) -> bool:
        return self.payer_class is not None and self.payer_class.pays


def derived(agency: Agency) -> str:
    """The key of the class that follows from the agency: a contribution counts first, then sector and turnover."""
    if agency.kind == AgencyKind.HOST or agency.contributes_to_board:
        return PARTNER
    if agency.sector == Sector.PRIVATE:
        return PRIVATE
    if agency.sector == Sector.VOLUNTARY and agency.turnover_band != TurnoverBand.UNKNOWN:
        return LARGE if agency.turnover_band == TurnoverBand.LARGE else SMALL
    return OUTSIDE


def agencies_of(people: Iterable[StaffProfile]) -> list[Agency]:
    """The agencies of people who have theirs at hand, each once, by name."""
    return sorted({person.agency for person in people}, key=attrgetter("name"))


def payer_of(agency: Agency, on: date) -> Payer:
    return payers([agency], on)[agency.pk]


def payers(agencies: Iterable[Agency], on: date) -> dict[int, Payer]:
    """The class of each agency on that day by its id; two queries."""
    agencies = list(agencies)
    said = AgencyClass.objects.filter(agency__in=[agency.pk for agency in agencies]).order_by()
    rows = {row.agency_id: row for row in said if row.covers(on)}
    classes = list(PayerClass.objects.order_by())
    for row in rows.values():
        row.payer_class = next(known for known in classes if known.pk == row.payer_class_id)
    by_slug = {known.slug: known for known in classes}
    return {agency.pk: _payer(agency, rows.get(agency.pk), by_slug) for agency in agencies}


def _payer(agency, row, known) -> Payer:
    if row is not None:
        return Payer(agency, row.payer_class, row.reason, row)
    slug = derived(agency)
    return Payer(agency, known.get(slug), _reason(agency, slug))


def _reason(agency, slug) -> str:
    if slug == PARTNER and agency.kind == AgencyKind.HOST:
        return _("runs this site")
    if slug == PARTNER:
        return _("contributes to the board")
    if slug == PRIVATE:
        return _("sector: private")
    if slug in (LARGE, SMALL):
        return _("sector: voluntary; turnover: %(band)s") % {"band": agency.get_turnover_band_display()}
    return _("does not contribute to the board")
