"""The calendar file of a booking and what takes its place later: moved under the same name, or taken out again."""

from course_catalogue.feeds.events import CANCEL, REQUEST, invitation
from course_catalogue.models import Booking, CalendarTold, SessionDay
from course_catalogue.telling.days import rows_of
from kernel.outbox.attachments import Attachment


def comes(booking: Booking) -> list[Attachment]:
    """A file for each day of the session, which puts it into the person's calendar or moves it there.

    Days that the session had when the calendar was last told, and has no longer, are taken out. Called under the
    lock of the session, in the transaction that queues the mail.
    """
    days = rows_of(booking.session)
    told = CalendarTold.objects.filter(session=booking.session_id, person=booking.person_id).first()
    number = _next(booking, told)
    files = [invitation(booking, day, method=REQUEST, sequence=number) for day in days]
    dropped = range(len(days) + 1, (told.days if told and told.comes else 0) + 1)
    files += [_out(booking, days[-1], which, number) for which in dropped]
    told = told or CalendarTold(session=booking.session, person=booking.person)
    told.days, told.sequence, told.comes = len(days), number, True
    told.save()
    return files


def gone(booking: Booking) -> list[Attachment]:
    """A cancellation of each day that the person's calendar was told to have; none where it was told nothing."""
    told = CalendarTold.objects.filter(
        session=booking.session_id, person=booking.person_id, comes=True
    ).first()
    if told is None:
        return []
    days = {day.number: day for day in rows_of(booking.session)}
    last, number = days[max(days)], _next(booking, told)
    told.sequence, told.comes = number, False
    told.save(update_fields=["sequence", "comes"])
    return [_out(booking, days.get(which, last), which, number) for which in range(1, told.days + 1)]


def _next(booking: Booking, told: CalendarTold | None) -> int:
    return max(booking.session.sequence, told.sequence + 1) if told else booking.session.sequence


def _out(booking: Booking, like: SessionDay, number: int, sequence: int) -> Attachment:
    """Calendars know the day by its number alone; the hours are those of a day like it."""
    day = SessionDay(
        session=booking.session, number=number, starts_at=like.starts_at, ends_at=like.ends_at, room=like.room
    )
    return invitation(booking, day, method=CANCEL, sequence=sequence)
