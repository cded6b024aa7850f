"""What is due on a day, and who works on it: expressions over a version or a policy, for the queries that list them.

What is due now is the open review of the text, never ``PolicyVersion.review_due``, which is the fact of its issue.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from kernel.lifecycle.models import Authorship
from policy_pages.models.review import DueMove, Review
from policy_pages.outcomes import told


@dataclass(frozen=True)
class Clock:
    """``writer`` is whoever began to write after the version was issued; empty when nobody did.

    The rest is what ``outcomes.told`` tells beside it.
    """

    due: date | None = None
    writer: str = ""
    moved: told.Moved | None = None
    reviewed_on: date | None = None
    chair: told.Chair | None = None


#: What a version is asked for with, for its standing line: names of ``facts``, and of the fields that hold them.
NAMES = ("clock_due", "clock_writer", "clock_moved", "clock_reviewed_on", "clock_chair")


def facts(today: date) -> dict:
    """Expressions over a version by the NAMES, as things stand now."""
    found = due_now(), writer(), told.moved(), told.reviewed_on(), told.chair(today)
    return dict(zip(NAMES, found, strict=True))


def due_now(policy="policy") -> Subquery:
    """The due day of the open review of the text; nothing where none is open."""
    return Subquery(Review.objects.open().main().filter(policy=OuterRef(policy)).values("due")[:1])


def due_on(day: date, policy="policy") -> Subquery:
    """The due day that held at the end of ``day``: before a later move by a body, the day that it moved."""
    later = DueMove.objects.filter(review=OuterRef("pk"), recorded_on__gt=day).order_by("pk")
    still_open = Q(closed_on__isnull=True) | Q(closed_on__gt=day)
    rows = Review.objects.main().filter(still_open, policy=OuterRef(policy), opened_on__lte=day)
    held = Coalesce(Subquery(later.values("from_due")[:1]), F("due"))
    return Subquery(rows.order_by("-number").annotate(held=held).values("held")[:1])


def writer(policy="policy") -> Subquery:
    """Who last began to write after the version was issued, over a version."""
    wrote = Authorship.objects.filter(page_id_copy=OuterRef(policy), since__gt=OuterRef("issued_at"))
    return Subquery(wrote.order_by("-pk").values("name")[:1])


def beside(rows, day: date):
    """Versions with the clock of their policy as it stood at the end of ``day``."""
    return rows.annotate(**facts(day) | {"clock_due": due_on(day)})


def of(row) -> Clock:
    """The clock of a row that was asked for with it."""
    return Clock(
        row.clock_due,
        row.clock_writer or "",
        told.read(told.Moved, row.clock_moved),
        row.clock_reviewed_on,
        told.read(told.Chair, row.clock_chair),
    )
