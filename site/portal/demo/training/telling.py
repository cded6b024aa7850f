"""What is sent before sessions, a message to everybody booked on the next one, and two people who wait for a date."""

import uuid
from datetime import date

from course_catalogue import visible
from course_catalogue.enums import BookingState, MailKind, SessionState
from course_catalogue.models import Booking, CoursePage, CourseSession, Interest, MailRule, SessionMessage
from course_catalogue.telling import interests, messages, rules
from portal.demo.steps import login
from portal.demo.training.pool import OFFICER, at_ten

RULES = (
    (
        MailKind.JOINING,
        14,
        "Please arrive ten minutes early and bring your staff badge. Lunch is not provided.",
        (),
    ),
    (
        MailKind.REMINDER,
        2,
        "We look forward to seeing you. If you cannot come, a colleague can take your place.",
        (),
    ),
    (
        MailKind.MATERIALS,
        7,
        "Please read this before you come; it takes about ten minutes.",
        (("Case example for the morning", "https://reading.example.org/case-example"),),
    ),
)
WORDS = (
    "The session starts in the large room on the ground floor, because the lift is being repaired. "
    "Times stay the same."
)
WAITING = ("Hollie Marsden", "Callum Stroud")


def build(today: date) -> bool:
    return any([_rules(today), _message(today), _interests(today)])


def _rules(today: date) -> bool:
    if MailRule.objects.exists():
        return False
    for kind, days, words, links in RULES:
        rules.add(
            course=None,
            kind=kind,
            days_before=days,
            words=words,
            links=links,
            actor=login(OFFICER),
            today=today,
        )
    return True


def _message(today: date) -> bool:
    """To the next session on which somebody is booked who can be reached."""
    if SessionMessage.objects.exists():
        return False
    booked = Booking.objects.filter(state=BookingState.BOOKED).values("session")
    rows = CourseSession.objects.filter(pk__in=booked, state=SessionState.OPEN, first_at__gt=at_ten(today))
    for session in rows.order_by("first_at", "pk"):
        if messages.reached(session)[0]:
            words = {"subject": "The room is on the ground floor", "words": WORDS, "key": uuid.uuid4()}
            messages.send(session, **words, actor=login(OFFICER), now=at_ten(today))
            return True
    return False


def _interests(today: date) -> bool:
    """In the first course without a date that has room."""
    if Interest.objects.exists():
        return False
    now = at_ten(today)
    learner = visible.learner_of(login(WAITING[0]), today)
    for course in CoursePage.objects.live().filter(open_to_partners=True).order_by("code"):
        if not interests.with_room([course.pk], learner, now=now):
            for name in WAITING:
                interests.register(course, actor=login(name), now=now)
            return True
    return False
