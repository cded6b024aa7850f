from datetime import date

import pytest
from django.db.models import Count

from course_catalogue import clearances
from course_catalogue.catalogue.waiting import listed
from course_catalogue.models import CoursePage, Subject
from portal.demo import organisation
from portal.demo.training import courses
from portal.role_sync import sync_roles

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def _organisation() -> None:
    sync_roles()
    organisation.build(TODAY)


def test_demo_has_courses_in_every_state_and_is_built_once():
    _organisation()

    assert courses.build(TODAY)
    assert not courses.build(TODAY)

    live = CoursePage.objects.live()
    closed = clearances.closed(live.values_list("pk", flat=True), TODAY)
    waits = {draft.course.code: draft.words for draft in listed(TODAY)}
    assert live.count() == 16
    assert [live.get(pk=pk).code for pk in closed] == ["TTT1"]
    assert waits == {
        "AUD1": "waiting for the subject expert's approval",
        "NEG1": "waiting for the subject expert and for education",
    }
    assert live.filter(code="TRA1", agency__slug="harbour-light", open_to_partners=True).exists()
    assert live.annotate(n=Count("prerequisites")).filter(n__gte=1).count() == 3


def test_demo_offers_the_training_of_the_incident_system_and_of_it_skills():
    _organisation()
    courses.build(TODAY)

    assert CoursePage.objects.live().get(code="INC1").title == "Reporting in the incident system"
    found = CoursePage.objects.live().filter(subjects__key=Subject.IT_SKILLS).order_by("code")
    assert [course.code for course in found] == ["INC1", "ITB1"]
