"""The page of a review: who sees it, what it says, and the reviews beside that of the text."""

from datetime import date

import pytest
from django.utils import timezone

from kernel.lifecycle.review import add_months
from policy_pages.models import Review
from policy_pages.reviews import services
from portal import frame
from tests.factories import policies as make
from tests.factories.organisation import make_body, make_person, make_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.localdate()


@pytest.fixture
def policy(now):
    """Issued 30 months ago, reviewed every three years: the window has been open for long enough."""
    body = make_body(members=[make_person(user=True)], secretary=make_person(user=True), quorum=1)
    page = make.make_policy(
        title="Fire safety policy",
        policy_owner=make_person(user=True, name="Ana Lee"),
        owner_deputy=make_person(user=True, name="Tom Birch"),
        sponsor=make_person(user=True, name="Nia Bowen"),
        approving_body=body,
    )
    make.issue(page, today=add_months(now, -31))
    return page


def words(answer):
    return " ".join(answer.content.decode().split())


def address(page, end=""):
    return f"/policy/{page.pk}/review/{end}"


@pytest.mark.parametrize(
    ("who", "sees", "asked", "keeps"),
    [
        ("owner", 200, True, True),
        ("deputy", 200, True, True),
        ("sponsor", 200, True, False),
        ("secretary", 200, False, False),
        ("member", 200, False, False),
        ("stranger", 404, False, False),
    ],
)
def test_who_sees_a_review_and_who_is_asked(policy, sign_in, who, sees, asked, keeps):
    seats = {seat.capacity: seat.person.user for seat in policy.approving_body.memberships.all()}
    login = {
        "owner": policy.policy_owner.user,
        "deputy": policy.owner_deputy.user,
        "sponsor": policy.sponsor.user,
        "stranger": make_person(user=True).user,
        **seats,
    }[who]
    client = sign_in(login)
    answer = client.get(address(policy))

    assert answer.status_code == sees
    assert ("What did your review find?" in words(answer)) is asked
    assert ("Start a revision" in words(answer)) is keeps
    assert client.get(address(policy, "add/")).status_code == (200 if keeps else 404)


def test_a_visitor_signs_in(policy, sign_in):
    assert sign_in(None).get(address(policy)).status_code == 302


def test_the_three_buttons_lead_to_their_pages(policy, sign_in):
    text = words(sign_in(policy.policy_owner.user).get(address(policy)))

    for place, label in (
        (address(policy, "no-change/"), "No change needed"),
        (f"/policy/{policy.pk}/draft/", "Start a revision"),
        (address(policy, "more-time/"), "Need more time"),
    ):
        assert f'href="{place}"' in text and label in text


def test_nothing_is_asked_before_the_window_opens(policy, sign_in, now):
    client, day = sign_in(policy.policy_owner.user), add_months(now, 8)
    Review.objects.update(due=day)

    assert "What did your review find?" not in words(client.get(address(policy)))
    assert "What did your review find?" not in words(client.get(policy.url))


def test_the_policy_asks_its_owner_and_nobody_else(policy, sign_in):
    asked = "What did your review find?"

    assert asked in words(sign_in(policy.policy_owner.user).get(policy.url))
    assert asked in words(sign_in(policy.owner_deputy.user).get(policy.url))
    for person in (policy.sponsor.user, make_person(user=True).user, make.author_of(policy)):
        assert asked not in words(sign_in(person).get(policy.url))


def test_the_policy_says_who_works_on_the_next_text(policy, sign_in):
    make.edit(policy, body=[*make.BODY, make.clause("Keep a copy.")], user=policy.owner_deputy.user)

    text = words(sign_in(policy.policy_owner.user).get(policy.url))
    assert "Tom Birch is working on the next text:" in text


def test_what_was_found_and_moved_is_told(policy, sign_in, now):
    services.reaffirm(
        policy,
        decided_on=now,
        actor=None,
        today=now,
        statement="Nothing has changed.",
        body_name="Policy Group",
        minute_reference="PG/26/9",
    )
    services.extend(
        policy,
        to_due=add_months(now, 38),
        reason="The guidance changes.",
        risk="Low.",
        decided_on=now,
        actor=None,
        today=now,
        body_name="Policy Group",
    )
    text = words(sign_in(policy.policy_owner.user).get(address(policy)))

    for part in (
        "reviewed, unchanged",
        "Nothing has changed.",
        "minute PG/26/9",
        "Extension 1",
        "1 of at most 2",
    ):
        assert part in text


def day_in(name, day: date) -> dict:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def test_a_review_is_added_finished_and_stopped(policy, sign_in, now):
    client = sign_in(policy.policy_owner.user)
    begun = {
        "name": "Review of the plan",
        "every": "18",
        "unit": "1",
        **day_in("starts_on", date(2026, 9, 1)),
    }
    assert client.post(address(policy, "add/"), begun).status_code == 302
    cycle = policy.review_cycles.get(main=False)
    assert (cycle.months, cycle.reviews.get().due) == (18, date(2028, 3, 1))

    done = {"number": 1, "statement": "Six of seven done.", **day_in("done_on", now)}
    assert client.post(address(policy, f"{cycle.pk}/done/"), done).status_code == 302
    assert cycle.reviews.open().get().due == add_months(now, 18)

    assert (
        client.post(address(policy, f"{cycle.pk}/stop/"), {"statement": "Part of the text."}).status_code
        == 302
    )
    assert not cycle.reviews.open().exists()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"name": ""}, "Say what is reviewed."),
        ({"every": "6", "unit": "12"}, "every 60 months"),
        ({"starts_on_year": ""}, "Enter the year as well."),
    ],
)
def test_a_review_that_is_not_well_formed_is_told_why(policy, sign_in, change, why):
    begun = {"name": "Plan", "every": "18", "unit": "1", **day_in("starts_on", date(2026, 9, 1)), **change}
    answer = sign_in(policy.policy_owner.user).post(address(policy, "add/"), begun)

    assert answer.status_code == 200
    assert why in words(answer)
    assert policy.review_cycles.count() == 1


def test_the_cycle_of_another_policy_is_not_there(policy, sign_in, now):
    other = make.make_policy(policy_owner=policy.policy_owner)
    make.issue(other, today=now)
    client = sign_in(policy.policy_owner.user)
    for number in (other.review_cycles.get().pk, policy.review_cycles.get().pk):
        assert client.get(address(policy, f"{number}/done/")).status_code == 404
        assert client.get(address(policy, f"{number}/stop/")).status_code == 404


@pytest.mark.parametrize(
    ("who", "late", "rows"),
    [
        ("policy_owner", False, [("What did your review find?", False)]),
        ("owner_deputy", False, [("What did your review find?", False)]),
        ("sponsor", False, []),
        ("policy_owner", True, [("Its review is overdue; the text stays in force.", True)]),
        ("sponsor", True, [("Its review is overdue; the text stays in force.", True)]),
    ],
)
def test_the_desk_asks_owner_and_deputy_and_tells_the_sponsor_when_it_is_late(policy, now, who, late, rows):
    if late:
        Review.objects.update(due=add_months(now, -1))
    found = frame.desk(getattr(policy, who).user, now)

    assert [(row.why, row.overdue) for row in found if row.verb == "answer"] == rows


def test_the_desk_of_a_leaver_asks_nothing(policy, now):
    person = policy.policy_owner
    type(person).objects.filter(pk=person.pk).update(left_on=add_months(now, -1))

    assert [row for row in frame.desk(person.user, now) if row.verb == "answer"] == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_a_fixed_number_of_queries(
    kept_as_served, policy, sign_in, now, number, django_assert_num_queries
):
    for _more in range(number - 1):
        services.reaffirm(policy, decided_on=now, actor=None, today=now)
    client = sign_in(policy.policy_owner.user)
    client.get(address(policy))

    with django_assert_num_queries(REVIEW_PAGE):
        client.get(address(policy))


REVIEW_PAGE = 16


def test_a_seat_in_another_body_opens_no_review(policy, sign_in):
    person = make_person(user=True)
    make_seat(body=make_body(quorum=1), person=person)

    assert sign_in(person.user).get(address(policy)).status_code == 404
