from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tests.factories import policies as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"reference": None}, "Enter the reference."),
        ({"policy_owner": None}, "Choose the owner."),
        ({"approving_body": None}, "Choose the body that approves it."),
        ({"ratifying_body": None}, "Choose the body that ratifies it."),
        ({"audience": "groups"}, "Choose the staff groups that may read it."),
        ({"body": []}, "Write at least one clause."),
        ({"body": [make.section("Alone")]}, "Write at least one clause."),
        ({"body": [make.clause("<b> </b>")]}, "1: the clause has no words."),
        (
            {"body": [*make.BODY, ("attachment", {"title": "A", "document": None})]},
            "A figure or attachment has no file.",
        ),
    ],
)
def test_each_missing_thing_is_named(values, problem):
    assert make.make_policy(**values).problems() == [problem]


def test_a_complete_draft_has_no_problems():
    assert make.make_policy().problems() == []


def test_of_two_drafts_with_one_reference_the_first_issued_has_it():
    first, second = make.make_policy(), make.make_policy()
    make.edit(first, reference="SG-042")
    with pytest.raises(ValidationError, match="already exists"):
        make.edit(second, reference="SG-042")
    draft = second.get_latest_revision_as_object()
    draft.reference = "SG-042"
    draft.save_revision(clean=False)
    make.issue(first, wanted_from=date(2026, 12, 1))

    second.refresh_from_db()
    assert second.reference != "SG-042"
    assert second.get_latest_revision_as_object().problems() == [
        "The reference SG-042 belongs to another policy."
    ]


def test_a_reference_once_issued_stays_with_its_policy():
    first = make.make_policy(reference="SG-042")
    make.issue(first)
    make.edit(first, reference="SG-043")
    make.issue(first)

    assert make.make_policy(reference="SG-042").problems() == [
        "The reference SG-042 belongs to another policy."
    ]


ODD_REFERENCES = ["SG/042", "SG 042", "SG_042", "SG?042", "SG-042\x07", "SÖ-042", ".", ".."]


@pytest.mark.parametrize("reference", ODD_REFERENCES)
def test_a_reference_that_fits_no_address_is_refused(reference):
    with pytest.raises(ValidationError) as refusal:
        make.make_policy(reference=reference)

    assert "letters A to Z, digits, dots and hyphens alone" in refusal.value.message_dict["reference"][0]


@pytest.mark.parametrize("reference", ["sg.042", "X" * 30])
def test_a_reference_that_fits_leads_to_its_policy(reference):
    page = make.make_policy(reference=reference, audience="public")
    make.issue(page, today=date(2024, 1, 8))

    assert page.problems() == []
    assert Client().get(f"/p/{page.reference}/").headers["Location"] == page.url


def test_an_odd_reference_of_old_is_named():
    page = make.make_policy()
    page.reference = "SG/042"

    assert page.problems() == [
        "The reference SG/042 cannot stand in an address. Use letters A to Z, digits, dots and hyphens alone."
    ]
