"""The board's pages: who gets them, what they count, and that their number of queries does not grow."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kernel.lifecycle import chair_actions, proposals
from kernel.lifecycle.models import Proposal
from kernel.lifecycle.review import add_months
from kernel.organisation.models import BodyMeeting
from policy_pages import questions, reading, register
from policy_pages.board import reports, spreading
from policy_pages.models import Review
from policy_pages.reviews import services as reviews
from portal.role_sync import sync_roles
from tests.factories import board, matters
from tests.factories import policies as make
from tests.factories.organisation import make_agency, make_body, make_person, make_role_holder
from tests.policy_pages.test_register import signed_in

pytestmark = pytest.mark.django_db
PAGES = ("board", "forecast", "reports", "audits", "extensions", "reviews")
TODAY = date(2026, 11, 23)
FIRST = date(2025, 3, 2)


@pytest.fixture
def author():
    make.make_library()
    sync_roles()
    return make_role_holder("author")


def main_of(client, page, **query):
    answer = client.get(f"/policy-register/{page}/", query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser").select_one("main")


def who_is(user, day=TODAY):
    return questions.Asking(user, reading.reader_of(user, day), None, frozenset())


def test_seats_and_authors_see_the_pages_owners_and_others_do_not(author):
    policy = make.make_policy()
    member = make.members_of(policy.ratifying_body)[0]
    unseen = [
        policy.policy_owner.user,
        make_person(user=True).user,
        make_person(user=True, agency=make_agency()).user,
        make_role_holder("site-administrator"),
    ]

    for page in PAGES:
        address = f"/policy-register/{page}/"
        assert [signed_in(user).get(address).status_code for user in (author, member)] == [200, 200]
        assert [signed_in(user).get(address).status_code for user in unseen] == [404] * 4
        assert Client().get(address)["Location"].startswith("/accounts/login/")


def test_empty_pages_say_what_would_stand_there(author):
    client = signed_in(author)

    told = {page: main_of(client, page).select_one(".wa-standing").get_text(strip=True) for page in PAGES}

    assert told == {
        "board": "No policy is in force.",
        "forecast": "No review is due in the next 24 months.",
        "reports": "No report is on the schedule.",
        "audits": "No audit is planned.",
        "extensions": "No review was ever given more time.",
        "reviews": "No body reviews a policy on days of its own.",
    }
    assert not main_of(client, "board").select("svg")


def test_the_looks_are_the_rows_of_the_register(author):
    late = make.make_policy(review_months=1)
    make.issue(late, today=date(2026, 1, 5))
    extended = make.make_policy(review_months=12)
    make.issue(extended, today=date(2026, 1, 5))
    reviews.extend(
        extended,
        to_due=date(2027, 3, 1),
        reason="x",
        risk="y",
        decided_on=TODAY,
        actor=author,
        today=TODAY,
    )
    board.make_report(extended, first_due=date(2026, 11, 22))
    board.make_report(late, first_due=TODAY)
    board.make_audit(late, planned_on=date(2026, 11, 22))
    board.make_audit(extended, planned_on=TODAY)
    make.make_policy(reference="DRAFT")
    who = who_is(author)

    known = reports.policies(who, TODAY)
    (count,) = [reports.history.count(reports.lives(known), TODAY)]
    looks = {query: n for _words, n, query in reports.looks(known, count, TODAY)}

    assert (count.all, count.late) == (2, 1)
    assert looks == {
        "standing=late": 1,
        "keeper=none": 0,
        "look=chair": 0,
        "look=extended": 1,
        "look=audit-late": 1,
        "look=report-late": 1,
    }
    for query, number in looks.items():
        name, value = query.split("=")
        asked = questions.Asked(**{name: value})
        assert register.listing(who, TODAY, asked)[1] == number, query


def test_an_extension_that_another_day_overtook_is_over(author):
    today = timezone.localdate()
    policy = make.make_policy(review_months=12)
    make.issue(policy, today=today)
    words = {"reason": "x", "decided_on": today, "actor": author, "today": today}
    extended = reviews.extend(policy, to_due=add_months(today, 15), risk="y", **words)
    who, client = who_is(author, today), signed_in(author)

    def told():
        standing = main_of(client, "extensions").select_one(".wa-standing").get_text(strip=True)
        (row,) = register.listing(who, today)[0]
        return standing, row["extended"], register.listing(who, today, questions.Asked(look="extended"))[1]

    assert told() == ("1 extension is running.", extended.number, 1)
    reviews.bring_forward(policy, to_due=add_months(today, 9), **words)
    assert told() == ("No extension is running.", None, 0)


@pytest.mark.parametrize("outcome", ["waits", "declined"])
def test_a_chairs_action_that_nobody_ratified_is_shown_until_the_text_is_replaced(author, outcome):
    page = matters.make_signing_chaired_policy()
    action = matters.act_alone(make.approve(make.submit(page)))
    if outcome == "declined":
        member = make.seated(page.ratifying_body, "member")[0]
        chair_actions.decline(action, actor=member, today=TODAY, reason="Not so.")
    who = who_is(author)

    def shown():
        known = reports.policies(who, TODAY)
        count = reports.history.count(reports.lives(known), TODAY)
        looks = {query: n for _words, n, query in reports.looks(known, count, TODAY)}
        listed = register.listing(who, TODAY, questions.Asked(look="chair"))[1]
        return looks["look=chair"], listed, [row["chair"] for row in register.listing(who, TODAY)[0]]

    assert shown() == (1, 1, [True])
    if outcome == "declined":
        make.edit(page, body=[make.clause("Staff must tell somebody.")])
        make.issue(page)
        assert shown() == (0, 0, [False])


def test_each_page_says_what_it_counts(author):
    client = signed_in(author)

    assert [
        "Counted: the documents that you may read." in main_of(client, page).get_text() for page in PAGES
    ] == [True] * 6


def test_counts_are_over_what_somebody_may_see(author):
    partner = make_person(user=True, agency=make_agency())
    body = make_body(members=[partner])
    make.issue(make.make_policy(audience="staff"), today=FIRST)
    make.issue(
        make.make_policy(audience="partners", ratifying_body=make.make_policy().ratifying_body), today=FIRST
    )

    found = {
        name: main_of(signed_in(user), "board").select_one(".wa-standing").get_text(strip=True)
        for name, user in (("author", author), ("partner", partner.user))
    }

    assert body.memberships.exists()
    assert found == {
        "author": "2 of 2 policies are in date (100%).",
        "partner": "1 of 1 policy is in date (100%).",
    }


def test_lists_flag_what_is_late(author):
    today = timezone.localdate()
    policy = make.make_policy(title="Zebra feeding")
    board.make_report(policy, first_due=add_months(today, -1), every_months=1, name="Zebras <b>fed")
    board.make_audit(policy, planned_on=add_months(today, -1))
    board.complete(board.make_audit(policy), today=today)
    client = signed_in(author)

    assert "1 report is late." in main_of(client, "reports").get_text()
    assert "Zebras <b>fed" in main_of(client, "reports").get_text()
    assert "1 audit is late." in main_of(client, "audits").get_text()
    assert len(main_of(client, "audits").select("tbody tr")) == 2
    assert len(main_of(client, "audits", which="done").select("tbody tr")) == 1


# --- the spread ------------------------------------------------------------------------------------------


@pytest.fixture
def crowded(author):
    """Three reviews due in one month before a body that takes one, with a meeting the month before."""
    body = make_body(
        name="Policy Group", members=[make_person(user=True) for _ in range(2)], quorum=2, reviews_a_meeting=1
    )
    body.ratifies_by = "signatures"
    body.save()
    for day in (date(2027, 1, 14), date(2027, 2, 11), date(2027, 3, 11)):
        BodyMeeting.objects.create(body=body, meets_on=day)
    for number in range(3):
        policy = make.make_policy(
            reference=f"CR-{number}", ratifying_body=body, review_months=24, author=author
        )
        make.issue(policy, today=date(2025, 3, 20 + number))
    return body


def moves(user):
    found = reports.plans(reports.policies(who_is(user), TODAY), TODAY)
    return [move for _body, some in reports.spreads(found, TODAY) for move in some]


def test_a_spread_is_put_to_the_body_and_moves_only_when_it_decides(crowded, author):
    found = moves(author)
    assert [(move.due.reference, move.due.due, move.to_due) for move in found] == [
        ("CR-0", date(2027, 3, 20), date(2027, 2, 11)),
        ("CR-1", date(2027, 3, 21), date(2027, 1, 14)),
    ]
    (proposal,) = spreading.put(
        found, actor=author, today=TODAY, wanted={(found[0].due.policy_id, "2027-02-11")}
    )
    review = Review.objects.open().get(policy=found[0].due.policy_id)
    assert review.due == date(2027, 3, 20)
    assert [move.due.reference for move in moves(author)] == ["CR-1"]

    for member in make.members_of(crowded):
        proposal = proposals.sign(proposal, actor=member, today=TODAY)

    review.refresh_from_db()
    assert (proposal.state, review.due) == ("allowed", date(2027, 2, 11))


@pytest.mark.parametrize("wanted", [set(), {(0, "2027-02-11")}])
def test_what_is_not_suggested_is_not_put(crowded, author, wanted):
    found = moves(author)
    other = {(found[0].due.policy_id, "2027-01-14")} if wanted else set()

    with pytest.raises(ValidationError):
        spreading.put(found, actor=author, today=TODAY, wanted=wanted | other)

    assert not Proposal.objects.exists()


def test_a_member_sees_the_spread_and_cannot_put_it(crowded, author):
    member = make.members_of(crowded)[0]

    main = main_of(signed_in(member), "forecast")

    assert "Authors put this to the body." in main.get_text()
    assert not main.select("form[method=post]")
    pairs = [f"{move.due.policy_id}:{move.to_due}" for move in moves(author)]
    signed_in(member).post("/policy-register/forecast/", {"move": pairs})
    assert not Proposal.objects.exists()


# --- queries ---------------------------------------------------------------------------------------------


def counted(client, page) -> int:
    for _warm in range(2):
        client.get(page)
    with CaptureQueriesContext(connection) as found:
        assert client.get(page).status_code == 200
    return len(found)


def test_the_pages_take_as_many_queries_for_three_policies_as_for_one(kept_as_served, author):
    client, found = signed_in(author), []
    for number in range(3):
        body = make_body(members=[make_person(user=True)], quorum=1, ratifies_by="signatures")
        policy = make.make_policy(author=author, ratifying_body=body)
        make.issue(policy, today=FIRST)
        board.make_report(policy)
        board.make_audit(policy)
        if number != 1:
            pages = [f"/policy-register/{page}/" for page in PAGES] + [f"/policy/{policy.pk}/assurance/"]
            found.append([counted(client, page) for page in pages])

    assert found[0] == found[1]
