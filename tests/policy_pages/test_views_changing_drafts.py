"""What a draft would change, for those who see the draft. The days lie in the past."""

import pytest

from tests.factories import policies as make
from tests.factories.organisation import make_agency, make_body, make_person
from tests.policy_pages.changing import FAR, MARK, SECOND, reword, two_versions, words

pytestmark = pytest.mark.django_db


def draft_address(page) -> str:
    return f"/policy/{page.pk}/changes/"


def test_deciders_see_what_the_waiting_text_changes(sign_in):
    page = two_versions()
    reword(page, 2, f"Staff must feed the {MARK} twice.")
    submission = make.submit(page)
    (approver,) = make.members_of(submission.approving_body)
    client = sign_in(approver)

    answer = client.get(draft_address(page))

    said = words(answer)
    assert "From version 2.0 (from 3 June 2024) to the text that waits for a decision." in said
    assert "Stronger 1.2 should → became MUST for everyone" in said
    assert f'href="{draft_address(page)}"' in client.get(f"/policy/{page.pk}/decide/").content.decode()


def test_the_author_sees_it_before_submitting(sign_in):
    page = two_versions()
    reword(page, 2, f"Staff may feed the {MARK}.")
    client = sign_in(page.policy_owner.user)

    said = words(client.get(draft_address(page)))

    assert "From version 2.0 (from 3 June 2024) to the draft as it stands." in said
    assert "1 weaker; 2 clauses the same." in said
    for name in ("draft", "submit", "history"):
        assert f'href="{draft_address(page)}"' in client.get(f"/policy/{page.pk}/{name}/").content.decode(), (
            name
        )


def test_a_draft_is_compared_with_the_version_in_force_or_a_chosen_one(sign_in):
    page = two_versions()
    reword(page, 2, f"Staff may feed the {MARK}.")
    make.issue(page, today=SECOND, wanted_from=FAR)
    client = sign_in(page.policy_owner.user)

    found = [client.get(draft_address(page), {"against": number}) for number in ("", "3.0", "1.0", "8.8")]

    assert [answer.context["against"].number for answer in found] == ["2.0", "3.0", "1.0", "2.0"]
    assert "Nothing that a reader sees has changed." in words(found[1])
    assert "There is no version 8.8. Choose from the list." in words(found[3])


def test_a_partner_who_decides_compares_with_the_version_in_force_alone(sign_in):
    """The older one is for staff; that the text in force is replaced is what the partner decides on."""
    partner = make_person(user=True, agency=make_agency())
    page = two_versions("staff", approving_body=make_body(members=[partner], quorum=1))
    reword(page, 2, f"Staff must feed the {MARK} twice.")
    make.submit(page)
    client = sign_in(partner.user)

    found = [client.get(draft_address(page), {"against": number}) for number in ("2.0", "1.0")]

    assert [[row.number for row in answer.context["versions"]] for answer in found] == [["2.0"], ["2.0"]]
    assert "There is no version 1.0. Choose from the list." in words(found[1])
    assert "Stronger 1.2" in words(found[1])


def test_a_first_draft_is_new_all_over(sign_in):
    page = make.make_policy()

    said = words(sign_in(page.policy_owner.user).get(draft_address(page)))

    assert "No version has been issued yet: all of this text would be new." in said


@pytest.mark.parametrize(
    ("who", "status"), [("visitor", 302), ("outsider", 404), ("partner", 404), ("staff", 404)]
)
def test_the_changes_of_a_draft_are_for_those_who_see_the_draft(people_by_name, sign_in, who, status):
    page = two_versions("public")
    reword(page, 2, "Nobody may know of this yet.")
    make.submit(page)

    assert sign_in(people_by_name[who]).get(draft_address(page)).status_code == status
