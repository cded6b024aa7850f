"""Which policies link to one, and what a link to a withdrawn one means for their authors."""

from datetime import date

import pytest

from policy_pages.dead_links import links_to_withdrawn
from policy_pages.freezing import freeze
from policy_pages.models import PolicyVersion
from policy_pages.outcomes.pointing import Pointing, pointing_to
from tests.factories import policies as make
from tests.factories.organisation import make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def linking(page, **values):
    words = make.clause(f'As in <a linktype="page" id="{page.pk}">the other one</a>.')
    return make.make_policy(body=[*make.BODY, words], **values)


def test_a_link_to_a_withdrawn_policy_stops_the_submission_and_is_named():
    version = make.issue(make.make_policy(reference="CP-008"))
    page = linking(version.policy)
    assert page.problems() == []

    make.retire(version, withdrawn_from=date(2026, 12, 1))

    assert page.problems() == ["1.2: the link “the other one” leads to CP-008, which is withdrawn."]


def test_the_digest_of_a_text_that_waits_is_the_same_when_a_policy_in_it_is_withdrawn():
    version = make.issue(make.make_policy())
    submission = make.submit(linking(version.policy))

    make.retire(version)

    assert make.sign(make.approve(submission)).state == "issued"


def test_a_link_to_what_counts_again_lives():
    page = make.make_policy()
    make.retire(make.issue(page))
    make.edit(page, body=[*make.BODY, make.clause("Keep a copy.")])
    draft = linking(page).get_latest_revision_as_object()
    assert len(links_to_withdrawn(freeze(draft).content)) == 1

    make.issue(page)

    assert links_to_withdrawn(freeze(draft).content) == []


def test_texts_in_force_and_drafts_that_link_to_a_policy_are_listed():
    page = make.issue(make.make_policy(reference="CP-008")).policy
    linked = make.issue(linking(page, title="Badger care", reference="CP-010"))
    drafted = linking(page, title="Crane care", reference="CP-011", policy_owner=page.policy_owner)
    make.issue(make.make_policy(body=[*make.BODY, make.clause("See CP-008, /p/CP-008/.")]))
    make.make_policy(policy_owner=page.policy_owner)

    found = pointing_to(page, page.policy_owner.user, [], TODAY)

    assert found == [
        Pointing("Badger care", "CP-010", "1.0", "/p/CP-010/"),
        Pointing("Crane care", "CP-011", "", f"/policy/{drafted.pk}/draft/"),
    ]
    assert linked.policy_id != page.pk


def test_what_somebody_may_not_read_is_not_listed(group):
    page = make.issue(make.make_policy()).policy
    linking(page)
    make.issue(linking(page, audience="groups", audience_groups=[group]))

    assert pointing_to(page, make_person(user=True).user, [], TODAY) == []
    assert PolicyVersion.objects.count() == 2
