"""The register: every policy that one person may know of, with its version in force and, where they may, its draft.

What it lists is asked of the database each time; the SQL of a question is kept by its shape (``questions.Shape``).
"""

from dataclasses import replace
from functools import lru_cache

from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    Subquery,
    Value,
    Window,
)
from django.db.models.functions import Coalesce, Lower
from wagtail.permission_policies.pages import PagePermissionPolicy

from kernel.accounts.prepared import Prepared
from kernel.lifecycle import chair_actions, review
from kernel.lifecycle.enums import OPEN_ACTIONS, OPEN_STATES
from kernel.lifecycle.models import ChairAction, Submission
from kernel.organisation.asking import yes
from policy_pages import reading
from policy_pages.board import schedule
from policy_pages.models import EffectivenessAudit, Extension, PolicyPage, PolicyVersion, Retirement
from policy_pages.questions import EVERYTHING, REPORT_LATE, Asked, Asking, Days, Shape, days_of
from policy_pages.reviews import clock, orphans

CURRENT, SOON, LATE, UNDATED = "current", "soon", "late", "undated"
AWAITED, NEVER, WITHDRAWN = "awaited", "never", "withdrawn"
SORTS = {
    "title": Lower("shown_title"),
    "reference": Lower("shown_reference"),
    "version": F("now_major"),
    "type": F("document_type"),
    "topic": F("topic"),
    "owner": Lower("policy_owner__name"),
    "approved": Lower("approving_body__name"),
    "ratified": Lower("ratifying_body__name"),
    "since": F("now_in_force_from"),
    "due": F("now_due"),
}
NOW = ("now_pk", "now_major", "now_minor", "now_in_force_from", "now_audience")
COLUMNS = (
    "pk now_pk shown_title shown_reference document_type topic "
    "policy_owner_id policy_owner__name approving_body__name ratifying_body__name "
    "inside waits drafted later withdrawn latest_revision_id extended chair audited audit_planned "
    "now_major now_minor now_in_force_from now_due now_audience"
).split()
EXTENDED, CHAIR, AUDIT_LATE = "extended", "chair", "audit-late"
# As many rows as the register shows at a time: their SQL is made once.
AT_ONCE = 50


def listing(who: Asking, today, asked=EVERYTHING, *, first=0, most=None, more=()) -> tuple[list[dict], int]:
    """Rows as dicts, from ``first`` on and ``most`` of them, and how many there are in all.

    A row for each policy with a version in force for whoever asks, and for each draft that they see from inside.
    ``more`` names further columns. What is sorted is found first, so that the rest is asked of the shown rows alone.
    """
    days, shape = days_of(asked, today), Shape.of(who, asked)
    if shape is None or most != AT_ONCE or more:
        found = _found(who, asked, days)
        keys = list(found[first : first + most if most else None])
        rows = _rows(who, [pk for pk, _total in keys], days, more).values(*COLUMNS, *more)
    else:
        values = shape.values(who, asked, days)
        keys = _prepared(shape).part(first, most, *values)
        numbers = [pk for pk, _total in keys] + [0] * (AT_ONCE - len(keys))
        asked_rows = _prepared_rows(replace(shape, asked=EVERYTHING)).all(*values, *numbers)
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in asked_rows]
    by_key = {row["pk"]: row for row in rows}
    return [by_key[pk] for pk, _total in keys], keys[0][1] if keys else 0


@lru_cache(maxsize=256)
def _prepared(shape: Shape) -> Prepared:
    return Prepared(lambda *values: _found(*shape.filled(values)), *shape.KINDS, *[int] * shape.bodies)


@lru_cache(maxsize=64)
def _prepared_rows(shape: Shape) -> Prepared:
    def build(*values):
        who, _asked, days = shape.filled(values)
        return _rows(who, values[-AT_ONCE:], days).values_list(*COLUMNS)

    return Prepared(build, *shape.KINDS, *[int] * (shape.bodies + AT_ONCE))


def _found(who: Asking, asked: Asked, days: Days):
    """The numbers of the policies in their order, each beside how many there are."""
    found = _sorted(_narrowed(known(who, days.today), asked, days), asked)
    return found.annotate(total=Window(Count("*"))).values_list("pk", "total")


def known(who: Asking, today):
    """The policies of which somebody may know."""
    policies, inside = _with_version(today), _inside(who)
    if inside is None:
        return policies
    return policies.filter(inside | reading.audience_q(who.reader, "now_audience", "now_pk"))


def standing_of(row, today) -> str:
    if row["withdrawn"]:
        return WITHDRAWN
    if row["now_in_force_from"] is None:
        return AWAITED if row["later"] else NEVER
    if row["now_due"] is None:
        return UNDATED
    return _BY_REVIEW[review.standing(row["now_due"], today)]


_BY_REVIEW = {review.CURRENT: CURRENT, review.DUE_SOON: SOON, review.OVERDUE: LATE}


def _with_version(today):
    """Each policy once, beside ``now``: its highest number that has begun, if any has."""
    higher = PolicyVersion.objects.filter(policy=OuterRef("pk")).begun(today)
    same = Q(major=OuterRef("now_major"), minor__gt=OuterRef("now_minor"))
    begun = FilteredRelation("versions", condition=Q(versions__in_force_from__lte=today))
    policies = PolicyPage.objects.annotate(
        now=begun,
        now_due=clock.due_now("now__policy"),
        # As names of their own: asked for through the relation, each filter would join the versions once more.
        **{name: F(name.replace("now_", "now__")) for name in NOW},
        shown_title=Coalesce("now__title", "draft_title"),
        shown_reference=Coalesce("now__reference", "reference", Value("")),
    )
    return policies.filter(~Exists(higher.filter(Q(major__gt=OuterRef("now_major")) | same)))


def _inside(who: Asking) -> Q | None:
    """As ``permissions.can_see_draft`` has it, for all policies at once; None for whoever sees every draft."""
    if who.user.is_active and who.user.is_superuser:
        return None
    known = Q(pk__in=[])
    if who.empowered:
        writable = PagePermissionPolicy().instances_user_has_any_permission_for(who.user, {"change"})
        known = Q(pk__in=writable.values("pk"))
    if who.bodies:
        waits = Q(approving_body__in=who.bodies) | Q(ratifying_body__in=who.bodies)
        known |= Q(Exists(_open().filter(waits)))
    if who.person_id:
        known |= Q(policy_owner=who.person_id) | Q(owner_deputy=who.person_id)
    return known


def _issued():
    return PolicyVersion.objects.filter(policy=OuterRef("pk"))


def withdrawn(today):
    """Of the version that stands beside a policy: whether nobody follows it any more."""
    return Retirement.objects.filter(version=OuterRef("now_pk"), withdrawn_from__lte=today)


def _open():
    return Submission.objects.filter(page=OuterRef("pk"), state__in=OPEN_STATES)


def _extended():
    """The extension by which the day of the open review of the text holds."""
    return Extension.objects.running().filter(review__policy=OuterRef("pk"), review__main=True)


def alone() -> Q:
    """A chair issued it and nobody else ratified that: yet, or of the version that stands beside it."""
    waits = ChairAction.objects.filter(page=OuterRef("pk"), state__in=OPEN_ACTIONS)
    stands = PolicyVersion.objects.filter(chair_actions.flagged(), pk=OuterRef("now_pk"))
    return Q(Exists(waits)) | Q(Exists(stands))


def _audits():
    return EffectivenessAudit.objects.filter(policy=OuterRef("pk"))


def _rows(who: Asking, keys, days: Days, more=()):
    """What a row shows of page and version; of a draft only to those inside."""
    versions, inside, today = _issued(), _inside(who), days.today
    later = versions.filter(in_force_from__gt=today).order_by("-major", "-minor").values("in_force_from")
    policies = _with_version(today).filter(pk__in=keys).order_by()
    return policies.annotate(
        inside=Value(True) if inside is None else yes(inside),
        waits=Subquery(_open().values("state")[:1]),
        drafted=~Exists(versions.filter(revision=OuterRef("latest_revision"))),
        later=Subquery(later[:1]),
        withdrawn=Exists(withdrawn(today)),
        extended=Subquery(_extended().order_by("-number").values("number")[:1]),
        chair=yes(alone()),
        audited=Subquery(
            _audits().order_by(F("completed_on").desc(nulls_last=True)).values("completed_on")[:1]
        ),
        audit_planned=Subquery(_audits().open().order_by("planned_on").values("planned_on")[:1]),
    )


def _narrowed(policies, asked: Asked, days: Days):
    for word in asked.words.split():
        policies = policies.filter(
            Q(shown_title__icontains=word)
            | Q(shown_reference__icontains=word)
            | Q(policy_owner__name__icontains=word)
        )
    if asked.body:
        policies = policies.filter(Q(approving_body=asked.body) | Q(ratifying_body=asked.body))
    for name, field in PLAIN.items():
        if value := getattr(asked, name):
            policies = policies.filter(**{field: value})
    if asked.due_within:
        policies = policies.filter(~Exists(withdrawn(days.today)), now_due__lte=days.within)
    if asked.month:
        month = {"now_due__gte": days.month_first, "now_due__lte": days.month_last}
        policies = policies.filter(~Exists(withdrawn(days.today)), **month)
    if asked.keeper:
        policies = orphans.orphans(days.today, policies)
    if asked.look:
        policies = policies.filter(_looked_at(asked.look, days.today), ~Exists(withdrawn(days.today)))
        policies = policies.filter(now_pk__isnull=False)
    return policies.filter(_of_standing(asked.standing, days)) if asked.standing else policies


PLAIN = {
    "topic": "topic",
    "document_type": "document_type",
    "owner": "policy_owner",
    "ratified": "ratifying_body",
}


def _looked_at(look: str, today) -> Q:
    """What needs a look, of policies in force."""
    if look == REPORT_LATE:
        return Q(pk__in=schedule.late_policies(today))
    late = EffectivenessAudit.objects.late(today).filter(policy=OuterRef("pk"))
    return {EXTENDED: Q(Exists(_extended())), CHAIR: alone(), AUDIT_LATE: Q(Exists(late))}[look]


def _of_standing(standing: str, days: Days) -> Q:
    """``standing_of`` as a condition."""
    gone = Q(Exists(withdrawn(days.today)))
    if standing == WITHDRAWN:
        return gone
    return (
        ~gone
        & {
            CURRENT: Q(now_due__gt=days.soon),
            SOON: Q(now_due__gte=days.today, now_due__lte=days.soon),
            LATE: Q(now_due__lt=days.today),
            UNDATED: Q(now_pk__isnull=False, now_due__isnull=True),
            AWAITED: Q(Exists(_issued()), now_pk__isnull=True),
            NEVER: Q(~Exists(_issued()), now_pk__isnull=True),
        }[standing]
    )


def _sorted(policies, asked: Asked):
    """What lacks the value that is sorted by stands last, up or down."""
    by = SORTS[asked.sort]
    order = by.desc(nulls_last=True) if asked.down else by.asc(nulls_last=True)
    more = [F("now_minor").desc() if asked.down else F("now_minor").asc()] if asked.sort == "version" else []
    return policies.order_by(order, *more, Lower("shown_title"), "pk")
