"""Whose duties are whose, today: rows of the index for job roles or for a role as written, and only what one may read.

The rule of reading is asked of the version of every row, as everywhere; nothing is counted that is not shown.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, Count, IntegerField, Q, Value, When

from kernel.organisation.models import JobRole, Post
from kernel.organisation.models.staff import is_here
from policy_pages import reading
from policy_pages.duties import naming
from policy_pages.enums import Cadence
from policy_pages.models.duties import DutyEntry, DutyRole, LocalRole

# A duty counts as changed for so many days, the first one included.
CHANGED_DAYS = 90
# Words of a filter for what has no word of its own: an empty value is no filter.
NONE = "none"
SHOWN = (
    "pk",
    "version__reference",
    "version__title",
    "version__major",
    "version__minor",
    "source",
    "anchor",
    "number",
    "heading",
    "words",
    "force",
    "cadence",
    "everyone",
    "since",
    "new",
)
ORDER = Case(
    *[When(cadence=cadence.value, then=Value(place)) for place, cadence in enumerate(Cadence)],
    output_field=IntegerField(),
)


@dataclass(frozen=True)
class Whose:
    """``job_roles`` as (number, name), with what an organisation makes of written roles; or ``written``, a key."""

    job_roles: tuple[tuple[int, str], ...] = ()
    agency: int | None = None
    written: str = ""

    @property
    def condition(self) -> Q:
        """On rows of ``DutyRole``. What the organisation has said of a written role comes before its name."""
        if self.written:
            return Q(key=self.written)
        numbers = [number for number, _name in self.job_roles]
        here = LocalRole.objects.filter(agency=self.agency)
        said = here.filter(Q(job_roles__isnull=False) | Q(staff_group__isnull=False))
        meant = here.filter(Q(job_roles__in=numbers) | Q(staff_group__job_roles__in=numbers))
        names = [naming.alias_of(name) for _number, name in self.job_roles]
        by_name = Q(alias__in=names) & ~Q(key__in=said.values("key"))
        return Q(job_role__in=numbers) | Q(key__in=meant.values("key")) | by_name


@dataclass(frozen=True)
class Narrowed:
    """``everyone``: what names nobody and so is everybody's, instead of what names the roles."""

    force: str = ""
    cadence: str = ""
    everyone: bool = False


@dataclass(frozen=True)
class Numbers:
    duties: int
    policies: int
    changed: int


def job_roles_of(user, today) -> tuple[tuple[int, str], ...]:
    """Number and name of the job roles of all posts that somebody holds on that day."""
    if not user.is_authenticated:
        return ()
    posts = Post.objects.on(today).filter(is_here(today, "person__"), person__user_id=user.pk)
    rows = JobRole.objects.filter(pk__in=posts.values("job_role")).order_by("name")
    return tuple(rows.values_list("pk", "name"))


def duties(reader, today, whose: Whose, narrowed=Narrowed()):
    """The duties of texts in force that ``reader`` may read."""
    readable = reading.readable(reader, today).order_by().values("pk")
    rows = DutyEntry.objects.filter(version__in=readable)
    if narrowed.everyone:
        rows = rows.filter(everyone=True)
    else:
        rows = rows.filter(pk__in=DutyRole.objects.filter(whose.condition).values("duty"))
    if narrowed.force:
        rows = rows.filter(force="" if narrowed.force == NONE else narrowed.force)
    if narrowed.cadence:
        rows = rows.filter(cadence="" if narrowed.cadence == NONE else narrowed.cadence)
    return rows


def numbers(rows, today) -> Numbers:
    recent = Q(since__gt=changed_after(today))
    found = rows.order_by().aggregate(
        duties=Count("pk"),
        policies=Count("version__policy", distinct=True),
        changed=Count("pk", filter=recent),
    )
    return Numbers(**found)


def changed_after(today):
    return today - timedelta(days=CHANGED_DAYS)


def listed(rows, first: int, most: int) -> list[dict]:
    """Part of the rows in the order of reading: how often, then by policy and place, each with its ``roles``."""
    found = rows.order_by(ORDER, "version__title", "version_id", "position")
    found = list(found.values(*SHOWN)[first : first + most])
    roles: dict[int, dict] = {row["pk"]: {} for row in found}
    named = DutyRole.objects.filter(duty__in=roles).order_by("pk") if roles else ()
    for role in named:
        roles[role.duty_id].setdefault((role.job_role, role.name), role)
    for row in found:
        row["roles"] = list(roles[row["pk"]].values())
    return found
