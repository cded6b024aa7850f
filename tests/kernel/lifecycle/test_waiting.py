from datetime import date

import pytest

from kernel.lifecycle import waiting
from tests.factories import policies as make
from tests.factories.organisation import make_body, make_delegation, make_person, make_seat

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def acts(user):
    return [(item.matter.pk, item.act, item.seat.for_name) for item in waiting.waiting_for(user, TODAY)]


def test_each_sees_what_waits_for_them_at_each_step():
    page = make.make_meeting_policy()
    approver = make.members_of(page.approving_body)[0]
    secretary, chair = (make.seated(page.ratifying_body, c)[0] for c in ("secretary", "chair"))
    submission = make.submit(page)
    seen = [[acts(user) for user in (approver, secretary, chair)]]
    for step in (make.approve, make.record):
        step(submission)
        seen.append([acts(user) for user in (approver, secretary, chair)])

    assert seen == [
        [[(submission.pk, "approve", "")], [], []],
        [[], [(submission.pk, "minute", "")], []],
        [[], [], [(submission.pk, "confirm", "")]],
    ]


def test_delegate_sees_for_whom():
    page = make.make_policy()
    member = make.members_of(page.approving_body)[0].staff_profile
    delegate = make_delegation(principal=member).delegate.user
    submission = make.submit(page)

    assert acts(delegate) == [(submission.pk, "approve", member.name)]


def test_author_with_a_seat_sees_nothing():
    page = make.make_policy()
    author = make.author_of(page)
    make_seat(body=page.approving_body, person=author.staff_profile)
    make.submit(page)

    assert acts(author) == []


def test_whoever_signed_sees_it_no_more():
    page = make.make_policy()
    first, second, _third = make.members_of(page.ratifying_body)
    make_delegation(principal=second.staff_profile, delegate=first.staff_profile)
    make.sign_once(make.approve(make.submit(page)))

    assert (acts(first), len(acts(second))) == ([], 1)


def test_one_query_more_or_less_for_many_submissions(django_assert_num_queries):
    member = make_person(user=True)
    body = make_body(members=[member], quorum=1)
    for _number in range(3):
        make.submit(make.make_policy(approving_body=body))

    with django_assert_num_queries(8):
        assert len(waiting.waiting_for(member.user, TODAY)) == 3


def test_most_people_cost_few_queries(django_assert_max_num_queries):
    user = make_person(user=True).user

    with django_assert_max_num_queries(3):
        assert waiting.waiting_for(user, TODAY) == []
