"""J2, J3, J5: every policy screen at 400 %, spaced out, in forced colours, without motion, walked by keys."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.role_sync import sync_roles
from tests.factories.duties import duty, issued, table
from tests.factories.files import make_root_collection
from tests.factories.organisation import make_job_role, make_person, make_post, make_role_holder
from tests.factories.policies import (
    approve,
    clause,
    edit,
    make_home,
    make_library,
    make_policy,
    members_of,
    seated,
    section,
    submit,
)
from tests.factories.reading import make_reader, make_rule
from tests.factories.screenings import make_kind
from tests.journeys.looking import came_back
from tests.journeys.policies import FIRST, LONG_TITLE, issue_twice, make_full_policy, make_meeting_body
from tests.journeys.straining import strains
from tests.portal.stages import RecordMinutes
from tests.portal.stages_of_owners import Spread

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
HERE = "/policies/safeguarding-children/"
READING = [
    "/",
    "/policies/",
    HERE,
    HERE + "v/1.0/",
    HERE + "@2023-01-09/",
    HERE + "@2021-01-09/",
    "/search/?q=safeguarding",
    "/search/?q=nothing+of+the+kind",
    "/nothing-here/",
    "/accounts/login/",
]


def strained(page, origin, addresses):
    found = []
    for address in addresses:
        page.goto(origin + address)
        found += [f"{address} {fault}" for fault in strains(page)]
    return found


def test_what_readers_see(page, origin):
    issue_twice(audience="public")

    assert strained(page, origin, READING) == []


def test_what_an_author_sees(page, origin, sign_in):
    make_library()
    make_root_collection()
    sync_roles()
    policy = make_policy(
        title=LONG_TITLE,
        slug="hir",
        body=[section("Pennod ŵ"), clause("Ask [insert name of the ward] and [insert phone number].")],
    )
    author = make_role_holder("author")
    sign_in(page, author.email)
    addresses = [f"/policy/{policy.pk}/{tail}/" for tail in ("draft", "submit", "placeholders")]
    assert strained(page, origin, ["/desk/", *addresses]) == []
    edit(policy, body=[section("One"), clause("Staff must ask.")])
    submit(policy, today=FIRST)

    assert strained(page, origin, [f"/policy/{policy.pk}/recall/", f"/policy/{policy.pk}/decide/"]) == []


def test_what_those_who_decide_see(page, origin, sign_in):
    policy = make_full_policy(title=LONG_TITLE, ratifying_body=make_meeting_body())
    submission = submit(policy, today=FIRST)
    screen = f"/policy/{policy.pk}/decide/"
    sign_in(page, members_of(submission.approving_body)[0].email)
    assert strained(page, origin, ["/desk/", screen]) == []
    approve(submission, today=FIRST)
    page.context.clear_cookies()
    sign_in(page, seated(submission.ratifying_body, "secretary")[0].email)

    assert strained(page, origin, [screen]) == []
    page.get_by_role("button", name="Record this decision").click()
    came_back(page)
    assert strains(page) == []


def test_what_the_board_sees(page, origin, sign_in):
    """Register, board and a forecast in which a spread is offered."""
    make_home()
    crowded = Spread()
    sign_in(page, crowded.user.email)
    places = ("", "board/", "forecast/")

    assert strained(page, origin, [f"/policy-register/{place}" for place in places]) == []


def test_what_owners_and_line_managers_see(page, origin, sign_in):
    """The review, a screening, a question, the readers; one's duties and the reading of one's own line."""
    make_home()
    kind, day = make_kind(), timezone.localdate() - timedelta(days=40)
    owner, role = make_person(user=True), make_job_role(name="Ward manager")
    version = issued(
        duty("You must check the doors every shift.", role),
        table(("Ward managers", ["Keep the key.", "Lock the door."], ["Count the keys every month."])),
        title=LONG_TITLE,
        policy_owner=owner,
        today=day,
    )
    make_rule(version.policy)
    make_post(person=owner, job_role=role)
    make_reader(manager=owner)
    sign_in(page, owner.user.email)
    tails = ("review", f"screening/{kind.slug}", "questions/1", "readers")
    addresses = [f"/policy/{version.policy_id}/{tail}/" for tail in tails]

    assert strained(page, origin, [*addresses, "/my-duties/", "/my-team/reading/"]) == []


def test_what_a_committee_sees(page, origin, sign_in):
    """A meeting with one text on its agenda, its papers, and the form of its minutes."""
    make_home()
    sitting = RecordMinutes()
    sign_in(page, sitting.user.email)

    addresses = [f"/meetings/{sitting.meeting.pk}/{tail}" for tail in ("", "pack/", "minutes/")]

    assert strained(page, origin, addresses) == []


BAD = """<!doctype html><html lang="en"><title>Bad</title><body><main><h1>Bad</h1>
<div style="position: fixed; top: 0; left: 0; right: 0; height: 250px; background: #fff; z-index: 9">Banner</div>
<a href="#one">One</a> <button style="outline: none; border: none">Two</button>
<p style="height: 1.2em; overflow: hidden; white-space: nowrap; width: 12em">Words that do not fit any more</p>
<div style="overflow-x: auto; width: 9em"><p style="width: 40em">A table</p></div>
<p style="transition: color 1s">Slow</p><p style="width: 400px">Wide</p></main></body></html>"""


@pytest.mark.parametrize(
    "fault",
    [
        "keys: 'One' has the focus but is covered",
        "no border in forced colours: <button",
        "moves: P.",
        "320 px, spaced out: cut off: P.",
        "320 px, spaced out: box without name or key: <div",
        "320 px, spaced out: scrolls sideways by",
    ],
)
def test_each_strain_is_seen_to_fail(fault, page):
    """Control."""
    page.set_content(BAD)

    assert [found for found in strains(page) if found.startswith(fault)] != []
