"""Job roles that texts in force name and that nobody holds, that are called otherwise by now, or that are gone (S0-06).

Owners hear of it once for each event and see it on their desk for as long as it is so.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy

from kernel.organisation.models import JobRole, Post
from kernel.organisation.models.staff import is_here
from policy_pages import reading
from policy_pages.models.duties import DutyRole
from policy_pages.models.version import PolicyVersion

POLICY = "duty__version__policy"
VACANT, RENAMED, GONE = "vacant", "renamed", "gone"
SAID = {
    VACANT: gettext_lazy("Nobody holds this job role today."),
    RENAMED: gettext_lazy("The job role is called otherwise now."),
    GONE: gettext_lazy("This job role is not there any more."),
}
COLUMNS = (
    "job_role",
    "name",
    "held",
    "duty__anchor",
    "duty__number",
    "duty__heading",
    "duty__words",
    "duty__force",
    "duty__version__reference",
    "duty__version__title",
    "owner",
    POLICY,
)


@dataclass
class Unheld:
    """A job role as texts name it, what became of it, and the clauses that name it."""

    kind: str
    job_role: int
    name: str
    now: str = ""
    clauses: list[dict] = field(default_factory=list)

    @property
    def said(self) -> str:
        return str(SAID[self.kind])

    @property
    def reference(self) -> str:
        return self.clauses[0]["duty__version__reference"]


def rows(today, texts=None):
    """Rows of the index in force whose job role has no holder, or not the name that the text has.

    ``texts``: a condition on versions, which narrows what is looked at.
    """
    held = Post.objects.on(today).filter(is_here(today, "person__"), job_role=OuterRef("job_role"))
    named = JobRole.objects.filter(pk=OuterRef("job_role"), name=OuterRef("name"))
    found = DutyRole.objects.filter(job_role__isnull=False).annotate(held=Exists(held))
    found = found.filter(Q(held=False) | ~Exists(named))
    versions = PolicyVersion.objects.in_force(today).order_by()
    versions = versions if texts is None else versions.filter(texts)
    return found.filter(duty__version__in=versions.values("pk"))


def owned_by(who, step="") -> Q:
    """The condition on versions: a person owns the text, or stands in for its owner; "__user": a login."""
    return Q(**{f"policy__policy_owner{step}": who}) | Q(**{f"policy__owner_deputy{step}": who})


def seen_by(person, reader, today, *, officer: bool) -> list[Unheld]:
    """For an owner what concerns the own texts; for an officer whatever they may read beside."""
    texts = owned_by(person) if person else Q(pk__in=())
    if officer:
        texts |= reading.audience_q(reader)
    return _grouped(rows(today, texts))


def by_policy(today) -> dict[int, list[Unheld]]:
    """For each text in force that has any: what its owner is told of."""
    found: dict[int, list[Unheld]] = defaultdict(list)
    for one in _grouped(rows(today)):
        texts: dict[int, list] = defaultdict(list)
        for clause in one.clauses:
            texts[clause[POLICY]].append(clause)
        for policy, clauses in texts.items():
            found[policy].append(replace(one, clauses=clauses))
    return dict(found)


def _grouped(found) -> list[Unheld]:
    order = ("name", "job_role", "duty__version__title", "duty__version", "duty__position")
    by_role: dict[tuple, list] = defaultdict(list)
    named = found.annotate(owner=F(f"{POLICY}__policy_owner__name"))
    for row in named.order_by(*order).values(*COLUMNS):
        by_role[row["job_role"], row["name"]].append(row)
    now = dict(JobRole.objects.filter(pk__in={number for number, _name in by_role}).values_list("pk", "name"))
    return [
        Unheld(_kind(number, clauses[0]["held"], now), number, name, now.get(number, ""), clauses)
        for (number, name), clauses in by_role.items()
    ]


def _kind(number, held, now) -> str:
    if number not in now:
        return GONE
    return RENAMED if held else VACANT


def numbers(today) -> dict[int, int]:
    """For each text in force that has any: how many duties name such a job role."""
    found = rows(today).order_by().values_list(POLICY).annotate(duties=Count("duty", distinct=True))
    return dict(found)
