"""Asking for places: for oneself, one's line or one's agency; held, booked at once or on the waiting list."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.utils.translation import gettext as _

from course_catalogue import conf, permissions
from course_catalogue.booking import agreement, offering, prerequisites, priorities, refusals, rights
from course_catalogue.booking.again import once_more
from course_catalogue.booking.locking import Desk, open_desk
from course_catalogue.booking.placing import Order, Wishes, place
from course_catalogue.booking.refusals import NO_PLACE, OVERRIDABLE, Refusal, Refused
from course_catalogue.booking.states import refused
from course_catalogue.charging import payers
from course_catalogue.charging.terms import terms_for_all
from course_catalogue.models import Booking
from kernel.audit import act
from kernel.organisation.models import StaffProfile


@dataclass(frozen=True)
class Asked:
    """What came of it. ``waiting``: they are on the list; ``again``: the form was sent before, nothing new happened."""

    bookings: list[Booking]
    waiting: bool
    again: bool = False


@once_more
@act("training.ask")
def ask(session, persons: Iterable[StaffProfile], *, actor, now: datetime, **wishes) -> Asked:
    """Book, hold for release, or put on the waiting list: all of the people or none. ``wishes``: see ``Wishes``.

    Raises PermissionDenied; ``Refused`` with the codes of ``refusals``; ValidationError ``terms``, ``terms_changed``,
    ``manager``, ``key``, ``nobody``, ``priority``.
    """
    wish = Wishes(**wishes)
    keys = {person.pk for person in persons}
    if not keys:
        raise refused(_("Say who is to be booked."), "nobody")
    desk = open_desk(session.pk, now=now, people=keys)
    people = [desk.people[key] for key in sorted(keys)]
    rights.require_for(actor, people, desk.today)
    if (before := _before(wish.key, desk, people)) is not None:
        return before
    _check_powers(actor, desk, wish)
    offering.settle_desk(desk)
    lacks = prerequisites.missing(desk.session, sorted(keys))
    _brake(actor, desk, people, wish.override)
    waits = _check(desk, people, lacks, wish)
    terms = terms_for_all(desk.session, payers.agencies_of(people), now=now)
    agreement.check(terms.values(), now=now, agreed=wish.agreed, shown=wish.shown)
    order = Order(actor, wish, group=uuid.uuid4() if len(people) > 1 else None, lacks=lacks)
    return Asked(place(desk, people, terms, order, waits=waits), waits)


def _before(key, desk: Desk, people) -> Asked | None:
    """The bookings that this form made already. A key of somebody else's form is nobody's business."""
    first = Booking.objects.filter(key=key).first() if key else None
    if first is None:
        return None
    rows = [first] if first.group is None else list(Booking.objects.filter(group=first.group).order_by("pk"))
    if first.session_id != desk.session.pk or {row.person_id for row in rows} != {one.pk for one in people}:
        raise refused(_("This form was used for something else. Open it again."), "key")
    return Asked(rows, waiting=first.state == "waiting", again=True)


def _check_powers(actor, desk: Desk, wish: Wishes) -> None:
    if not (wish.priority or wish.override.strip()):
        return
    if not permissions.administers(actor, desk.today):
        raise PermissionDenied(_("The training team alone gives priority or passes over a limit."))
    if wish.priority and not wish.priority_reason.strip():
        raise refused(_("Say why this person comes first on the list."), "priority")
    if not 0 <= wish.priority <= priorities.MOST or len(wish.priority_reason) > priorities.MOST_WORDS:
        words = {"most": priorities.MOST, "n": priorities.MOST_WORDS}
        raise refused(
            _("A priority is a number up to %(most)d with a reason of at most %(n)d characters.") % words,
            "priority",
        )


def _brake(actor, desk: Desk, people, override: str) -> None:
    """Not more from one agency in an hour than the site allows; the training team is not held up (B13)."""
    most = conf.agency_brake()
    if most is None or actor is None or override.strip():
        return
    asked = Counter(person.agency_id for person in people)
    rows = Booking.objects.filter(agency__in=asked, joined_at__gt=desk.now - timedelta(hours=1)).order_by()
    asked.update(dict(rows.values_list("agency").annotate(number=Count("pk"))))
    if max(asked.values()) > most and not permissions.administers(actor, desk.today):
        words = _("%(n)d places were asked for within the hour. Go on later, or ask the training team.")
        raise Refused([Refusal("brake", words % {"n": most})])


def _check(desk: Desk, people, lacks: dict, wish: Wishes) -> bool:
    """Raise unless all can be booked, or can wait; gives whether they wait."""
    found = [row for row in refusals.of_session(desk.session, now=desk.now) if not _over(row, wish)]
    if found:
        raise Refused(found)
    against = refusals.of_people(desk.session, people, now=desk.now, lacks=lacks)
    rows, places = [], []
    for person in people:
        row = desk.tally.row_of(person)
        mine = [one for one in against[person.pk] + refusals.of_row(desk.tally, row) if not _over(one, wish)]
        rows += [_named(one, person, people) for one in mine if one.code not in NO_PLACE]
        places += [_named(one, person, people) for one in mine if one.code in NO_PLACE]
        if not mine:
            desk.tally.put(
                row, "requested"
            )  # counts for the next of the group; named for good by ``placing``
    stay = places and not (wish.join_list and desk.session.keeps_list)
    if rows or stay:
        raise Refused(rows + (places if stay else []))
    for person in people:
        desk.tally.drop(person)
    return bool(places)


def _over(refusal: Refusal, wish: Wishes) -> bool:
    return bool(wish.override.strip()) and refusal.code in OVERRIDABLE


def _named(refusal: Refusal, person, people) -> Refusal:
    """With the name in front where several are asked for."""
    return refusal if len(people) == 1 else Refusal(refusal.code, f"{person.name}: {refusal.words}")
