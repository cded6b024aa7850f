"""Mails about bookings: one function a mail, a row of the outbox each, in the transaction of the act.

Whoever has no address is left out: the screens say what a mail would have said. A link opens a page; nothing happens
until somebody presses there. Subjects name the state first and no other person (telling/subjects.py). Whoever is booked
gets a calendar file, which later mails move or take out again (telling/calendar_files.py).
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from course_catalogue.booking.deadlines import closes_at, in_words
from course_catalogue.charging.terms import kept_named
from course_catalogue.enums import BookingState
from course_catalogue.telling import calendar_files
from course_catalogue.telling.days import days_of
from course_catalogue.telling.reach import address_of
from course_catalogue.telling.subjects import about, until
from kernel.outbox import queue_mail


def requested(booking, *, now) -> None:
    """A place is held: to the manager with the link that answers, and to whoever will come."""
    to = address_of(booking.manager) or _contact(booking)
    _send("ask_release", to, until(_("A place in your team"), booking.answer_by), booking, part="answer/")
    subject = about(_("Place held"), booking)
    _send("requested", address_of(booking.person), subject, booking, **_terms(booking, now))


def confirmed(booking, *, now) -> None:
    """The place is booked: with the file that puts it into the person's calendar."""
    subject = about(_("Booked"), booking)
    _send("confirmed", address_of(booking.person), subject, booking, comes=True, **_terms(booking, now))


def waiting(booking, number: int) -> None:
    """On the waiting list, as number so and so."""
    _send(
        "waiting",
        address_of(booking.person),
        about(_("On the waiting list"), booking),
        booking,
        number=number,
    )


def offered(booking, *, now) -> None:
    """A place is free for somebody from the waiting list, until a moment."""
    subject = until(_("A place is free"), booking.answer_by)
    to = address_of(booking.person)
    _send("offered", to, subject, booking, part="offer/", **_terms(booking, now))


def lapsed(booking, was: str, until) -> None:
    """A hold (``was`` requested) or an offer ran out: to the person, and for a hold to the manager too."""
    subject = about(_("Not answered in time"), booking)
    kind = "hold_lapsed" if was == "requested" else "offer_lapsed"
    _send(kind, address_of(booking.person), subject, booking, until=in_words(until))
    if was == "requested":
        _send("hold_lapsed", address_of(booking.manager), subject, booking, until=in_words(until))


def not_released(booking) -> None:
    """The manager does not release the person."""
    _send("not_released", address_of(booking.person), about(_("Not released"), booking), booking)


def cancelled(booking, managers) -> None:
    """A place was given back: to the person, and at once to their managers (S0-46)."""
    _send("cancelled", address_of(booking.person), about(_("Cancelled"), booking), booking, gone=True)
    for manager in managers:
        _send(
            "manager_cancelled", address_of(manager), about(_("A colleague does not come"), booking), booking
        )


def withdrawn(booking) -> None:
    """The manager withdrew the person for patient safety; a new place is due by a day (S0-43)."""
    _send("withdrawn", address_of(booking.person), about(_("Withdrawn"), booking), booking, gone=True)


def rebook_overdue(booking) -> None:
    """To the manager who withdrew: no new place was booked in time."""
    subject = about(_("A new place is overdue"), booking)
    _send("rebook_overdue", address_of(booking.withdrawn_for), subject, booking)


def session_cancelled(booking) -> None:
    """The organiser cancelled the date: to everybody who was booked, held, offered or waiting."""
    subject = about(_("Cancelled by us"), booking)
    _send("session_cancelled", address_of(booking.person), subject, booking, gone=True)


def session_moved(booking) -> None:
    """The date has other days or places now; the place stays."""
    booked = booking.state == BookingState.BOOKED
    _send("session_moved", address_of(booking.person), about(_("Moved"), booking), booking, comes=booked)


def session_changed(booking) -> None:
    """The link to join or the joining instructions differ now: to those who are booked."""
    _send("session_changed", address_of(booking.person), about(_("Changed"), booking), booking, comes=True)


def given(old, new, managers) -> None:
    """A colleague takes the place: to both, and to the managers of the new person."""
    _send("gave", address_of(old.person), about(_("Place given"), old), old, gone=True, other=new.person)
    booked, subject = new.state == BookingState.BOOKED, about(_("You take a place"), new)
    _send("given", address_of(new.person), subject, new, comes=booked, other=old.person)
    for manager in managers:
        subject = about(_("A colleague goes instead"), new)
        _send("manager_given", address_of(manager), subject, new, other=old.person)


def moved(old, new) -> None:
    """The person has a place on another date instead: the old one leaves the calendar with the same mail."""
    files = _files(old, gone=True)
    booked = new.state == BookingState.BOOKED
    _send("moved", address_of(new.person), about(_("Moved"), new), new, comes=booked, files=files, old=old)


def _send(
    kind: str, to: str, subject: str, booking, *, part="", comes=False, gone=False, files=(), **context
):
    if not to:
        return
    words = {
        "booking": booking,
        "session": booking.session,
        "course": booking.session.course,
        "person": booking.person,
        "days": days_of(booking.session),
        "comes": comes,
        "link": f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/training/booking/{booking.pk}/{part}",
        "answer_by": in_words(booking.answer_by) if booking.answer_by else "",
        "closes": in_words(closes_at(booking.session)),
        **context,
    }
    text = render_to_string(f"course_catalogue/email/{kind}.txt", words)
    attached = [*files, *_files(booking, comes=comes, gone=gone)]
    queue_mail(kind=f"training.{kind}", to=[to], subject=subject, text=text, attachments=attached)


def _terms(booking, now) -> dict:
    """The terms that the booking keeps, as they stand at ``now``."""
    kept = kept_named(booking)
    return {"kept": kept, "cancelling": kept.cancelling(booking.agency, now)}


def _files(booking, *, comes: bool = False, gone: bool = False) -> list:
    if comes:
        return calendar_files.comes(booking)
    return calendar_files.gone(booking) if gone else []


def _contact(booking) -> str:
    """Nobody here can be asked: the contact of the agency, who may have no account."""
    return booking.agency.contact_email if booking.manager_id is None else ""
