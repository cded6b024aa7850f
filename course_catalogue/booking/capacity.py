"""How many places of a session are taken, held and left. Lists read ``places``; acts count with ``Tally``."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter

from django.db.models import Count, Exists, OuterRef

from course_catalogue.booking.deadlines import day_of
from course_catalogue.enums import LIVE, TAKES_A_PLACE, BookingState
from course_catalogue.models import Booking, CourseSession, HeldPlaces, PlaceLimit, SkippedWaiting
from kernel.organisation.models import Post, StaffGroup


@dataclass(frozen=True)
class Places:
    """The places of one session as somebody sees them who looks at it.

    ``capacity`` and ``left``: None for as many as come. ``taken``: booked, held for an answer, offered. ``held``:
    kept for agencies and not named yet. ``waiting``: on the list. ``left``: what anybody may have; those who wait and
    could take a place come first. ``own``: those of ``held`` that are kept for the agency of who looks.
    """

    capacity: int | None
    taken: int
    held: int
    waiting: int
    left: int | None
    own: int = 0

    @property
    def free(self) -> int | None:
        """What somebody of the agency that looks may have; None for as many as come."""
        return None if self.left is None else self.left + self.own


def places(session_ids: Iterable[int], *, now: datetime, agency: int | None = None) -> dict[int, Places]:
    """The places of many sessions at once, as the agency sees them; the number of queries does not grow. For show:
    acts count anew.
    """
    rows = CourseSession.objects.filter(pk__in=list(session_ids))
    return places_of(dict(rows.values_list("pk", "capacity")), now=now, agency=agency)


def places_of(
    capacities: dict[int, int | None], *, now: datetime, agency: int | None = None
) -> dict[int, Places]:
    """The same of sessions whose numbers of places are at hand; who waits is looked at where somebody does."""
    keys = list(capacities)
    taken, waiting = _live(keys)
    skipped = passed_over(list(waiting)) if waiting else Counter()
    held = _held(keys, now)
    found = {}
    for key, capacity in capacities.items():
        left, kept = None, held[key]
        if capacity is not None:
            in_line = waiting[key] - skipped[key]
            left = max(capacity - taken[key] - kept.total() - in_line, 0)
        found[key] = Places(capacity, taken[key], kept.total(), waiting[key], left, kept[agency])
    return found


def places_taken(session_ids: Iterable[int]) -> Counter:
    """How many places of each session are booked, held for an answer or offered. One query."""
    return _live(session_ids)[0]


def _live(keys) -> tuple[Counter, Counter]:
    taken: Counter = Counter()
    waiting: Counter = Counter()
    rows = Booking.objects.filter(session__in=keys, state__in=LIVE).order_by()
    for key, state, number in rows.values_list("session", "state").annotate(number=Count("pk")):
        (waiting if state == BookingState.WAITING else taken)[key] += number
    return taken, waiting


def passed_over(keys) -> Counter:
    """Those who wait but could not take a place when one was free: they keep it from nobody."""
    skipped = SkippedWaiting.objects.filter(booking=OuterRef("pk"))
    rows = Booking.objects.filter(Exists(skipped), session__in=keys, state=BookingState.WAITING).order_by()
    return Counter(dict(rows.values_list("session").annotate(number=Count("pk"))))


def _held(keys, now) -> dict[int, Counter]:
    """By session, how many places are kept for each agency and not named yet."""
    rows = HeldPlaces.objects.filter(session__in=keys, release_at__gt=now).order_by()
    sizes = {(row.session_id, row.agency_id): row.size for row in rows}
    held: dict[int, Counter] = defaultdict(Counter)
    if not sizes:
        return held
    taking = Booking.objects.filter(session__in=keys, state__in=TAKES_A_PLACE).order_by()
    used = taking.filter(agency__in={agency for _key, agency in sizes}).values_list("session", "agency")
    counts = {(key, agency): number for key, agency, number in used.annotate(number=Count("pk"))}
    for (key, agency), size in sizes.items():
        held[key][agency] = max(size - counts.get((key, agency), 0), 0)
    return held


@dataclass
class Row:
    """A live booking as far as counting needs it."""

    person_id: int
    agency_id: int
    sector: str
    state: str
    answer_by: datetime | None = None
    pk: int | None = None


OF_A_ROW = ("person_id", "agency_id", "agency__sector", "state", "answer_by", "pk")


@dataclass
class Tally:
    """The places of one session, read under its lock and kept true in memory while an act goes on."""

    session: CourseSession
    rows: list[Row]
    held: list[HeldPlaces]
    limits: list[PlaceLimit]
    groups: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    @property
    def taking(self) -> list[Row]:
        return [row for row in self.rows if row.state in TAKES_A_PLACE]

    @property
    def waiting(self) -> list[Row]:
        return [row for row in self.rows if row.state == BookingState.WAITING]

    def overdue(self, until: datetime, now: datetime) -> list[Row]:
        """Holds that ran out, and offers that did or that ``until``, the close of booking, has ended."""
        return [row for row in self.rows if row.answer_by and now > _last(row, until)]

    def free(self, row: Row) -> int | None:
        """How many more places there are for somebody like ``row``; None: as many as come. Never under 0."""
        sizes = [limit.size - self.used(limit) for limit in self.limits if self.falls_under(row, limit)]
        if self.session.capacity is not None:
            others = [held for held in self.held if held.agency_id != row.agency_id]
            sizes.append(self.session.capacity - len(self.taking) - sum(map(self.unnamed, others)))
        return max(min(sizes), 0) if sizes else None

    def free_for_all(self) -> int | None:
        """What is neither taken nor held for anybody."""
        if self.session.capacity is None:
            return None
        return max(self.session.capacity - len(self.taking) - sum(map(self.unnamed, self.held)), 0)

    def unnamed(self, held: HeldPlaces) -> int:
        """Held places that nobody of the agency has taken yet; an overdrawn hold counts 0."""
        return max(held.size - sum(row.agency_id == held.agency_id for row in self.taking), 0)

    def used(self, limit: PlaceLimit) -> int:
        return sum(self.falls_under(row, limit) for row in self.taking)

    def limiting(self, row: Row) -> PlaceLimit | None:
        """The limit that leaves ``row`` nothing, if one does."""
        full = (lim for lim in self.limits if self.falls_under(row, lim) and lim.size <= self.used(lim))
        return next(full, None)

    def falls_under(self, row: Row, limit: PlaceLimit) -> bool:
        if limit.agency_id is not None:
            return row.agency_id == limit.agency_id
        if limit.staff_group_id is not None:
            return limit.staff_group_id in self.groups[row.person_id]
        return row.sector == limit.sector

    def row_of(self, person) -> Row:
        """A person who is not in it yet, or the row they have."""
        known = (row for row in self.rows if row.person_id == person.pk)
        return next(known, None) or Row(person.pk, person.agency_id, person.agency.sector, "")

    def put(self, row: Row, state: str) -> None:
        """``row`` has this state from now on."""
        row.state = state
        row.answer_by = None
        if row not in self.rows:
            self.rows.append(row)

    def add(self, booking: Booking) -> None:
        """A booking that was written in this act."""
        row = Row(booking.person_id, booking.agency_id, booking.agency.sector, booking.state)
        row.answer_by, row.pk = booking.answer_by, booking.pk
        self.rows.append(row)

    def drop(self, person) -> None:
        """Forget a person who was counted on trial."""
        self.rows = [row for row in self.rows if row.person_id != person.pk or row.pk]


def count(session: CourseSession, *, now: datetime, people: Iterable[int] = ()) -> Tally:
    """Read what takes the session's places. ``people``: who may be added; three queries, two more with staff groups."""
    live = Booking.objects.filter(session=session, state__in=LIVE).order_by()
    in_line = sorted(live.values_list(*OF_A_ROW, "priority", "joined_at"), key=_place_in_line)
    rows = [Row(*values) for *values, _priority, _joined_at in in_line]
    held = list(HeldPlaces.objects.filter(session=session, release_at__gt=now).order_by())
    limits = sorted(PlaceLimit.objects.filter(session=session).order_by(), key=attrgetter("pk"))
    tally = Tally(session, rows, held, limits)
    if any(limit.staff_group_id for limit in limits):
        tally.groups.update(_groups({*people, *(row.person_id for row in rows)}, now))
    return tally


def _place_in_line(values) -> tuple:
    """Whoever has priority, then whoever came first: sorted here, because that is quicker than to say it in SQL."""
    *_row, pk, priority, joined_at = values
    return -priority, joined_at, pk


def _groups(people: set[int], now) -> dict[int, set[int]]:
    """The staff groups of the posts that people hold on the day."""
    posts = Post.objects.on(day_of(now)).filter(person__in=people).values_list("person", "job_role")
    through = StaffGroup.job_roles.through.objects.values_list("jobrole", "staffgroup")
    by_role = defaultdict(set)
    for role, group in through.filter(jobrole__in={role for _person, role in posts}):
        by_role[role].add(group)
    found: dict[int, set[int]] = defaultdict(set)
    for person, role in posts:
        found[person] |= by_role[role]
    return found


def _last(row: Row, until: datetime) -> datetime:
    return min(row.answer_by, until) if row.state == BookingState.OFFERED else row.answer_by
