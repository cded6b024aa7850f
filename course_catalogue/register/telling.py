"""What others hear of a register, in keys and dates."""

from django.utils import timezone

from course_catalogue.models import CourseSession
from course_catalogue.register.counting import Outcome


def payload(session: CourseSession, person_id: int, outcome: Outcome) -> dict:
    """``day_on``: the last day of the session; ``minutes``: how long the person was there; ``passed``: by its rule."""
    return {
        "session": session.pk,
        "course": session.course_id,
        "person": person_id,
        "mark": outcome.mark.value,
        "passed": outcome.passed,
        "day_on": timezone.localdate(session.last_at).isoformat(),
        "minutes": outcome.minutes,
    }
