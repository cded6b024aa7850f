"""The three pages of a review's end: for whom, what stands above the button, pressed twice, changed meanwhile."""

from datetime import date

import pytest
from django.utils import timezone

from kernel.lifecycle import proposals
from kernel.lifecycle.models import Proposal
from kernel.lifecycle.review import add_months
from tests.factories import outcomes as ask
from tests.factories import policies as make
from tests.factories.organisation import make_person

pytestmark = pytest.mark.django_db
PLACES = ("no-change", "more-time", "retire")


def issued(**values):
    return ask.issued(today=timezone.localdate(), **values)


def address(page, place):
    return f"/policy/{page.pk}/review/{place}/"


def parts(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def sent(page, place, **values):
    """What an honest press sends."""
    today = timezone.localdate()
    fields = {
        "no-change": {"reason": "Nothing to change."},
        "more-time": {"reason": "law", "risk": "none", **parts("to_due", add_months(today, 15))},
        "retire": {"reason": "No ward has it.", "replaced_by": "", **parts("withdrawn_from", today)},
    }[place]
    due = page.reviews.get(closed_on=None).due
    return {"seen": f"1.0 {due}", **fields, **values}


@pytest.mark.parametrize("place", PLACES)
def test_owner_deputy_and_sponsor_have_the_page_and_nobody_else(sign_in, people_by_name, place):
    deputy, sponsor = make_person(user=True), make_person(user=True)
    page = issued(owner_deputy=deputy, sponsor=sponsor, audience="public")
    users = {
        "owner": page.policy_owner.user,
        "deputy": deputy.user,
        "sponsor": sponsor.user,
        "approver": make.members_of(page.approving_body)[0],
        "ratifier": make.members_of(page.ratifying_body)[0],
        **people_by_name,
    }

    shown = {name: sign_in(user).get(address(page, place)).status_code for name, user in users.items()}
    pressed = {
        name: sign_in(user).post(address(page, place), sent(page, place)).status_code
        for name, user in users.items()
        if name not in ("owner", "deputy", "sponsor")
    }

    may = dict.fromkeys(("owner", "deputy", "sponsor"), 200)
    others = {"approver": 404, "ratifier": 404, "outsider": 404, "partner": 404, "staff": 404, "visitor": 302}
    assert (shown, pressed) == (may | others, others)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (
            "no-change",
            ["nobody is asked to read it again", "1 person decides there", "Drafts Panel decides it"],
        ),
        ("more-time", ["This is extension 1 of at most 2.", "Drafts Panel decides it"]),
        ("retire", ["No text that you may read links to this policy.", "3 people decide there"]),
    ],
)
def test_the_consequence_stands_above_the_button(sign_in, place, words):
    page = issued()

    html = sign_in(page.policy_owner.user).get(address(page, place)).content.decode()

    assert [one for one in words if one not in html] == []
    assert html.index(words[-1]) < html.index('type="submit"', html.index("<main"))


@pytest.mark.parametrize("place", PLACES)
def test_pressed_twice_it_is_asked_once_and_the_second_press_leads_to_the_first(sign_in, place):
    page = issued()
    client = sign_in(page.policy_owner.user)
    values = sent(page, place)

    first, second = (client.post(address(page, place), values) for _ in range(2))

    proposal = Proposal.objects.get()
    assert (first["Location"], second["Location"]) == (proposal.address(), proposal.address())
    told = client.get(second["Location"]).content.decode()
    assert "already. Nothing was done twice." in told
    assert "waits for" in client.get(address(page, "retire")).content.decode()


def test_what_changed_since_the_page_was_opened_is_told_and_nothing_is_done(sign_in):
    page = issued()
    values = sent(page, "no-change")
    make.edit(page, body=[*make.BODY, make.clause("Keep a copy.")])
    make.issue(page, today=timezone.localdate(), significance="minor")
    client = sign_in(page.policy_owner.user)

    answer = client.post(address(page, "no-change"), values)

    html = answer.content.decode()
    assert "changed since you opened this page" in html
    assert "Nothing to change." in html
    assert not Proposal.objects.exists()


def test_a_day_past_the_cap_is_named_with_the_cap(sign_in):
    page = issued()
    last = add_months(timezone.localdate(), 24)
    values = sent(page, "more-time", **parts("to_due", date(2099, 1, 1)))

    html = sign_in(page.policy_owner.user).post(address(page, "more-time"), values).content.decode()

    assert f"New date must be {last:%-d %B %Y} or before; you entered 1 January 2099." in html


@pytest.mark.parametrize("typed", ["XX-99", "'; drop"])
def test_what_takes_its_place_is_a_policy_in_force(sign_in, typed):
    page = issued()

    html = (
        sign_in(page.policy_owner.user)
        .post(address(page, "retire"), sent(page, "retire", replaced_by=typed))
        .content.decode()
    )

    assert "No policy in force has the reference" in html
    assert not Proposal.objects.exists()


def test_the_reference_is_found_however_it_is_written(sign_in):
    page, other = issued(), make.issue(make.make_policy(reference="CP-019"), today=date(2025, 1, 6))
    values = sent(page, "retire", replaced_by="cp 019")

    sign_in(page.policy_owner.user).post(address(page, "retire"), values)

    assert Proposal.objects.get().facts["replaced_by"] == other.policy_id


@pytest.mark.parametrize("place", PLACES)
def test_nothing_in_force_is_nothing_to_decide(sign_in, place):
    page = ask.make_signing_policy()

    html = sign_in(page.policy_owner.user).get(address(page, place)).content.decode()

    assert "No version is in force" in html
    assert "<textarea" not in html


def test_a_review_under_proposal_is_not_offered_again(sign_in):
    page = issued(review_months=3)
    client = sign_in(page.policy_owner.user)
    offered = [client.get(path).content.decode() for path in (page.get_url(), f"/policy/{page.pk}/review/")]
    proposal = ask.ask_no_change(page, today=timezone.localdate())

    waiting = [client.get(path).content.decode() for path in (page.get_url(), f"/policy/{page.pk}/review/")]
    desk = client.get("/desk/").content.decode()

    assert ["no-change/" in html for html in offered + waiting] == [True, True, False, False]
    assert "What it ends in is proposed and waits for a body." in waiting[0]
    assert proposal.address() in waiting[1]
    assert "What it ends in is proposed and waits for a body." in desk
    proposals.withdraw(proposal, actor=page.policy_owner.user, today=timezone.localdate())
    assert "no-change/" in client.get(page.get_url()).content.decode()
