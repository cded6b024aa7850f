from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone

from course_catalogue import clearances
from course_catalogue.enums import BookingState, Delivery, SessionState
from course_catalogue.models import (
    Booking,
    CourseIndexPage,
    CoursePage,
    CourseSession,
    Room,
    SessionDay,
    Trainer,
    Venue,
)
from tests.factories.organisation import make_host, make_person
from tests.factories.policies import make_home

_number = count(1)
MOMENT = timezone.make_aware(datetime(2026, 11, 23, 9, 0))


def make_index(**overrides) -> CourseIndexPage:
    """The one catalogue, made once beneath the site's root page."""
    found = CourseIndexPage.objects.first()
    if found is not None:
        return found
    page = CourseIndexPage(**{"title": "Courses", "slug": "courses", **overrides})
    make_home().add_child(instance=page)
    return page


def make_course(*, cleared=True, **overrides) -> CoursePage:
    """A live course of the partnership, open to partners and cleared, unless said otherwise.

    Written as rows: for tests of what comes after approval. ``live=False`` for a draft.
    """
    live = overrides.pop("live", True)
    number = next(_number)
    values = {
        "title": f"Course {number}",
        "slug": f"course-{number}",
        "code": f"C{number}",
        "delivery": Delivery.MULTI_AGENCY,
        "open_to_partners": True,
    }
    page = CoursePage(**{**values, **overrides})
    make_index().add_child(instance=page)
    if live:
        page.live = True
        page.save(update_fields=["live"])
    if cleared:
        clearances.set_clearance(page, source=clearances.APPROVAL, given=True, words="approved")
    return page


def make_session(*, days=1, starts=None, hours=7, **overrides) -> CourseSession:
    """Open, of the host, with 10 places, on Wednesday 6 January 2027 from 9:30am, without approval by a manager."""
    starts = starts or timezone.make_aware(datetime(2027, 1, 6, 9, 30))
    last = starts + timedelta(days=days - 1)
    course = overrides.pop("course", None) or make_course()
    values = {
        "course": course,
        "host": overrides.pop("host", None) or make_host(),
        "state": SessionState.OPEN,
        "first_at": starts,
        "last_at": last + timedelta(hours=hours),
        "capacity": 10,
        "needs_approval": False,
    }
    session = CourseSession.objects.create(**{**values, **overrides})
    for number in range(days):
        first = starts + timedelta(days=number)
        SessionDay.objects.create(
            session=session, number=number + 1, starts_at=first, ends_at=first + timedelta(hours=hours)
        )
    return session


def make_booking(**overrides) -> Booking:
    """A booked place, written as a row: for tests about what comes after booking."""
    person = overrides.pop("person", None) or make_person()
    values = {
        "session": overrides.pop("session", None) or make_session(),
        "person": person,
        "agency": person.agency,
        "state": BookingState.BOOKED,
        "joined_at": MOMENT,
        "booked_by_name": person.name,
    }
    return Booking.objects.create(**{**values, **overrides})


def make_room(**overrides) -> Room:
    number = next(_number)
    venue = overrides.pop("venue", None) or Venue.objects.create(name=f"Venue {number}")
    return Room.objects.create(**{"venue": venue, "name": f"Room {number}", **overrides})


def make_trainer(**overrides) -> Trainer:
    person = overrides.pop("person", None) or make_person(user=True)
    return Trainer.objects.create(person=person, **overrides)
