"""What somebody may read, and which text counts on a day. Every surface that shows a policy asks here."""

from dataclasses import dataclass

from django.db.models import Q

from kernel.organisation import people
from policy_pages.enums import Audience
from policy_pages.models.version import PolicyVersion


@dataclass(frozen=True)
class Reader:
    """What of a person decides about reading: found once a request, by ``reader_of``."""

    signed_in: bool = False
    staff: bool = False
    partner: bool = False
    group_ids: frozenset = frozenset()


VISITOR = Reader()


def reader_of(user, today) -> Reader:
    """Look ``user`` up as a reader: of the host organisation, of a partner, of which staff groups."""
    if user is None or not user.is_authenticated or not user.is_active:
        return VISITOR
    person = people.profile_of(user)
    here = person is not None and person.is_here(today)
    staff = here and person.agency.kind == "host"
    return Reader(
        signed_in=True,
        staff=staff,
        partner=here and not staff,
        group_ids=frozenset(people.groups_of(user, today).values_list("pk", flat=True))
        if here
        else frozenset(),
    )


def audience_q(reader: Reader) -> Q:
    """The condition on versions that ``reader`` may read."""
    allowed = Q(audience=Audience.PUBLIC)
    if reader.staff or reader.partner:
        allowed |= Q(audience=Audience.PARTNERS)
    if reader.staff:
        allowed |= Q(audience=Audience.STAFF)
    if reader.group_ids:
        allowed |= Q(audience=Audience.GROUPS, audience_groups__in=reader.group_ids)
    return allowed


def readable(reader: Reader, today):
    """The versions in force on ``today`` that ``reader`` may read, each once, by title."""
    rows = PolicyVersion.objects.in_force(today)
    return PolicyVersion.objects.filter(pk__in=rows.filter(audience_q(reader)).values("pk")).order_by(
        "title", "pk"
    )


def may_read(reader: Reader, version) -> bool:
    """The same rule as ``audience_q`` for one version at hand."""
    if version.audience == Audience.PUBLIC:
        return True
    if version.audience == Audience.PARTNERS:
        return reader.staff or reader.partner
    if version.audience == Audience.STAFF:
        return reader.staff
    groups = version.audience_groups.values_list("pk", flat=True)
    return bool(reader.group_ids.intersection(groups))


def in_force(policy_id: int, today):
    """The version that counts on ``today``, or None."""
    return PolicyVersion.objects.filter(policy_id=policy_id).begun(today).newest_first().first()


def may_read_older(reader: Reader, version, current, *, open_to_audience: bool) -> bool:
    """A text that does not count now is for staff alone, unless the site opens it to the policy's audience.

    Whoever may not read the text in force reads no older one either.
    """
    ruling = current or version
    if not may_read(reader, ruling) or not may_read(reader, version):
        return False
    return reader.staff or open_to_audience


def superseded_from(version):
    """The first day on which a higher number counts, or None. On that day ``version`` counts no longer."""
    later = PolicyVersion.objects.filter(
        Q(major__gt=version.major) | Q(major=version.major, minor__gt=version.minor),
        policy_id=version.policy_id,
    )
    return later.order_by("in_force_from").values_list("in_force_from", flat=True).first()
