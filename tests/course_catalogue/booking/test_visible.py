"""One session at hand is seen by whoever finds it in the list."""

from itertools import product

import pytest

from course_catalogue import visible
from course_catalogue.visible import Learner
from tests.factories import courses as make
from tests.factories.organisation import make_agency, make_host

pytestmark = pytest.mark.django_db


def test_sees_agrees_with_the_list_in_every_case():
    own, other = make_agency(), make_agency()
    learners = [
        Learner(),
        Learner(1, own.pk, here=True),
        Learner(2, make_host().pk, host=True, here=True),
        Learner(3, own.pk, host=False, here=False),
    ]
    seen = set()
    for live, shared, of, host, partner in product(
        (True, False), (True, False), (None, own), (own, other), (own, None)
    ):
        course = make.make_course(live=live, open_to_partners=shared, agency=of)
        session = make.make_session(course=course, host=host)
        if partner:
            session.partners.add(partner)
        for learner in learners:
            listed = visible.sessions(learner).filter(pk=session.pk).exists()
            assert visible.sees(learner, session) == listed, (live, shared, of, host, partner, learner)
            seen.add(listed)
    assert seen == {True, False}
