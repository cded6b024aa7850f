"""One event of a calendar for each day of a session. Files for one person are the library's, feeds are ``writing``'s.

An event keeps its name (UID) for ever: that of the session with the number of the day. SEQUENCE rises with what
calendars must learn; in files of one person's booking it also rises with each file (telling/calendar_files.py).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from course_catalogue import links
from course_catalogue.enums import SessionState
from course_catalogue.feeds.writing import written
from course_catalogue.feeds.zone import LONDON, vtimezone
from course_catalogue.models import Booking, CourseSession, SessionDay
from course_catalogue.telling.reach import address_of
from kernel.outbox.attachments import Attachment

PRODUCT = "-//wagtail-assurance//training//EN"
CONFIRMED, TENTATIVE, CANCELLED = "CONFIRMED", "TENTATIVE", "CANCELLED"
REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
HOUR = timedelta(hours=1)


class Entry(NamedTuple):
    """One day of a session as one reader gets it. ``join``, the link, and how to join are for those who are booked.

    ``changed``: when something of the session last changed, if it ever did; ``why``: of a cancelled one.
    """

    session: int
    session_uid: UUID
    title: str
    number: int
    of_days: int
    starts_at: datetime
    ends_at: datetime
    place: str
    sequence: int
    changed: datetime | None
    status: str = CONFIRMED
    words: str = ""
    join: str = ""
    why: str = ""

    @property
    def uid(self) -> str:
        """The name of a day in every calendar, for ever; it belongs to no host, so a site can move."""
        return f"{self.session_uid}-{self.number}"


def calendar(name: str, entries: Iterable[Entry]) -> bytes:
    """A feed: everything in it as it stands now, to be asked for again every hour."""
    made = _calendar(PUBLISH)
    title = vText(" ".join(name.split()))
    made.add("name", title)
    made.add("x-wr-calname", title)
    made.add("refresh-interval", HOUR, parameters={"value": "DURATION"})
    made.add("x-published-ttl", vText("PT1H"))
    return written(made, (_facts(entry, entry.changed) for entry in entries))


def invitation(
    booking: Booking, day: SessionDay, *, method: str = REQUEST, sequence: int | None = None
) -> Attachment:
    """The file of one day for one person, because one file is one event: come, or with CANCEL not any more.

    ``sequence``: None is that of the session. A day that the session no longer has can be cancelled by its number.
    """
    over, number = method == CANCEL, booking.session.sequence if sequence is None else sequence
    known = {} if over else {"join": booking.session.online_link, "words": booking.session.joining_words}
    entry = _entry(booking.session, day, status=CANCELLED if over else CONFIRMED, **known)
    event = Event()
    for name, value in _facts(entry._replace(sequence=number), _stamp(booking)).items():
        event.add(name, value)
    event.add("organizer", _address(settings.DEFAULT_FROM_EMAIL, _("Training")))
    event.add("attendee", _attendee(booking))
    made = _calendar(method)
    made.add_component(event)
    name = f"{booking.session.course.code}-{day.number}.ics".lower()
    return Attachment(name, f"text/calendar; method={method}", made.to_ical().decode())


def latest(*moments: datetime | None) -> datetime | None:
    return max((moment for moment in moments if moment), default=None)


def _stamp(booking: Booking) -> datetime | None:
    """When this was last true: the booking's end, the session's change, or when it was asked for."""
    return latest(booking.joined_at, booking.agreed_at, booking.ended_at, _changed(booking.session))


def _changed(session: CourseSession) -> datetime | None:
    return latest(session.changed_at, session.moved_at, session.cancelled_at)


def _calendar(method: str) -> Calendar:
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", PRODUCT)
    made.add("calscale", "GREGORIAN")
    made.add("method", method)
    made.add_component(vtimezone())
    return made


def _entry(session: CourseSession, day: SessionDay, **known) -> Entry:
    cancelled = session.state == SessionState.CANCELLED
    return Entry(
        session=session.pk,
        session_uid=session.uid,
        title=session.course.title,
        number=day.number,
        of_days=len(session.days.all()),
        starts_at=day.starts_at,
        ends_at=day.ends_at,
        place=place_of(session, day),
        sequence=session.sequence,
        changed=_changed(session),
        why=session.cancel_reason if cancelled else "",
        **known,
    )


def _facts(entry: Entry, stamp: datetime | None) -> dict[str, str | int | datetime]:
    """What an event says, in the order of its lines."""
    changed = {"LAST-MODIFIED": entry.changed} if entry.changed else {}
    return {
        "SUMMARY": _lines(summary(entry)),
        "DTSTART": entry.starts_at.astimezone(LONDON),
        "DTEND": entry.ends_at.astimezone(LONDON),
        "DTSTAMP": stamp or entry.starts_at,
        "UID": entry.uid,
        "SEQUENCE": entry.sequence,
        "DESCRIPTION": _lines("\n".join(filter(None, (entry.words, entry.join, entry.why)))),
        **changed,
        "LOCATION": _lines(entry.place),
        "STATUS": entry.status,
        "TRANSP": "TRANSPARENT" if entry.status == CANCELLED else "OPAQUE",
        "URL": links.absolute(links.session(entry.session)),
    }


def summary(entry: Entry) -> str:
    """The course, with which day it is where there are several, and that it is cancelled where it is."""
    title = entry.title
    if entry.of_days > 1 and entry.number <= entry.of_days:
        words = {"title": title, "number": entry.number, "total": entry.of_days}
        title = _("%(title)s, day %(number)d of %(total)d") % words
    return _("Cancelled: %(title)s") % {"title": title} if entry.status == CANCELLED else title


def place_of(session: CourseSession, day: SessionDay) -> str:
    """Rooms and venue, "Online" where there is no room but a link, or that it is to be told."""
    if day.room is None:
        return without_room(session.online_link)
    more = [room.name for room in day.more_rooms.all()] if day.pk else []
    return in_rooms((day.room.name, *more), day.room.venue.name, day.room.venue.address)


def in_rooms(rooms: Iterable[str], venue: str, address: str) -> str:
    return ", ".join(filter(None, [*rooms, venue, _line(address)]))


def without_room(link: str) -> str:
    """Where a day without a room is; ``link``: to join online, "" where there is none."""
    return _("Online") if link else _("Place to be told")


def _lines(words: str) -> str:
    """The library escapes line feeds alone: a lone carriage return would begin a line of somebody's own (G5)."""
    return words.replace("\r\n", "\n").replace("\r", "\n")


def _line(words: str) -> str:
    return ", ".join(line.strip(" ,") for line in words.splitlines() if line.strip(" ,"))


def _attendee(booking: Booking) -> vCalAddress:
    made = _address(address_of(booking.person), booking.person.name)
    made.params["role"] = vText("REQ-PARTICIPANT")
    made.params["partstat"] = vText("ACCEPTED")
    made.params["rsvp"] = vText("FALSE")
    return made


def _address(mail: str, name: str) -> vCalAddress:
    made = vCalAddress("mailto:" + mail.rpartition("<")[2].strip("> "))
    made.params["cn"] = vText(" ".join(name.split()))
    return made
