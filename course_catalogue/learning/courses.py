"""Courses that meet a need of IT skills, each with its next date (S0-50)."""

from datetime import datetime

from course_catalogue import visible
from course_catalogue.enums import SessionState
from course_catalogue.models import CourseSession, Subject


def meeting_it_skills(hands, *, now: datetime) -> list[tuple]:
    """(course, its next open date or None), by title, of what this login sees; two queries."""
    learner = visible.learner_of(hands.user, hands.today)
    courses = list(visible.courses(learner).filter(subjects__key=Subject.IT_SKILLS).order_by("title"))
    coming = CourseSession.objects.filter(course__in=courses, state=SessionState.OPEN, first_at__gt=now)
    following: dict[int, CourseSession] = {}
    for session in coming.order_by("-first_at", "-pk"):
        following[session.course_id] = session
    return [(course, following.get(course.pk)) for course in courses]
