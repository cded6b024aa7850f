"""Rows of the board's pages, each for what one person may know of: in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F
from django.utils.translation import gettext as _

from kernel.organisation.asking import yes
from kernel.organisation.models import Body, BodyMeeting
from policy_pages import register
from policy_pages.board import history, schedule, spreading
from policy_pages.board.forecast import Due, Month, Move, Sitting, months_of, plan, spread
from policy_pages.models import (
    BodyReview,
    DueMove,
    EffectivenessAudit,
    Extension,
    PolicyVersion,
    Review,
)
from policy_pages.questions import Asking
from policy_pages.reviews import orphans, rules


@dataclass(frozen=True)
class Policy:
    """What a list shows of a policy: as the register has it. ``alone``: nobody ratified what its chair issued."""

    pk: int
    title: str
    reference: str
    in_force: bool
    body_id: int | None
    alone: bool


def policies(who: Asking, today) -> dict[int, Policy]:
    """Every policy that ``who`` may know of."""
    rows = register.known(who, today).annotate(gone=Exists(register.withdrawn(today)))
    rows = rows.annotate(alone=yes(register.alone()))
    names = ("pk", "shown_title", "shown_reference", "now_pk", "gone", "ratifying_body_id", "alone")
    return {
        pk: Policy(pk, title, reference, now is not None and not gone, body, alone)
        for pk, title, reference, now, gone, body, alone in rows.values_list(*names)
    }


def lives(known) -> list[history.Life]:
    """The versions and reviews of the policies with these numbers, as they were over time."""
    versions: dict[int, list] = {}
    for pk, *days in _versions():
        if pk in known:
            versions.setdefault(pk, []).append(history.Version(*days))
    rounds = _rounds()
    return [history.Life(tuple(rows), tuple(rounds.get(pk, ()))) for pk, rows in versions.items()]


def _versions():
    rows = PolicyVersion.objects.order_by("policy_id", "major", "minor")
    return rows.values_list("policy_id", "in_force_from", "review_due", "retirement__withdrawn_from")


def _rounds() -> dict[int, list[history.Round]]:
    moves: dict[int, list] = {}
    recorded = DueMove.objects.filter(review__main=True).order_by("pk")
    for pk, recorded_on, to_due in recorded.values_list("review_id", "recorded_on", "to_due"):
        moves.setdefault(pk, []).append((recorded_on, to_due))
    rounds: dict[int, list] = {}
    rows = Review.objects.main().order_by("policy_id", "number")
    for pk, policy, *days in rows.values_list("pk", "policy_id", "opened_on", "closed_on", "first_due"):
        rounds.setdefault(policy, []).append(history.Round(*days, moves=tuple(moves.get(pk, ()))))
    return rounds


def sittings(today) -> list[Sitting]:
    """Every body with its meetings in the months of the forecast."""
    first = months_of(today)[0]
    meets: dict[int, list[date]] = {}
    days = BodyMeeting.objects.filter(meets_on__gte=first).order_by("meets_on")
    for pk, day in days.values_list("body_id", "meets_on"):
        meets.setdefault(pk, []).append(day)
    rows = Body.objects.order_by("name").values_list("pk", "name", "reviews_a_meeting")
    return [Sitting(pk, name, takes, tuple(meets.get(pk, ()))) for pk, name, takes in rows]


def dues(known: dict[int, Policy]) -> list[Due]:
    """The open reviews of texts in force, each before the body that ratifies."""
    rows = Review.objects.open().main().values_list("policy_id", "due")
    found = ((known[pk], day) for pk, day in rows if pk in known and known[pk].in_force)
    put = spreading.waiting()
    return [
        Due(one.pk, one.reference, one.title, one.body_id, day, rules.opens_on(day), put.get(one.pk))
        for one, day in found
        if one.body_id is not None
    ]


def audits(known) -> list[EffectivenessAudit]:
    """Open ones first, by day; then the done ones, the last first."""
    rows = EffectivenessAudit.objects.select_related("auditor", "reported_to")
    rows = rows.order_by(F("completed_on").desc(nulls_first=True), "planned_on", "pk")
    return [row for row in rows if row.policy_id in known]


def extensions(known) -> list[Extension]:
    """Every extension of a review of a text, the last first."""
    rows = Extension.objects.with_runs().filter(review__main=True).select_related("review").order_by("-pk")
    return [row for row in rows if row.review.policy_id in known]


def body_reviews(known) -> list[BodyReview]:
    """By body, what it looks at again first; a body without a further day last."""
    rows = BodyReview.objects.newest().select_related("body")
    rows = rows.order_by("body__name", F("next_on").asc(nulls_last=True), "pk")
    return [row for row in rows if row.policy_id in known]


def plans(known: dict[int, Policy], today) -> list[tuple[Sitting, list[Month]]]:
    """24 months of each body that has a review before it."""
    found = dues(known)
    busy = {one.body_id for one in found}
    return [(body, plan(body, found, today)) for body in sittings(today) if body.pk in busy]


def spreads(plans, today) -> list[tuple[Sitting, list[Move]]]:
    """Per body what would have to be brought forward so that no month is too full."""
    return [(body, spread(body, months, today)) for body, months in plans]


def looks(known: dict[int, Policy], now: history.Count, today) -> list[tuple[str, int, str]]:
    """What needs a look: the words, how many policies in force, and the register's filter that lists them."""
    in_force = {pk for pk, one in known.items() if one.in_force}
    late_audits = EffectivenessAudit.objects.late(today)
    extended = Extension.objects.running().filter(review__main=True)
    return [
        (_("Overdue"), now.late, "standing=late"),
        (_("Without an owner"), len(in_force & _numbers(orphans.orphans(today))), "keeper=none"),
        (
            _("With a chair's action that nobody ratified"),
            sum(known[pk].alone for pk in in_force),
            "look=chair",
        ),
        (
            _("With more time for the review"),
            len(in_force & _numbers(extended, "review__policy")),
            "look=extended",
        ),
        (_("With a late audit"), len(in_force & _numbers(late_audits, "policy")), "look=audit-late"),
        (_("With a late report"), len(in_force & schedule.late_policies(today)), "look=report-late"),
    ]


def _numbers(rows, name: str = "pk") -> set[int]:
    return set(rows.values_list(name, flat=True))
