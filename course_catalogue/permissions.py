"""Who may do what in training. Screens ask to hide, services ask to refuse. ``None`` is the system."""

from datetime import date

from course_catalogue.enums import ApprovingRole
from kernel.organisation import people
from kernel.organisation.models import StaffProfile

ADMINISTERING = ("training-administrator", "ld-officer")
REPORTING = (*ADMINISTERING, "education-officer")


def keeps_programme(user, today: date) -> bool:
    """Writes the programme: courses' dates, trainers, quotas."""
    return user is None or people.holds(user, "ld-officer", today)


def administers(user, today: date) -> bool:
    """Books and cancels for anybody, keeps registers, prepares charges."""
    return user is None or _holds_any(user, ADMINISTERING, today)


def approves_as(user, role: str, today: date) -> bool:
    """Holds the role in which a course is approved: subject expert or education officer."""
    return people.holds(user, role, today)


def reads_programme(user, today: date) -> bool:
    """Sees what the offer lacks and what waits: who plans it, and who approves courses."""
    if user is None:
        return True
    return _holds_any(user, (*ApprovingRole.values, "ld-officer"), today)


def sees_drafts(user, course, today: date) -> bool:
    """Reads a course before it is approved: who may write it, approve it or keeps the programme."""
    if user is None or not user.is_authenticated:
        return False
    return reads_programme(user, today) or course.permissions_for_user(user).can_edit()


def coordinates(user, agency, today: date) -> bool:
    """Books and cancels for the people of that agency."""
    return people.holds(user, "agency-coordinator", today, agency=agency)


def manages(user, person: StaffProfile, today: date) -> bool:
    """The person's line manager on that day."""
    return user is not None and people.managers_of(person, today).filter(user_id=user.pk).exists()


def trains(user, session) -> bool:
    """Teaches on one day of the session at least."""
    if user is None or not user.is_authenticated:
        return False
    return session.days.filter(teaching__trainer__person__user_id=user.pk).exists()


def keeps_register(user, session, today: date) -> bool:
    """Marks who came: the session's trainers, and whoever administers training."""
    return administers(user, today) or trains(user, session)


def reads_reports(user, today: date) -> bool:
    """Rates, places and learner hours, without the name of any person."""
    return user is None or _holds_any(user, REPORTING, today)


def _holds_any(user, roles, today: date) -> bool:
    return user.is_authenticated and people.holders_of_any(roles, today).filter(pk=user.pk).exists()
