"""Which courses and sessions somebody sees: the whole offer, the shared offer and their own agency's, or nothing.

Staff of the host see every live course. An agency sees what is open to partners, what is its own, and sessions it
hosts or holds with others. A visitor sees what is open to partners where the site shows its catalogue to everybody.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from course_catalogue.models import CoursePage, CourseSession, TrainingSettings
from kernel.content.kept import kept, site_of
from kernel.organisation import people
from kernel.organisation.models import AgencyKind


@dataclass(frozen=True)
class Learner:
    """Whoever looks at the offer. ``here``: belongs to an active agency and has not left."""

    person_id: int | None = None
    agency_id: int | None = None
    host: bool = False
    here: bool = False


def learner_of(user, today: date) -> Learner:
    person = people.profile_of(user)
    if person is None or not person.is_here(today):
        return Learner()
    return Learner(person.pk, person.agency_id, person.agency.kind == AgencyKind.HOST, here=True)


def settings_of(request) -> TrainingSettings:
    """What the site of a request says, or what holds while nobody has said anything; looking writes no row."""
    site = site_of(request)
    if site is None:
        return TrainingSettings()
    return kept(
        ("training", site.pk),
        lambda: TrainingSettings.objects.filter(site=site).first() or TrainingSettings(site=site),
    )


def is_open_to_visitors() -> bool:
    """Of the default site, where no request is at hand."""
    return TrainingSettings.objects.filter(site__is_default_site=True, open_to_visitors=True).exists()


def may_look(request, learner: Learner) -> bool:
    """May read the offer at all: people of an agency, and everybody where the site shows it to visitors (S2-18)."""
    return learner.here or settings_of(request).open_to_visitors


def courses(learner: Learner) -> QuerySet[CoursePage]:
    """Live courses that this learner may know of."""
    rows = CoursePage.objects.live()
    if learner.here and learner.host:
        return rows
    shared = Q(open_to_partners=True)
    return rows.filter(shared | Q(agency=learner.agency_id)) if learner.here else rows.filter(shared)


def sessions(learner: Learner) -> QuerySet[CourseSession]:
    """Sessions of those courses, and those that the learner's agency hosts or holds with others."""
    rows = CourseSession.objects.filter(course__live=True)
    if learner.here and learner.host:
        return rows
    shared = Q(course__open_to_partners=True)
    if not learner.here:
        return rows.filter(shared)
    own = Q(course__agency=learner.agency_id) | Q(host=learner.agency_id)
    held = CourseSession.partners.through.objects.filter(agency=learner.agency_id).values("coursesession")
    return rows.filter(shared | own | Q(pk__in=held))


def sees(learner: Learner, session: CourseSession) -> bool:
    """As ``sessions`` says, of one session at hand with its course; a query only where the answer hangs on it."""
    course = session.course
    if not course.live:
        return False
    if course.open_to_partners or learner.here and learner.host:
        return True
    if not learner.here:
        return False
    own = learner.agency_id in (course.agency_id, session.host_id)
    return own or session.partners.filter(pk=learner.agency_id).exists()
