"""Whom a review waits for on their desk: owner and deputy from the window on, the sponsor when it is late."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.content.desk import DeskRow
from kernel.lifecycle import review as clock
from kernel.organisation.models.staff import is_here
from policy_pages.models.review import Review
from policy_pages.outcomes import told
from policy_pages.reviews.rules import WINDOW_MONTHS

ASKED = "policies.review_asked"


def is_asked(today: date):
    """The fact behind the rows, over the login: keeps a review, or is above one that is late.

    When its window opens is no part of it: a fact compares with the very day that it is asked for (``Prepared``).
    """
    return Exists(_concerning(OuterRef("pk"), today))


def desk(user, today: date, _request=None) -> list[DeskRow]:
    rows = _concerning(user.pk, today).filter(due__lte=clock.soon_until(today, WINDOW_MONTHS))
    rows = rows.select_related("cycle", "policy").order_by("due", "pk").annotate(proposed=told.is_proposed())
    rows = rows.only("due", "cycle__name", "cycle__main", "policy__draft_title", "policy__title")
    return [_row(row, today) for row in rows]


def _concerning(login, today: date):
    named = _is(login, "policy_owner", today) | _is(login, "owner_deputy", today)
    return Review.objects.open().filter(named | Q(due__lt=today) & _is(login, "sponsor", today))


def _is(login, name: str, today: date) -> Q:
    return Q(**{f"policy__{name}__user": login}) & is_here(today, f"policy__{name}__")


def _row(row, today: date) -> DeskRow:
    late, waits = row.due < today, row.proposed and row.cycle.main
    return DeskRow(
        verb="answer",
        title=row.policy.title + ("" if row.cycle.main else f": {row.cycle.name}"),
        why=_why(late, waits),
        by=row.due,
        url=reverse("policy_review", args=[row.policy_id]),
        button=_("See what is proposed") if waits else _("Say what you found"),
        overdue=late and not waits,
        later=waits,
    )


def _why(late: bool, waits: bool) -> str:
    if waits:
        return _("What it ends in is proposed and waits for a body.")
    return _("Its review is overdue; the text stays in force.") if late else _("What did your review find?")
