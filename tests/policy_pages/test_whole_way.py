"""From an empty page to 1.0, one clause changed, 1.1, and 1.0 reads as it was: all through the test client."""

import pytest
from django.utils import timezone

from kernel.organisation.models import StaffProfile
from policy_pages.models import PolicyVersion
from tests.factories import policies as make

pytestmark = pytest.mark.django_db


def press(sign_in, user, page, act, **values):
    return sign_in(user).post(f"/policy/{page.pk}/decide/", {"act": act, **values})


def issue_on_screen(sign_in, page, **fields):
    day = timezone.localdate()
    parts = {"day": day.day, "month": day.month, "year": day.year}
    dates = {f"{n}_{part}": value for n in ("meeting_on", "in_force_from") for part, value in parts.items()}
    body = page.ratifying_body
    there = [user.staff_profile.pk for user in make.seated(body, "member")]
    sign_in(page.policy_owner.user).post(f"/policy/{page.pk}/submit/", fields)
    press(sign_in, make.members_of(page.approving_body)[0], page, "approve")
    minute = {"minute_reference": "B 4", "outcome": "ratify", "present": there, **dates}
    press(sign_in, make.seated(body, "secretary")[0], page, "minute", **minute)
    press(sign_in, make.seated(body, "chair")[0], page, "confirm")
    return PolicyVersion.objects.newest_first().first()


def test_from_an_empty_page_to_a_second_version(sign_in, people_by_name):
    page = make.make_meeting_policy(body=[make.section("Duty"), make.clause("Staff should tell.")])
    first = issue_on_screen(sign_in, page, change_note="First issue.")
    make.edit(page, body=[make.section("Duty"), make.clause("Staff must tell.")])
    second = issue_on_screen(sign_in, page, change_note="Clause 1.1 is a must.", significance="minor")
    reader = sign_in(people_by_name["staff"])
    now, old = (reader.get(f"/policies/{page.slug}/{end}").content.decode() for end in ("", "v/1.0/"))

    assert (first.number, second.number) == ("1.0", "1.1")
    assert ("Staff must tell." in now, "Staff should tell." in now) == (True, False)
    assert ("Staff must tell." in old, "Staff should tell." in old) == (False, True)
    assert "Do not follow this version" in old
    for name in ("Reference", "Approved by", "Ratified by", "minute B 4", "Clause 1.1 is a must."):
        assert name in now
    assert StaffProfile.objects.filter(name=second.issued_by_name).exists()
