"""What training asks of a person's desk: releases to decide, offers to answer, places to make good, logins to grant."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from course_catalogue.booking import withdrawals
from course_catalogue.enums import BookingState
from course_catalogue.learning.whom import Hands
from course_catalogue.learning.words import moment
from course_catalogue.models import Booking, Joining
from course_catalogue.partners import joining
from kernel.content.desk import DeskRow
from kernel.lifecycle.templatetags.dates import day_and_date, full_date
from kernel.organisation.models import Delegation, Post
from kernel.organisation.models.dated import given, in_force

RELEASES, OFFERED, OWED, JOINING = (f"training.{name}" for name in ("releases", "offered", "owed", "joining"))


# The login, from within a query that stands within that of its fact.
LOGIN = OuterRef(OuterRef("pk"))


def _line(today: date):
    """Whom the login manages, by key."""
    return Post.objects.filter(in_force(today), manager__user=LOGIN).values("person_id")


def releases_due(today: date):
    """The fact that a held place may wait for this login: as manager asked, of the line, or as a deputy."""
    waits = Booking.objects.filter(state=BookingState.REQUESTED)
    lent = Delegation.objects.filter(given(today), delegate__user=LOGIN, body__isnull=True)
    return (
        Exists(waits.filter(manager__user=OuterRef("pk")))
        | Exists(waits.filter(person__in=_line(today)))
        | Exists(waits.filter(manager__in=lent.values("principal_id")))
    )


def offers_due(today: date):
    return Exists(Booking.objects.filter(state=BookingState.OFFERED, person__user=OuterRef("pk")))


def places_owed(today: date):
    """The fact that a place of the login, or of its line, was withdrawn for patient safety at any time."""
    rows = Booking.objects.filter(state=BookingState.WITHDRAWN)
    return Exists(rows.filter(Q(person__user=OuterRef("pk")) | Q(person__in=_line(today))))


def requests_due(today: date):
    """Whether anybody waits for a login at all; who may grant it, the question asks."""
    return Exists(Joining.objects.filter(granted__isnull=True, confirmed_at__isnull=False))


FACTS = {RELEASES: releases_due, OFFERED: offers_due, OWED: places_owed, JOINING: requests_due}


def releases(user, today, _request) -> list[DeskRow]:
    """Held places that this person may release, soonest end first."""
    hands = Hands(user, today)
    if hands.me is None:
        return []
    asked = Q(manager__in=[hands.me.pk, *hands.stands_in_for]) | Q(person__in=hands.team.values("pk"))
    rows = Booking.objects.filter(asked, state=BookingState.REQUESTED).exclude(person=hands.me)
    rows = rows.select_related("person__agency", "session__course", "manager").order_by("answer_by", "pk")
    return [_release(row, hands) for row in rows]


def _release(row, hands) -> DeskRow:
    stands_in = row.manager_id in hands.stands_in_for and row.manager_id != hands.me.pk
    return DeskRow(
        verb="decide",
        title=_("A place for %(name)s: %(title)s, %(day)s")
        % {
            "name": row.person.name,
            "title": row.session.course.title,
            "day": full_date(row.session.first_at),
        },
        why=_("Held until %(moment)s.") % {"moment": moment(row.answer_by)},
        by=timezone.localdate(row.answer_by),
        dated=True,
        url=reverse("training_answer", args=[row.pk]),
        button=_("Decide"),
        acting_for=_("for %(name)s") % {"name": row.manager.name} if stands_in else "",
    )


def offers(user, today, _request) -> list[DeskRow]:
    rows = Booking.objects.filter(state=BookingState.OFFERED, person__user=user.pk)
    return [_offer(row) for row in rows.select_related("session__course").order_by("answer_by", "pk")]


def _offer(row) -> DeskRow:
    words = {"title": row.session.course.title, "day": day_and_date(row.session.first_at)}
    return DeskRow(
        verb="answer",
        title=_("A place is free: %(title)s, %(day)s") % words,
        why=_("Answer by %(moment)s; then it goes to the next person.") % {"moment": moment(row.answer_by)},
        by=timezone.localdate(row.answer_by),
        dated=True,
        url=reverse("training_offer", args=[row.pk]),
        button=_("Take it or let it go"),
    )


def places(user, today, _request) -> list[DeskRow]:
    """Places withdrawn for patient safety that are not made good: the person's own and the line's."""
    hands = Hands(user, today)
    if hands.me is None:
        return []
    concerned = Q(person=hands.me) | Q(person__in=hands.team.values("pk"))
    return [_owed(row, hands, today) for row in withdrawals.owed(Booking.objects.filter(concerned))]


def _owed(row, hands, today) -> DeskRow:
    own = row.person_id == hands.me.pk
    words = {"title": row.session.course.title, "name": row.person.name}
    return DeskRow(
        verb="book",
        title=_("%(title)s: a new place for you") % words
        if own
        else _("%(title)s: a new place for %(name)s") % words,
        why=_("Withdrawn for patient safety on %(day)s.") % {"day": full_date(row.ended_at)},
        by=row.rebook_due,
        url=reverse("training_booking", args=[row.pk]),
        button=_("See the next date"),
        overdue=row.rebook_due < today,
    )


def logins(user, today, _request) -> list[DeskRow]:
    return [_login(row) for row in joining.to_decide(user)]


def _login(row) -> DeskRow:
    return DeskRow(
        verb="decide",
        title=_("A login for %(name)s, %(agency)s") % {"name": row.name, "agency": row.agency.name},
        why=_("Asked for on %(day)s; the address is confirmed.") % {"day": full_date(row.asked_at)},
        url=reverse("training_joining_decide", args=[row.pk]),
        button=_("Decide"),
    )


PARTS = (((RELEASES,), releases), ((OFFERED,), offers), ((OWED,), places), ((JOINING,), logins))
