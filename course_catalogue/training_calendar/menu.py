"""The section "Training" of the menu: the calendar, for whoever may see the offer."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from course_catalogue import links, visible
from course_catalogue.learning.release import HR
from course_catalogue.models import CourseIndexPage, TrainingCalendarPage
from course_catalogue.register import desk as registers
from kernel.accounts.facts import facts_of
from kernel.content.desk import Section
from kernel.content.kept import kept
from kernel.organisation import people

# The fact of whoever belongs to an active agency: they look at the offer also where visitors do not.
BELONGS = "organisation.here"
LOOKS_OVER_RELEASE = "training.looks_over_release"


def sections(user, today) -> list[Section]:
    """For everybody, where the site shows the shared offer to visitors."""
    found = _section() if _is_open() else None
    return [found] if found else []


def of_people() -> Section | None:
    """For the people of agencies where visitors see nothing; nothing more where they do."""
    return None if _is_open() else _section()


def ways(request, today) -> list[tuple[str, str]]:
    """From the calendar to what this person has to do with training: words and addresses; no query of its own."""
    if not request.user.is_authenticated:
        return [
            (_("Check a certificate"), reverse("training_certificate_check")),
            (_("Ask for a login"), reverse("training_join")),
        ]
    facts = facts_of(request, today)
    office = facts.get(registers.ADMINISTERS)
    found = [(_("My training"), "training_mine")] if facts.get(BELONGS) else []
    found += [(_("Registers"), "training_registers")] if office or facts.get(registers.TEACHES) else []
    found += [(_("Sessions"), "training_sessions"), (_("Charges"), "training_charges")] if office else []
    found += [(_("Agencies"), "training_agency")] if office else []
    found += (
        [(_("Release and withdrawals"), "training_release")]
        if office or facts.get(LOOKS_OVER_RELEASE)
        else []
    )
    return [(words, reverse(name)) for words, name in found]


def looks_over_release(today):
    """The fact that a login is that of an HR partner."""
    return Exists(people.holders_of_any((HR,), today).filter(pk=OuterRef("pk")))


def address() -> str | None:
    """Of the page of the calendar; None while there is none."""
    return kept("training.calendar", _places).get(TrainingCalendarPage)


def _section() -> Section | None:
    url = address()
    if url is None:
        return None
    catalogue = kept("training.calendar", _places).get(CourseIndexPage)
    under = (links.HERE, *([catalogue] if catalogue else []))
    return Section(key="training", label=_("Training"), url=url, under=under)


def _is_open() -> bool:
    return kept("training.open", visible.is_open_to_visitors)


def _places() -> dict[type, str]:
    """The addresses of the calendar and the catalogue, the first of each; one query."""
    rows = Page.objects.live().type(TrainingCalendarPage, CourseIndexPage).order_by("-path")
    return {row.specific_class: row.get_url() for row in rows}
