from datetime import date

import pytest

from policy_pages import search
from tests.factories import policies as make
from tests.factories.organisation import make_agency, make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def staff():
    return make_person(user=True).user


def titles(user, text, day=TODAY):
    return [(hit.title, hit.exact) for hit in search.find(user, text, day)]


@pytest.mark.parametrize("text", ["SG-042", "sg042", "Sg 042", "sg-042"])
def test_a_reference_is_found_however_it_is_written(staff, text):
    make.issue(make.make_policy(title="Lone working", reference="SG-042"))

    assert titles(staff, text) == [("Lone working", True)]


@pytest.mark.parametrize("text", ["lone", "WORKING lone", "%", "_", "' OR 1=1 --", "[", "\\"])
def test_words_and_hostile_signs(staff, text):
    make.issue(make.make_policy(title="Lone working"))

    assert titles(staff, text) == ([("Lone working", False)] if "lone" in text.lower() else [])


def test_only_the_version_in_force_is_found(staff):
    page = make.make_policy(title="Old name")
    make.issue(page)
    make.edit(page, title="New name")
    make.issue(page, wanted_from=date(2026, 12, 1))
    make.edit(page, title="Draft name")

    assert [titles(staff, "name", day) for day in (TODAY, date(2026, 12, 1))] == [
        [("Old name", False)],
        [("New name", False)],
    ]


def test_partners_find_what_is_theirs():
    partner = make_person(user=True, agency=make_agency()).user
    for audience in ("public", "partners", "staff"):
        make.issue(make.make_policy(title=f"For {audience}", audience=audience))

    assert titles(partner, "for") == [("For partners", False), ("For public", False)]
    assert titles(None, "for") == [("For public", False)]
