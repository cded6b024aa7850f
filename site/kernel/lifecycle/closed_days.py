from datetime import date

from kernel.lifecycle.enums import Nation
from kernel.lifecycle.models import ClosedDay


def closed_between(first: date, last: date, nation: Nation) -> frozenset[date]:
    """The local closures from ``first`` to ``last``, both included, that hold in ``nation``."""
    here = ClosedDay.objects.filter(nation__in=(nation, ""), day__range=(first, last))
    return frozenset(here.order_by().values_list("day", flat=True))
