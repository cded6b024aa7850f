"""The pages of a draft's screenings, asked by each kind of person; today is the clock's."""

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from policy_pages.models import FullAssessment, Screening
from tests.factories import policies as make
from tests.factories import screenings
from tests.factories.organisation import make_person, make_post, make_role_holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind():
    kind = screenings.make_kind()
    screenings.require(kind)
    return kind


@pytest.fixture
def policy(kind):
    return make.make_policy(title="Lone working policy")


def address(policy, rest=""):
    return f"/policy/{policy.pk}/screening/{rest}"


def typed(kind, *, negative=(), **overrides) -> dict:
    """What a browser sends for a whole form."""
    data = {
        "after": "0",
        "which": "this",
        "document": "",
        "reviewer_name": "Priya Nair",
        "reviewer_role": "Ward manager",
        "assessed_on_day": "",
        "assessed_on_month": "7",
        "assessed_on_year": "2026",
        "record": "1",
    }
    for row in kind.rows.all():
        data[f"answer_{row.pk}"] = "negative" if row.label in negative else "no impact"
        data[f"comment_{row.pk}"] = "Letters alone." if row.label in negative else ""
    return {**data, **overrides}


def soup_of(answer):
    return BeautifulSoup(answer.content, "html.parser")


def words_of(answer) -> str:
    return " ".join(soup_of(answer).get_text(" ").split())


def test_the_overview_says_what_is_needed_and_where(policy, sign_in):
    screenings.require(screenings.make_kind(), sections=["Monitoring"])
    client = sign_in(policy.policy_owner.user)

    words = words_of(client.get(address(policy)))

    assert "2 things stand open." in words
    assert "Equality impact Not recorded yet." in words
    assert "The section “Monitoring” is missing." in words
    assert "Not required for this type They can be recorded all the same. Privacy Mental capacity" in words


def test_a_type_that_needs_nothing_says_so(sign_in, kind):
    policy = make.make_policy(document_type="plan")

    words = words_of(sign_in(policy.policy_owner.user).get(address(policy)))

    assert "A document of the type “plan” needs no screening." in words


def test_draft_and_submit_page_and_editor_lead_there(policy, sign_in):
    client = sign_in(policy.policy_owner.user)

    for place in ("draft", "submit"):
        page = soup_of(client.get(f"/policy/{policy.pk}/{place}/"))
        assert page.find("a", href=address(policy)), place
        assert "Equality impact: not recorded yet." in page.get_text()


def test_the_form_shows_aims_rows_guidance_and_who_fills_it_in(policy, kind, sign_in):
    owner = policy.policy_owner
    make_post(person=owner, primary=True)
    page = soup_of(sign_in(owner.user).get(address(policy, "equality/")))

    aims = [item.get_text() for item in page.select(".wa-aims li")]
    legends = [legend.get_text(strip=True) for legend in page.select(".wa-mark legend")]
    assert [aim.split()[0] for aim in aims] == ["Stop", "Give", "Help"]
    assert (len(legends), legends[0], legends[-1]) == (11, "Age", "Other groups")
    assert "Children, young adults" in page.get_text()
    assert page.find("input", {"name": "reviewer_name"})["value"] == owner.name
    assert page.find("input", {"name": "reviewer_role"})["value"] == owner.posts.get().job_role.name


def test_a_guidance_that_the_organisation_edits_is_shown(policy, kind, sign_in):
    kind.rows.filter(label="Age").update(guidance="Ask the youth council.")

    assert "Ask the youth council." in words_of(
        sign_in(policy.policy_owner.user).get(address(policy, "equality/"))
    )


def test_an_author_records_and_comes_back_to_the_overview(policy, kind, sign_in):
    client = sign_in(policy.policy_owner.user)

    answer = client.post(address(policy, "equality/"), typed(kind), follow=True)

    made = Screening.objects.get()
    assert answer.redirect_chain == [(address(policy), 302)]
    assert "Equality impact is recorded." in words_of(answer)
    assert "Every screening that is needed is done." in words_of(answer)
    assert (made.assessed_words, made.adverse_count, made.made_by_name) == (
        "July 2026",
        0,
        policy.policy_owner.name,
    )


def test_what_was_typed_stays_and_each_row_has_its_error(policy, kind, sign_in):
    age, race = kind.rows.get(label="Age"), kind.rows.get(label="Race")
    data = typed(kind, assessed_on_month="13", **{f"answer_{age.pk}": "negative", f"answer_{race.pk}": ""})
    sex = kind.rows.get(label="Sex")
    data[f"comment_{sex.pk}"] = "Night shifts were looked at."

    answer = sign_in(policy.policy_owner.user).post(address(policy, "equality/"), data)

    page = soup_of(answer)
    errors = [link.get_text(strip=True) for link in page.select(".nhsuk-error-summary a")]
    assert errors == [
        "The date must be a real day, for example 31 3 2027; you entered 1 13 2026",
        "Say why “Age” is answered in this way: it opens a full assessment.",
        "Choose an answer for “Race”.",
    ]
    assert all(page.find(id=link["href"][1:]) for link in page.select(".nhsuk-error-summary a"))
    assert page.find("textarea", {"name": f"comment_{sex.pk}"}).get_text(strip=True) == (
        "Night shifts were looked at."
    )
    assert page.find("input", {"name": f"answer_{age.pk}", "value": "negative"}).has_attr("checked")
    assert page.title.get_text().strip().startswith("Error:")
    assert Screening.objects.count() == 0


def test_a_negative_answer_names_the_lead_and_blocks(policy, kind, sign_in):
    lead = make_role_holder("equality-lead")
    client = sign_in(policy.policy_owner.user)
    client.post(address(policy, "equality/"), typed(kind, negative=["Age"]))

    words = words_of(client.get(address(policy, "equality/")))

    assert f"It waits for {lead.staff_profile.name} (equality lead)." in words
    assert "Yes: 1 answer" in words
    assert "Equality impact: a negative answer waits" in words_of(client.get(f"/policy/{policy.pk}/submit/"))


def test_without_a_holder_of_the_role_it_says_whom_to_ask(policy, kind, sign_in):
    client = sign_in(policy.policy_owner.user)
    client.post(address(policy, "equality/"), typed(kind, negative=["Age"]))

    assert "Nobody who holds the role “equality lead” may assess it" in words_of(
        client.get(address(policy, "equality/"))
    )


def test_another_document_is_told_at_once_and_on_the_overview(policy, kind, sign_in):
    data = typed(kind, which="other", document="Patient safety plan")
    answer = sign_in(policy.policy_owner.user).post(address(policy, "equality/"), data, follow=True)

    assert "It assesses another document: Patient safety plan." in words_of(answer)
    assert "Assesses another document: Patient safety plan" in words_of(answer)


def test_a_second_press_leads_to_the_first_result(policy, kind, sign_in):
    client = sign_in(policy.policy_owner.user)
    client.post(address(policy, "equality/"), typed(kind))

    answer = client.post(address(policy, "equality/"), typed(kind), follow=True)

    assert answer.redirect_chain == [(address(policy, "equality/"), 302)]
    assert "You already recorded this at" in words_of(answer)
    assert Screening.objects.count() == 1


def test_who_was_overtaken_sees_theirs_keeps_the_own_words_and_may_press_again(policy, kind, sign_in):
    deputy = make_person(user=True)
    make.edit(policy, owner_deputy=deputy)
    screenings.record(policy, kind, today=timezone.localdate(), reviewer_name="Quick Quibble")
    client, data = sign_in(deputy.user), typed(kind, reviewer_name="Slow Joe", negative=["Age"])

    answer = client.post(address(policy, "equality/"), data)

    page = soup_of(answer)
    assert "recorded this screening while you had it open" in page.get_text()
    assert "Quick Quibble" in page.get_text()
    assert page.find("input", {"name": "reviewer_name"})["value"] == "Slow Joe"
    assert page.find("input", {"name": "after"})["value"] == "1"
    client.post(address(policy, "equality/"), {**data, "after": "1"})
    assert list(Screening.objects.order_by("number").values_list("reviewer_name", flat=True)) == [
        "Quick Quibble",
        "Slow Joe",
    ]


def test_a_changed_duty_is_shown_and_confirmed_with_words(policy, kind, sign_in):
    screenings.record(policy, kind, today=timezone.localdate())
    make.edit(policy, body=(*make.BODY, make.clause("Managers must ask twice.")))
    client = sign_in(policy.policy_owner.user)

    words = words_of(client.get(address(policy, "equality/")))
    empty = client.post(address(policy, "equality/"), {"after": "1", "reason": "", "confirm": "1"})
    done = client.post(
        address(policy, "equality/"), {"after": "1", "reason": "It burdens nobody.", "confirm": "1"}
    )

    assert "Duties that changed since 1.2 Managers must ask twice." in words
    assert "Say why the answers still hold." in words_of(empty)
    assert done.status_code == 302
    assert Screening.objects.get(number=2).reason == "It burdens nobody."


def test_the_lead_reads_the_text_and_decides(policy, kind, sign_in):
    lead = make_role_holder("equality-lead")
    screenings.record(policy, kind, today=timezone.localdate(), negative=["Age"])
    client = sign_in(lead)
    place = address(policy, "equality/full/")

    desk = words_of(client.get("/desk/"))
    page = soup_of(client.get(place))
    seen = {name: page.find("input", {"name": name})["value"] for name in ("after", "text_sha256")}
    findings = {"mitigations": "Visits.", "consultation": "", "decision": "go on", "reason": "Mended."}
    missing = client.post(place, {**seen, **findings})
    done = client.post(place, {**seen, **findings, "consultation": "Age network."}, follow=True)
    again = client.post(place, {**seen, **findings, "consultation": "Age network."}, follow=True)

    assert "Lone working policy" in desk and "Read and assess" in desk
    assert "Staff must tell the named nurse the same day." in page.get_text()
    assert "Enter who was asked and what they said." in words_of(missing)
    assert "Mended." in words_of(missing)
    assert "The full assessment is finished. The author has been told." in words_of(done)
    assert "finished this assessment already: go on with this text." in words_of(again)
    assert FullAssessment.objects.get().decided_by_id == lead.pk
    assert "Lone working policy" not in words_of(client.get("/desk/"))


def test_a_lead_sees_the_draft_only_while_it_is_theirs(policy, kind, sign_in):
    lead = make_role_holder("equality-lead")
    client = sign_in(lead)
    places = [f"/policy/{policy.pk}/draft/", address(policy), address(policy, "equality/")]

    before = [client.get(place).status_code for place in places]
    screenings.record(policy, kind, negative=["Age"])
    during = [client.get(place).status_code for place in places]
    screenings.conclude(policy, kind, actor=lead)
    make.issue(policy)
    after = [client.get(place).status_code for place in places]

    assert (before, during, after) == ([404] * 3, [200] * 3, [404] * 3)


def test_a_lead_does_not_record_or_submit(policy, kind, sign_in):
    lead = make_role_holder("equality-lead")
    screenings.record(policy, kind, negative=["Age"])
    client = sign_in(lead)

    assert client.post(address(policy, "equality/"), typed(kind, after="1")).status_code == 404
    assert client.post(f"/policy/{policy.pk}/submit/", {"change_note": "x"}).status_code == 404
    assert "Record it anew" not in words_of(client.get(address(policy, "equality/")))
    assert Screening.objects.count() == 1


@pytest.mark.parametrize("rest", ["", "equality/", "equality/full/", "privacy/"])
def test_nobody_else_sees_or_posts_anything(policy, kind, people_by_name, sign_in, rest):
    screenings.record(policy, kind, negative=["Age"])
    people_by_name["other lead"] = make_role_holder("records-lead")

    answers = {}
    for name, user in people_by_name.items():
        client = sign_in(user)
        posted = client.post(address(policy, rest), typed(kind, after="1"))
        answers[name] = (client.get(address(policy, rest)).status_code, posted.status_code)

    closed = 405 if rest == "" else 404
    assert answers == {
        "visitor": (302, 302),
        "outsider": (404, closed),
        "partner": (404, closed),
        "staff": (404, closed),
        "other lead": (404, closed),
    }
    assert (Screening.objects.count(), FullAssessment.objects.count()) == (1, 0)


def test_members_who_decide_see_it_and_change_nothing(policy, kind, sign_in):
    today = timezone.localdate()
    screenings.record(policy, kind, today=today)
    submission = make.submit(policy, today=today)
    client = sign_in(make.members_of(submission.approving_body)[0])

    assert client.get(address(policy, "equality/")).status_code == 200
    assert client.post(address(policy, "equality/"), typed(kind, after="1")).status_code == 404


def test_a_decider_who_presses_past_a_gate_is_told_why(policy, kind, sign_in):
    today = timezone.localdate()
    screenings.record(policy, kind, today=today)
    submission = make.submit(policy, today=today)
    screenings.record(policy, kind, today=today, negative=["Age"])
    client = sign_in(make.members_of(submission.approving_body)[0])

    answer = client.post(f"/policy/{policy.pk}/decide/", {"act": "approve", "statement": "Right."})

    submission.refresh_from_db()
    assert "a negative answer waits for the full assessment by the equality lead" in words_of(answer)
    assert submission.state == "submitted"


def test_a_screening_that_does_not_exist_is_not_there(policy, sign_in):
    client = sign_in(policy.policy_owner.user)

    assert client.get(address(policy, "nothing/")).status_code == 404
    assert client.get(address(policy, "equality/full/")).status_code == 404
