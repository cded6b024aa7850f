from datetime import date

import pytest

from policy_pages import control, verifying
from policy_pages.issuing import seal_of
from policy_pages.models import PolicyVersion, ScreeningAnswer
from policy_pages.screening import attached
from tests.append_only import append_only_off
from tests.factories import policies as make
from tests.factories import screenings

pytestmark = pytest.mark.django_db
BEFORE = date(2026, 1, 5)


@pytest.fixture
def issued():
    """Version 1.0 with a negative answer that the lead let go on."""
    kind = screenings.make_kind()
    screenings.require(kind)
    policy = make.make_policy(title="Lone working policy", audience="staff")
    words = {"today": BEFORE, "assessed_on": date(2025, 12, 1), "day_known": False}
    screenings.record(policy, kind, negative=["Disability"], **words)
    screenings.conclude(policy, kind, today=BEFORE)
    return make.issue(policy, today=BEFORE)


def test_the_control_panel_names_the_assessment(issued):
    (fact,) = issued.control["screenings"]
    lead = fact["full_by"]

    assert dict(control.facts(issued, None))["Equality impact"] == (
        f"1 negative answer; full assessment by {lead}: go on with this text; Priya Nair, Ward manager, December 2025"
    )


def test_another_document_stands_in_the_control_panel():
    kind = screenings.make_kind()
    policy = make.make_policy()
    screenings.record(policy, kind, of_this_document=False, document="Patient safety plan")

    assert dict(control.facts(make.issue(policy), None))["Equality impact"] == (
        "nothing negative; Priya Nair, Ward manager, 23 November 2026; "
        "assesses another document: Patient safety plan"
    )


def test_the_seal_covers_what_the_version_carries(issued):
    found = PolicyVersion.objects.get(pk=issued.pk)
    assert seal_of(found) == found.seal
    found.control["screenings"][0]["adverse"] = 0

    assert seal_of(found) != found.seal


def test_an_altered_record_is_found_by_the_versions_that_carry_it(issued):
    assert verifying.first_fault() == ""

    with append_only_off():
        ScreeningAnswer.objects.filter(label="Disability").update(comment="Nothing.")

    assert "its screening “Equality impact” was altered or is lost" in verifying.first_fault()


def test_a_version_without_screenings_has_none_in_its_control():
    assert "screenings" not in make.issue(make.make_policy()).control


def test_readers_of_the_policy_read_its_assessment_and_nobody_else(issued, people_by_name, sign_in):
    place = f"/policy-screening/{issued.pk}/equality/"

    statuses = {name: sign_in(user).get(place).status_code for name, user in people_by_name.items()}
    page = sign_in(people_by_name["staff"]).get(issued.policy.get_url()).content.decode()
    record = sign_in(people_by_name["staff"]).get(place).content.decode()

    assert statuses == {"visitor": 302, "outsider": 404, "partner": 404, "staff": 200}
    assert place in page
    assert "Letters alone reach nobody who cannot read them." in record
    assert "Large print and an interpreter." in record


def test_a_version_shows_the_record_of_its_day(issued, people_by_name, sign_in):
    kind = screenings.make_kind()
    screenings.record(issued.policy, kind, reviewer_name="Later Reviewer")

    client = sign_in(people_by_name["staff"])

    assert "Later Reviewer" not in client.get(f"/policy-screening/{issued.pk}/equality/").content.decode()
    assert client.get(f"/policy-screening/{issued.pk}/privacy/").status_code == 404
    assert client.get("/policy-screening/999999/equality/").status_code == 404


def test_the_front_sheet_tells_what_was_found():
    kind = screenings.make_kind()
    screenings.require(kind)
    policy = make.make_policy()
    screenings.record(policy, kind)

    assert attached.lines(policy.get_latest_revision_as_object()) == [
        ("Equality impact", "nothing negative; Priya Nair, Ward manager, 23 November 2026")
    ]


def test_the_front_sheet_tells_what_stands_open():
    screenings.require(screenings.make_kind())

    assert attached.lines(make.make_policy().get_latest_revision_as_object()) == [
        ("Equality impact", "Not recorded yet.")
    ]
