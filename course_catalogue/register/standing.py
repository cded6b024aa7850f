"""What stands on the register of a day: who has a place, who is marked, who is not."""

from course_catalogue.enums import BookingState
from course_catalogue.models import Attendance, Booking, SessionDay


def standing(day: SessionDay, person) -> Attendance | None:
    """The mark that counts; None where the person is not marked on that day."""
    return Attendance.objects.standing().filter(day=day, person=person).select_related("booking").first()


def booked(day: SessionDay):
    """Whoever has a place in the session."""
    return Booking.objects.filter(session=day.session_id, state=BookingState.BOOKED)


def unmarked(day: SessionDay):
    """The bookings of those who have a place and no mark on that day."""
    marked = Attendance.objects.filter(day=day).values("person_id")
    return booked(day).exclude(person__in=marked).select_related("person").order_by("person__name", "pk")
