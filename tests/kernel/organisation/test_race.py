from datetime import date

import pytest

from kernel.organisation.models import Post
from kernel.organisation.services import add_post
from tests.factories.organisation import make_job_role, make_person, make_post, make_team
from tests.together import press_together

TODAY = date(2026, 11, 23)


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
