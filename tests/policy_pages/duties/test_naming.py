"""Roles as texts write them."""

import pytest

from policy_pages.duties import naming


@pytest.mark.parametrize(
    ("written", "key", "aliases"),
    [
        (
            "B.6 HR Business Partners (if applicable) or HR Admin Team",
            "hr-business-partners-if-applicable-or-hr-admin-team",
            ["hr-business-partners-or-hr-admin-team", "hr-business-partner", "hr-admin-team"],
        ),
        ("3.1 Chief Nurse", "chief-nurse", ["chief-nurse"]),
        (
            "Senior Managers and Executives",
            "senior-managers-and-executives",
            ["senior-managers-and-executive"],
        ),
        ("Nurse/midwife", "nursemidwife", ["nursemidwife", "nurse", "midwife"]),
        ("Ward Managers", "ward-managers", ["ward-manager"]),
        ("  ", "e3b0c44298fc", []),
        ("護理師", "dbb50d002e8b", []),
    ],
)
def test_a_role_as_written(written, key, aliases):
    assert (naming.key_of(written), naming.aliases_of(written)) == (key, aliases)


def test_one_and_several_are_one_name():
    assert naming.alias_of("Staff nurses") == naming.alias_of("staff nurse") == "staff-nurse"
    assert naming.alias_of("Head of illness") == "head-of-illness"
