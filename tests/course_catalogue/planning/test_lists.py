"""What the planner's lists say of a session once it is over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.courses import make_session
from tests.factories.planning import make_officer

pytestmark = pytest.mark.django_db


def test_a_session_that_is_over_does_not_say_how_many_places_are_left(enter, words):
    now = timezone.now()
    make_session(starts=now - timedelta(days=9), capacity=16, minimum=8)
    make_session(starts=now + timedelta(days=9), capacity=12)

    shown = words(enter(make_officer()).get("/training/sessions/"))

    assert "0 of 16 places were taken" in shown and "16 left" not in shown and "short of 8" not in shown
    assert "0 of 12 taken, 12 left" in shown
