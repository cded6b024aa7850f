"""What the planner's lists say of the places of a session."""

from datetime import timedelta

import pytest
from django.utils import timezone

from course_catalogue.booking import shares
from tests.factories.courses import make_session
from tests.factories.organisation import make_agency
from tests.factories.planning import make_officer

pytestmark = pytest.mark.django_db


def test_a_session_that_is_over_does_not_say_how_many_places_are_left(enter, words):
    now = timezone.now()
    make_session(starts=now - timedelta(days=9), capacity=16, minimum=8)
    make_session(starts=now + timedelta(days=9), capacity=12)

    shown = words(enter(make_officer()).get("/training/sessions/"))

    assert "0 of 16 places were taken" in shown and "16 left" not in shown and "short of 8" not in shown
    assert "0 of 12 taken, 12 left" in shown


def test_places_kept_for_an_agency_are_not_called_left(enter, words):
    now = timezone.now()
    session = make_session(starts=now + timedelta(days=30), capacity=12)
    shares.hold(session, make_agency(), size=5, release_at=now + timedelta(days=9), actor=None, now=now)

    shown = words(enter(make_officer()).get("/training/sessions/"))

    assert "0 of 12 taken, 7 left, 5 kept for agencies" in shown
