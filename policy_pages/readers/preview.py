"""Before a text is submitted: how many people each choice asks to read it again, and which job roles it touches."""

from dataclasses import dataclass
from datetime import date

from kernel.lifecycle.enums import Significance
from kernel.organisation.models import StaffProfile
from policy_pages import freezing
from policy_pages.changes.comparing import Change, compare
from policy_pages.changes.kinds import DUTIES
from policy_pages.enums import Asks
from policy_pages.models import PolicyVersion
from policy_pages.readers.asked_sql import ask, named

MOST_NAMES = 20


@dataclass(frozen=True)
class Role:
    """A job role whose clauses changed: ``clauses`` by number, ``people`` who hold it and must know the policy."""

    pk: int
    name: str
    clauses: tuple[str, ...]
    people: int


@dataclass(frozen=True)
class Preview:
    """``everybody``: all who must know the policy; ``again``: those whom the choice asks, with the first names.

    ``proposal`` is what the changed clauses suggest: "roles" where each changed duty names its job roles.
    """

    everybody: int
    again: int
    names: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    proposal: str = Asks.EVERYBODY

    @property
    def more(self) -> int:
        """How many are asked beside those named."""
        return self.again - len(self.names)


def preview(policy, significance: str, roles, today: date, *, asks: str = "") -> Preview:
    """Numbers and names for the draft of ``policy``; a fixed number of queries. ``roles`` are keys of job roles.

    With ``roles`` the choice is "roles" unless ``asks`` says otherwise; wording alone asks nobody.
    """
    asks = asks or (Asks.ROLES if roles else Asks.EVERYBODY)
    if significance == Significance.MINOR:
        asks = Asks.NOBODY
    touched, pairs = _touched(policy), _named(policy, today)
    everybody, wanted = {person for person, _role in pairs}, {int(role) for role in roles}
    again = {Asks.NOBODY: set(), Asks.EVERYBODY: everybody}.get(
        asks, {person for person, role in pairs if role in wanted}
    )
    first = StaffProfile.objects.filter(pk__in=sorted(again)[:MOST_NAMES]).order_by("name")
    names = tuple(first.values_list("name", flat=True)) if again else ()
    return Preview(
        everybody=len(everybody),
        again=len(again),
        names=names,
        roles=_roles(touched, pairs),
        proposal=_proposal(touched),
    )


def _named(policy, today) -> set[tuple[int, int]]:
    """People whom the rules name, each with every job role that they hold."""
    return set(ask(named(policy.pk), today, audience=policy.audience))


def _touched(policy) -> list[Change]:
    """Changed duties of the draft against the version issued last; none for a first version."""
    issued = PolicyVersion.objects.filter(policy_id=policy.pk).newest_first().first()
    if issued is None:
        return []
    new = freezing.freeze(policy.get_latest_revision_as_object()).content
    return [change for change in compare(issued.content, new).changes if change.kind in DUTIES]


def _proposal(touched) -> str:
    """A changed duty that names no job role is for everybody."""
    if touched and all(change.roles or change.roles_was for change in touched):
        return Asks.ROLES
    return Asks.EVERYBODY if touched else Asks.NOBODY


def _roles(touched, pairs) -> tuple[Role, ...]:
    found: dict[int, tuple[str, list[str]]] = {}
    for change in touched:
        for pk, name in dict([*change.roles, *change.roles_was]).items():
            found.setdefault(pk, (name, []))[1].append(change.number or change.number_was)
    return tuple(
        Role(pk, name, tuple(clauses), sum(role == pk for _person, role in pairs))
        for pk, (name, clauses) in sorted(found.items(), key=lambda item: item[1][0])
    )
