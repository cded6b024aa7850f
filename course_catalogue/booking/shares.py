"""Limits for one agency, sector or staff group, and places held for an agency until a moment: the programme's acts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from course_catalogue import permissions
from course_catalogue.booking import offering
from course_catalogue.booking.deadlines import closes_at, in_words
from course_catalogue.booking.locking import Desk, open_desk
from course_catalogue.booking.states import refused
from course_catalogue.enums import TAKES_A_PLACE, SessionState
from course_catalogue.models import Booking, HeldPlaces, PlaceLimit
from kernel.audit import act, record


@dataclass(frozen=True)
class Held:
    """Places held for an agency; ``unnamed`` of ``size`` are nobody's yet."""

    session_id: int
    agency: object
    size: int
    unnamed: int
    release_at: datetime


@act("training.set_limit")
def set_limit(
    session, *, size: int, actor, now: datetime, agency=None, sector: str = "", staff_group=None
) -> PlaceLimit:
    """At most ``size`` places for one agency, one sector or one staff group; 0: none. A limit that stands is changed.

    Those who are booked stay, also beyond a limit that was lowered.
    """
    desk = _open(session, actor, now)
    if sum(map(bool, (agency, sector, staff_group))) != 1:
        raise refused(_("A limit is for one agency, one sector or one staff group."), "which")
    of = {"agency": agency, "sector": sector, "staff_group": staff_group}
    limit = PlaceLimit.objects.filter(session=session, **of).first() or PlaceLimit(session=session, **of)
    limit.size = size
    limit.full_clean()
    limit.save()
    facts = {"limit": limit.pk, "size": size, "agency": limit.agency_id, "sector": sector}
    facts["staff_group"] = limit.staff_group_id
    record("training.set_limit", actor=actor, target=desk.session, facts=facts)
    offering.settle(session, now=now)
    return limit


@act("training.remove_limit")
def remove_limit(limit: PlaceLimit, *, actor, now: datetime) -> None:
    """The limit is no more; who waits because of it is served."""
    desk = _open(limit.session, actor, now)
    record(
        "training.remove_limit",
        actor=actor,
        target=desk.session,
        facts={"limit": limit.pk, "size": limit.size},
    )
    PlaceLimit.objects.filter(pk=limit.pk).delete()
    offering.settle(limit.session, now=now)


@act("training.hold_places")
def hold(session, agency, *, size: int, release_at: datetime, actor, now: datetime) -> HeldPlaces:
    """Keep ``size`` places for the agency's people until ``release_at``, those they have already counted in.

    What it takes more than before must be free, and nobody who waits is passed: ``full``. Raises ``used`` for fewer
    than are named, ``moment`` unless the moment is to come and before booking closes.
    """
    desk = _open(session, actor, now)
    offering.settle_desk(desk)
    if not now < release_at <= closes_at(desk.session):
        words = _("Give the places back at a moment that is to come, at the latest at %(when)s.")
        raise refused(words % {"when": in_words(closes_at(desk.session))}, "moment")
    row = HeldPlaces.objects.filter(session=session, agency=agency).first()
    row = row or HeldPlaces(session=desk.session, agency=agency)
    named = sum(one.agency_id == agency.pk for one in desk.tally.taking)
    if size < named and size < (row.size or size + 1):
        raise refused(_("%(n)d places are named already.") % {"n": named}, "used")
    _require_free(desk, row, size, now)
    row.size, row.release_at = size, release_at
    row.full_clean()
    row.save()
    facts = {"agency": agency.pk, "size": size, "release": release_at.isoformat()}
    record("training.hold_places", actor=actor, target=desk.session, facts=facts)
    offering.settle(session, now=now)
    return row


@act("training.give_back_places")
def give_back(held: HeldPlaces, *, actor, now: datetime) -> HeldPlaces:
    """What is not named belongs to everybody from now on."""
    desk = _open(held.session, actor, now)
    held = HeldPlaces.objects.select_related("agency").get(pk=held.pk)
    held.release_at = min(held.release_at, now)
    held.save(update_fields=["release_at"])
    record("training.give_back_places", actor=actor, target=desk.session, facts={"agency": held.agency_id})
    offering.settle(held.session, now=now)
    return held


def held_of(session_ids: Iterable[int], *, now: datetime) -> list[Held]:
    """What is held and not released, by session and agency; three queries at the most."""
    rows = HeldPlaces.objects.filter(session__in=list(session_ids), release_at__gt=now).select_related(
        "agency"
    )
    found = list(rows.order_by("session", "agency__name"))
    taking = Booking.objects.filter(
        session__in={row.session_id for row in found},
        agency__in={row.agency_id for row in found},
        state__in=TAKES_A_PLACE,
    )
    named = list(taking.values_list("session_id", "agency_id"))
    return [
        Held(
            row.session_id,
            row.agency,
            row.size,
            max(row.size - named.count((row.session_id, row.agency_id)), 0),
            row.release_at,
        )
        for row in found
    ]


def _open(session, actor, now: datetime) -> Desk:
    desk = open_desk(session.pk, now=now, frees=True)
    if not permissions.keeps_programme(actor, desk.today):
        raise PermissionDenied(_("The training team says how places are shared."))
    if desk.session.state == SessionState.CANCELLED or closes_at(desk.session) <= now:
        raise refused(_("Nobody books this session any more: its places stay as they are."), "closed")
    return desk


def _require_free(desk: Desk, row: HeldPlaces, size: int, now: datetime) -> None:
    """An edit that needs no more than before passes even when all is full."""
    free = desk.tally.free_for_all()
    if free is None:
        return
    present = 0 if row.pk is None or row.release_at <= now else desk.tally.unnamed(row)
    more = desk.tally.unnamed(HeldPlaces(agency_id=row.agency_id, size=size)) - present
    if more > max(free, 0):
        words = _("%(free)d places are free: no more can be held.")
        raise refused(words % {"free": free}, "full")
