"""What somebody may read, and which text counts on a day. Every surface that shows a policy asks here."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from kernel.organisation import people
from kernel.organisation.asking import asking
from policy_pages.enums import Audience
from policy_pages.models.version import PolicyVersion
from policy_pages.reviews import clock


@dataclass(frozen=True)
class Reader:
    """What of a person decides about reading: found once a request, by ``reader_of`` or ``reader_asking``.

    ``groups_asked`` is who to ask staff groups for, which happens only where a text is for named groups.
    """

    signed_in: bool = False
    staff: bool = False
    partner: bool = False
    groups_asked: tuple | None = None

    @property
    def groups(self) -> QuerySet | None:
        """The keys of the person's staff groups; None for whoever can be in none."""
        return people.groups_of(*self.groups_asked).values("pk") if self.groups_asked else None


VISITOR = Reader()


def reader_of(user, today) -> Reader:
    """Look ``user`` up as a reader: of the host organisation, of a partner, of which staff groups."""
    if user is None or not user.is_authenticated or not user.is_active:
        return VISITOR
    person = people.profile_of(user)
    here = person is not None and person.is_here(today)
    return _reader(user, today, here=here, host=here and person.agency.kind == "host")


def reader_asking(request, today) -> Reader:
    """As ``reader_of``, from what is known of the one who sends ``request``."""
    user = request.user
    if not user.is_authenticated or not user.is_active:
        return VISITOR
    who = asking(request, today)
    return _reader(user, today, here=who.here, host=who.host)


def _reader(user, today, *, here: bool, host: bool) -> Reader:
    if not here:
        return Reader(signed_in=True)
    return Reader(signed_in=True, staff=host, partner=not host, groups_asked=(user, today))


def audiences_of(reader: Reader) -> frozenset[str]:
    """The audiences to which ``reader`` belongs whatever the text; named groups are asked text by text."""
    found = {Audience.PUBLIC}
    if reader.staff or reader.partner:
        found.add(Audience.PARTNERS)
    if reader.staff:
        found.add(Audience.STAFF)
    return frozenset(str(audience) for audience in found)


def audience_q(reader: Reader, audience="audience", version="pk") -> Q:
    """The condition on versions that ``reader`` may read; the names are of their columns where others stand beside."""
    allowed = Q(**{audience: Audience.PUBLIC})
    if reader.staff or reader.partner:
        allowed |= Q(**{audience: Audience.PARTNERS})
    if reader.staff:
        allowed |= Q(**{audience: Audience.STAFF})
    if reader.groups_asked:
        named = PolicyVersion.audience_groups.through.objects.filter(
            policyversion_id=OuterRef(version), staffgroup_id__in=reader.groups
        )
        allowed |= Q(**{audience: Audience.GROUPS}) & Q(Exists(named))
    return allowed


def readable(reader: Reader, today):
    """The versions in force on ``today`` that ``reader`` may read, each once, by title."""
    return PolicyVersion.objects.in_force(today).filter(audience_q(reader)).order_by("title", "pk")


def may_read(reader: Reader, version) -> bool:
    """The same rule as ``audience_q`` for one version at hand."""
    if version.audience == Audience.PUBLIC:
        return True
    if version.audience == Audience.PARTNERS:
        return reader.staff or reader.partner
    if version.audience == Audience.STAFF:
        return reader.staff
    groups = reader.groups
    return groups is not None and version.audience_groups.filter(pk__in=groups).exists()


def ruling(policy_id: int, today):
    """The version that counts on ``today``, or counted until it was withdrawn, with its retirement; or None.

    With it comes what held of its review at the end of that day.
    """
    rows = PolicyVersion.objects.filter(policy_id=policy_id).begun(today).select_related("retirement")
    return clock.beside(rows, today).newest_first().first()


def in_force(policy_id: int, today):
    """The version that counts on ``today``, or None."""
    version = ruling(policy_id, today)
    return None if version is None or is_withdrawn(version, today) else version


def is_withdrawn(version, today) -> bool:
    """``version`` as ``ruling`` gives it, so that nothing is asked."""
    return hasattr(version, "retirement") and version.retirement.withdrawn_from <= today


def may_read_older(reader: Reader, version, current, *, open_to_audience: bool) -> bool:
    """A text that does not count now is for staff alone, unless the site opens it to the policy's audience.

    Whoever may not read the text in force reads no older one either.
    """
    ruling = current or version
    if not may_read(reader, ruling) or not may_read(reader, version):
        return False
    return reader.staff or open_to_audience


def versions_for(reader: Reader, policy_id: int, current, *, open_to_audience: bool) -> QuerySet:
    """Every version of a policy that ``reader`` may read, newest first: the rule of ``may_read_older`` as rows."""
    rows = PolicyVersion.objects.filter(policy_id=policy_id).filter(audience_q(reader)).newest_first()
    if current is not None and not may_read(reader, current):
        return rows.none()
    if reader.staff or open_to_audience:
        return rows
    return rows.filter(pk=current.pk) if current is not None else rows.none()


def superseded_from(version):
    """The first day on which a higher number counts, or None. On that day ``version`` counts no longer."""
    later = PolicyVersion.objects.filter(
        Q(major__gt=version.major) | Q(major=version.major, minor__gt=version.minor),
        policy_id=version.policy_id,
    )
    return later.order_by("in_force_from").values_list("in_force_from", flat=True).first()
