"""Bookings in every state, through the services: asked for, waiting, booked, and every way in which one ends."""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from course_catalogue.booking import answering, asking, ending, offering, refusals, shares, swapping
from course_catalogue.enums import BookingState, CancelledBy, SessionState
from course_catalogue.learning import skills
from course_catalogue.models import Booking, CourseSession, Joining
from course_catalogue.partners import joining
from kernel.organisation import people, services
from kernel.organisation.models import Agency, Sector
from portal.demo.organisation import person
from portal.demo.steps import login
from portal.demo.training.pool import OFFICER, at_ten

LEARNER, MANAGER, COORDINATOR, POLICE = "Hollie Marsden", "Siobhan Keane", "Joel Fairbrother", "Priya Sandhu"
ADMINISTRATOR = "Marcus Ilesanmi"
CROWD = (
    "Kwame Boateng",
    "Stephen Okoro",
    "Lucy Hargreave",
    "Frances Tidy",
    "Farah Qureshi",
    "Dominic Vale",
    "Colin Draper",
    "Ravi Menon",
    "Cerys Lloyd",
)


def build(today: date) -> bool:
    if Booking.objects.exists() or not CourseSession.objects.exists():
        return False
    now = min(at_ten(today), timezone.now())
    police = Agency.objects.get(slug="dale-police")
    services.grant_role(login(POLICE), role="agency-coordinator", actor=None, today=today, agency=police)
    _past(today)
    coming = _coming(now)
    if len(coming) >= 6:
        _ask(coming[0], LEARNER, now=now, needs="A seat near the board: I wear hearing aids.")
        _full_with_a_list(coming[1], now)
        _answers(coming[2], now)
        _endings(coming[3], now)
        _agencies(coming[4], now)
        any(_offered(session, now) for session in coming[5:10])
    _logins(now)
    skills.flag(person("Irene Whitlock"), actor=login(MANAGER), now=now, words="Signing in, finding files.")
    return True


def _coming(now: datetime) -> list[CourseSession]:
    """Open dates from two weeks ahead on, so that free cancelling is not over; each with room for several."""
    rows = CourseSession.objects.filter(state=SessionState.OPEN, first_at__gt=now + timedelta(days=16))
    rows = rows.filter(course__open_to_partners=True).select_related("course").order_by("first_at", "pk")
    return [row for row in rows if row.capacity and row.capacity >= 8]


def _before(now: datetime, minutes: int) -> datetime:
    """So many minutes earlier, on the same day: roles of the demo begin with the day on which it is loaded."""
    begin = timezone.localtime(now).replace(hour=0, minute=0, second=1)
    return max(now - timedelta(minutes=minutes), begin)


def _ask(session, *names: str, now: datetime, actor: str = "", **more) -> list[Booking]:
    """Those who can be booked; who is booked elsewhere that day, or lacks something, is left out."""
    made = []
    for name in names:
        one = person(name)
        who = login(actor) if actor else one.user  # None: the system, for those who cannot sign in
        if _stopped(session, one, now, list_too="join_list" in more):
            continue
        try:
            made += asking.ask(session, [one], actor=who, now=now, agreed=True, **more).bookings
        except (ValidationError, PermissionDenied):
            continue
    return made


def _stopped(session, one, now: datetime, *, list_too: bool) -> bool:
    """Asked beforehand, so that the demo's trail does not begin with refusals."""
    codes = {row.code for row in refusals.why_not(session, one, now=now)}
    return bool(codes - set(refusals.NO_PLACE) if list_too else codes)


def _release(rows, now: datetime, *, released: bool = True) -> list[Booking]:
    """Each answered by the line manager; whoever has none that signs in waits on, and the hold runs out."""
    for row in rows:
        managers = people.managers_of(row.person, timezone.localdate(now)).filter(user__isnull=False)
        if row.state == BookingState.REQUESTED and (manager := managers.first()) is not None:
            answering.approve(row, actor=manager.user, now=now, released=released)
    return list(Booking.objects.filter(pk__in=[row.pk for row in rows], state=BookingState.BOOKED))


def _past(today: date) -> None:
    """Everybody of the crowd in turn on the dates that are over, asked for three weeks before."""
    rows = CourseSession.objects.filter(state=SessionState.OPEN, last_at__lt=at_ten(today)).order_by(
        "first_at"
    )
    for number, session in enumerate(rows.select_related("course")):
        now = session.first_at - timedelta(days=21)
        names = [CROWD[(number * 5 + step) % len(CROWD)] for step in range(5)]
        names += [LEARNER] if number % 4 == 1 else []
        _release(_ask(session, *names, now=now), now + timedelta(hours=2))
        offering.settle(session, now=session.first_at - timedelta(days=1))


def _full_with_a_list(session, now: datetime) -> None:
    """Full; two wait, one of them first because a record expires, and one who waited has left."""
    booked = _release(_ask(session, *CROWD[:7], now=_before(now, 60)), _before(now, 50))
    for row in Booking.objects.filter(session=session, state=BookingState.REQUESTED).select_related("person"):
        ending.cancel(row, actor=login(ADMINISTRATOR), now=_before(now, 45), reason="Asked for twice.")
    CourseSession.objects.filter(pk=session.pk).update(capacity=len(booked))  # a small room
    wait = {"join_list": True, "now": _before(now, 40)}
    _ask(session, "Beatrice Adeyemi", "Ingrid Solberg", LEARNER, **wait)
    reason = {"priority": 1, "priority_reason": "a record expires before the next date"}
    _ask(session, "Rhiannon Bell", actor=ADMINISTRATOR, **wait, **reason)
    for row in Booking.objects.filter(
        session=session, person__name="Ingrid Solberg", state=BookingState.WAITING
    ):
        ending.leave(row, actor=login("Ingrid Solberg"), now=now)


def _answers(session, now: datetime) -> None:
    """Released without protected time yet, not released, and a hold that ran out."""
    for row in _ask(session, "Poppy Littler", now=now - timedelta(days=20)):
        offering.settle(session, now=row.answer_by + timedelta(minutes=1))
    _release(_ask(session, "Kwame Boateng", now=now), now, released=False)
    for row in _ask(session, "Zofia Kaminska", now=now):
        answering.refuse(row, actor=login(MANAGER), now=now, reason="Two of us are on leave that week.")


def _endings(session, now: datetime) -> None:
    """Cancelled in time, another task, given, withdrawn for patient safety."""
    asked = _ask(session, *CROWD[:6], "Irene Whitlock", now=_before(now, 60))
    booked = {row.person.name: row for row in _release(asked, _before(now, 50))}
    office = {"actor": login(ADMINISTRATOR), "now": now}
    if row := booked.get("Frances Tidy"):
        ending.cancel(row, by=CancelledBy.OWN, reason="Clinic moved to that day.", **office)
    if row := booked.get("Dominic Vale"):
        task = {"by": CancelledBy.DIVERTED, "diverted_by": "Alastair Finch"}
        ending.cancel(row, actor=login("Dominic Vale"), now=now, **task)
    if row := booked.get("Kwame Boateng"):
        ending.withdraw(row, actor=login(MANAGER), now=now, note="Two nurses for twenty-two beds that day.")
    if row := booked.get("Stephen Okoro"):
        _given(row, office)


def _given(row, office) -> None:
    """Left out where the colleague is booked elsewhere that day."""
    try:
        swapping.give(row, person("Bilal Rahman"), **office)
    except ValidationError:
        return


def _agencies(session, now: datetime) -> None:
    """Places held for two agencies, of which some have a name, and a limit for one sector."""
    until, office = session.first_at - timedelta(days=7), {"actor": login(OFFICER), "now": now}
    for slug, size in (("harbour-light", 3), ("dale-police", 4)):
        shares.hold(session, Agency.objects.get(slug=slug), size=size, release_at=until, **office)
    shares.set_limit(session, size=8, sector=Sector.HEALTH, **office)
    _ask(session, "Cerys Lloyd", now=now, actor=COORDINATOR)
    _ask(session, "Colin Draper", now=now, actor=POLICE)


def _offered(session, now: datetime) -> bool:
    """One place, given back: it is offered to the first who waited. False where nobody could take it that day."""
    office = {"actor": login(ADMINISTRATOR), "now": _before(now, 30), "reason": "Court that day."}
    for name in ("Farah Qureshi", "Frances Tidy", "Lucy Hargreave"):
        if booked := _release(_ask(session, name, now=_before(now, 60)), _before(now, 50)):
            CourseSession.objects.filter(pk=session.pk).update(capacity=1)
            _ask(session, LEARNER, "Tomasz Wilk", now=_before(now, 40), join_list=True)
            ending.cancel(booked[0], **office)
            return Booking.objects.filter(session=session, state=BookingState.OFFERED).exists()
    return False


def _logins(now: datetime) -> None:
    """One invited and not there yet; one who asked and confirmed the address: the user manager has it on the desk."""
    invited = {"name": "Marek Holub", "email": "marek.holub@example.org"}
    joining.invite(Agency.objects.get(slug="harbour-light"), actor=login(COORDINATOR), now=now, **invited)
    words = {
        "name": "Sunita Rao",
        "email": "sunita.rao@example.org",
        "work": "Designated lead",
        "network": "demo",
    }
    joining.ask(Agency.objects.get(slug="beckside"), now=now, **words)
    joining.confirm(Joining.objects.get(email="sunita.rao@example.org"), now=now)
