from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from kernel.organisation.models import Post
from kernel.organisation.services import add_post
from tests.factories.organisation import make_job_role, make_person, make_post, make_team

TODAY = date(2026, 11, 23)


def press_together(*acts) -> list[str]:
    """Start all acts at one moment, each on its own connection; say how each ended."""
    start = Barrier(len(acts))

    def press(act):
        start.wait()
        try:
            act()
            return "done"
        except ValidationError as refusal:
            return refusal.messages[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(press, acts))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("trial", range(5))
def test_two_acts_that_together_close_a_circle_are_never_both_done(trial):
    """No row is in both acts: the links between them were there before."""
    one, two, three, four = (make_person() for _ in range(4))
    make_post(person=two, manager=three), make_post(person=four, manager=one)
    team, job_role = make_team(), make_job_role()

    def put(person, manager):
        return lambda: add_post(
            person, actor=None, team=team, job_role=job_role, from_on=TODAY, manager=manager
        )

    ends = press_together(put(one, two), put(three, four))

    assert ends == ["That would be a circle: the manager reports to this person.", "done"]
    assert Post.objects.count() == 3
