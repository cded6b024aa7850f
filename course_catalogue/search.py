"""What the site's search finds among courses: by code first, then by the words of title, aim and outcomes."""

from django.db.models import Q
from django.utils.translation import gettext as _

from course_catalogue import visible
from kernel.content.desk import Hit

MOST = 50


def find(user, text: str, today) -> list[Hit]:
    """Live courses that this person may know of; of several words all must be in it.

    A visitor finds the shared offer once the site shows it to everybody.
    """
    learner = visible.learner_of(user, today)
    words = text.split()
    if not words or not (learner.here or visible.is_open_to_visitors()):
        return []
    wanted = Q()
    for word in words:
        wanted &= Q(title__icontains=word) | Q(code__icontains=word) | Q(aim__icontains=word)
    rows = visible.courses(learner).filter(wanted).select_related("locale").order_by("title", "pk")[:MOST]
    return [
        Hit(
            kind=_("Courses"),
            title=row.title,
            url=row.get_url(),
            note=row.code,
            exact=row.code.lower() == text.strip().lower(),
        )
        for row in rows
    ]
