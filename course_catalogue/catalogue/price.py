"""What a place costs the agency of a reader, in a sentence; never an amount that nobody set."""

from datetime import datetime

from django.utils.translation import gettext as _

from course_catalogue.catalogue.dates import Coming
from course_catalogue.charging import terms, words
from course_catalogue.models import CourseSession
from course_catalogue.visible import Learner
from kernel.organisation.models import Agency


def of_next(coming: dict[int, list[Coming]], learner: Learner, now: datetime) -> dict[int, str]:
    """For the next date of each course, by course; nothing for whoever belongs to no agency.

    The number of queries does not grow with the courses.
    """
    first = {course: rows[0].pk for course, rows in coming.items() if rows}
    if not first or not learner.agency_id:
        return {}
    agency = Agency.objects.get(pk=learner.agency_id)
    sessions = CourseSession.objects.filter(pk__in=first.values()).prefetch_related("days")
    found = terms.amounts_for(sessions, agency, now=now)
    return {course: in_words(found[session], agency) for course, session in first.items()}


def in_words(found: terms.Terms, agency: Agency) -> str:
    if found.fee is None and found.late_charge is None:
        return words.no_charge_set()
    said = {"agency": agency.short_name or agency.name, "fee": _amount(found.fee, found)}
    if found.fee:
        place = _("%(agency)s pays %(fee)s for a place.") % said
    else:
        place = _("%(agency)s pays nothing for a place.") % said
    if not found.late_charge:
        return place
    charge = {"charge": _amount(found.late_charge, found)}
    return f"{place} {_('Not coming without notice: %(charge)s.') % charge}"


def _amount(amount, found) -> str:
    return words.by(words.money(amount), found.named) if amount else ""
