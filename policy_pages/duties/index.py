"""The index of duties: made from issued versions beside the clause index, by the same issue, job and command."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from policy_pages import clause_index
from policy_pages.duties import naming
from policy_pages.duties.reading_out import duties_of
from policy_pages.models.clause_entry import ClauseEntry
from policy_pages.models.duties import DutyEntry, DutyRole
from policy_pages.models.version import PolicyVersion

COPIED = ("source", "anchor", "number", "heading", "words", "force", "cadence", "everyone")


def write(version) -> None:
    """The duties of ``version``, each with its roles and the day since when it reads as it does."""
    duties = duties_of(version.content)
    rows = [
        DutyEntry(
            version=version,
            position=place,
            **{name: getattr(duty, name) for name in COPIED},
            **dict(zip(("since", "new"), since, strict=True)),
        )
        for place, (duty, since) in enumerate(zip(duties, _since(version, duties), strict=True))
    ]
    DutyEntry.objects.bulk_create(rows)
    DutyRole.objects.bulk_create(
        role for row, duty in zip(rows, duties, strict=True) for role in _roles(row, duty)
    )


def replace(version, today) -> None:
    """Called inside the issue of ``version``: its duties come; those of texts that ended with it go."""
    if version.previous_seal and version.in_force_from <= today:
        _drop(PolicyVersion.objects.filter(policy_id=version.policy_id))
    write(version)


def keep(today, dry_run=False) -> list[str]:
    """Daily job: both indexes; drop what counts no longer, add what is missing."""
    lines = clause_index.keep(today, dry_run)
    living = clause_index.living(today)
    held = Exists(DutyEntry.objects.filter(version_id=OuterRef("pk")))
    ended = PolicyVersion.objects.filter(held).exclude(pk__in=living.values("pk"))
    missing = living.filter(~held, Exists(_binding()))
    if not dry_run:
        for version in missing.defer("html", "control").iterator(chunk_size=100):
            write(version)
        _drop(ended)
    return lines


def rebuild(today) -> int:
    """Make both indexes anew; gives the number of versions in them."""
    with transaction.atomic():
        number = clause_index.rebuild(today)
        _drop(PolicyVersion.objects.all())
        for version in clause_index.living(today).defer("html", "control").iterator(chunk_size=100):
            write(version)
        return number


def _binding():
    """Entries of the clause index that are duties: what tells a text without any from one that was not read."""
    rows = ClauseEntry.objects.filter(version_id=OuterRef("pk")).exclude(words="")
    return rows.filter(Q(kind="roles_table") | Q(kind="clause") & (~Q(force="") | ~Q(roles="")))


def _roles(row, duty):
    for number, name in duty.job_roles:
        yield DutyRole(duty=row, job_role=number, name=name)
    key = naming.key_of(duty.written) if duty.written else ""
    for alias in naming.aliases_of(duty.written) or [""] if duty.written else []:
        yield DutyRole(duty=row, name=duty.written, key=key, alias=alias)


def _since(version, duties) -> list[tuple]:
    """For each duty the first day of the version that brought its words, and whether its place came with them."""
    found, open_, later = {}, {duty.same_as: duty for duty in duties}, version.in_force_from
    for before in _before(version):
        earlier = duties_of(before.content)
        same = {duty.same_as for duty in earlier}
        places = {duty.anchor for duty in earlier}
        for key in [key for key in open_ if key not in same]:
            found[key] = (later, open_.pop(key).anchor not in places)
        if not open_:
            break
        later = before.in_force_from
    return [found.get(duty.same_as, (later, True)) for duty in duties]


def _before(version):
    """The versions before, the last first, each read when it is asked for."""
    rows = PolicyVersion.objects.filter(policy_id=version.policy_id).filter(
        Q(major__lt=version.major) | Q(major=version.major, minor__lt=version.minor)
    )
    for number in rows.newest_first().values_list("pk", flat=True):
        yield PolicyVersion.objects.only("content", "in_force_from").get(pk=number)


def _drop(versions) -> None:
    """Two statements; a delete through the model would read every row first."""
    duties = DutyEntry.objects.filter(version__in=versions.values("pk"))
    roles = DutyRole.objects.filter(duty__in=duties.values("pk"))
    roles._raw_delete(roles.db)
    duties._raw_delete(duties.db)
