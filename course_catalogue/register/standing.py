"""What stands on the register of a day: who has a place, who is marked, who is not."""

from django.db.models import Q

from course_catalogue.enums import BookingState
from course_catalogue.models import Attendance, Booking, SessionDay
from course_catalogue.register.counting import CAME
from kernel.organisation.models import StaffProfile


def standing(day: SessionDay, person) -> Attendance | None:
    """The mark that counts; None where the person is not marked on that day."""
    return Attendance.objects.standing().filter(day=day, person=person).select_related("booking").first()


def booked(day: SessionDay):
    """Whoever has a place in the session."""
    return Booking.objects.filter(session=day.session_id, state=BookingState.BOOKED)


def came_before(day: SessionDay):
    """Marks of those who came to an earlier day without a booking: they are expected again."""
    rows = Attendance.objects.standing().filter(day__session=day.session_id, day__number__lt=day.number)
    return rows.filter(booking__isnull=True, mark__in=CAME)


def unmarked(day: SessionDay):
    """People who are expected on that day and have no mark, by name."""
    expected = Q(pk__in=booked(day).values("person_id")) | Q(pk__in=came_before(day).values("person_id"))
    marked = Attendance.objects.filter(day=day).values("person_id")
    return StaffProfile.objects.filter(expected).exclude(pk__in=marked).order_by("name", "pk")
