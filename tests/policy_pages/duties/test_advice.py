"""Authors are told of a duty without a role; it stops nothing."""

import pytest

from policy_pages.duties import advice
from tests.factories import organisation
from tests.factories import policies as make
from tests.factories.frozen import make_clause, make_content


def test_a_must_without_a_role_is_named():
    content = make_content(
        make_clause("1.1", "You must go."),
        make_clause("1.2", "You must stay.", roles=[(3, "Porter")]),
        make_clause("1.3", "You should wave."),
        make_clause("", "You must sing."),
    )

    assert advice.of(content) == [
        "1.1 says must and names no job role: it is for everyone.",
        "A clause without a number says must and names no job role: it is for everyone.",
    ]


def test_a_long_text_is_not_listed_whole():
    words = advice.of(make_content(*[make_clause(f"1.{n}", "You must go.") for n in range(13)]))

    assert (len(words), words[-1]) == (11, "And 3 more clauses.")


@pytest.mark.django_db
def test_draft_and_editor_say_it_and_the_text_is_submitted_all_the_same(sign_in):
    words = "1 says must and names no job role: it is for everyone."
    page = make.make_policy(body=[make.clause("You must go.")])
    assert page.problems() == []

    assert words in sign_in(page.policy_owner.user).get(f"/policy/{page.pk}/draft/").content.decode()
    admin = organisation.make_person(user=True).user
    admin.is_superuser = True
    admin.save()
    assert words in sign_in(admin).get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert make.submit(page).state == "submitted"
