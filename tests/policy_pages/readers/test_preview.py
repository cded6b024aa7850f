"""Section 4 number 3: what a change asks of whom, before it is submitted."""

from datetime import date

import pytest
from wagtail.rich_text import RichText

from policy_pages.readers import calls
from policy_pages.readers.asked import of_reader
from policy_pages.readers.preview import preview
from tests.factories.organisation import make_job_role
from tests.factories.policies import approve, clause, issue, make_policy, section, sign
from tests.factories.reading import make_reader, make_rule

pytestmark = pytest.mark.django_db
DAY, LATER = date(2026, 11, 2), date(2026, 11, 23)


def _policy(manager):
    body = [section("Duties"), clause("Staff should check the trolley.", roles=[str(manager.pk)])]
    page = make_policy(body=body)
    make_rule(page)
    issue(page, today=DAY)
    return page


def _reword(page):
    """The same clauses with their permanent ids, one of them stronger."""
    draft = page.get_latest_revision_as_object()
    draft.body[1].value["text"] = RichText("<p>Staff must check the trolley.</p>")
    draft.save_revision(user=page.latest_revision.user)
    page.refresh_from_db()


def test_changed_clauses_propose_their_job_roles():
    manager = make_job_role(name="Ward manager")
    page, one = _policy(manager), make_reader(job_role=manager)
    make_reader()
    _reword(page)

    found = preview(page, "major", [manager.pk], LATER)

    assert (found.proposal, found.everybody, found.again, found.names) == ("roles", 2, 1, (one.name,))
    assert [(role.name, role.clauses, role.people) for role in found.roles] == [("Ward manager", ("1.1",), 1)]
    assert preview(page, "minor", [], LATER).again == 0
    assert preview(page, "major", [], LATER).again == 2


def test_only_holders_of_the_chosen_job_roles_are_asked_again():
    manager = make_job_role()
    page, one, other = _policy(manager), make_reader(job_role=manager), make_reader()
    _reword(page)
    words = {"significance": "major", "change_note": "Stronger."}
    submission = calls.submit(
        page, actor=page.policy_owner.user, today=LATER, asks="roles", roles=[manager.pk], **words
    )
    sign(approve(submission, today=LATER), today=LATER)

    (row,), (old,) = of_reader(one.pk, LATER), of_reader(other.pk, LATER)

    assert (row.number, row.due) == ("2.0", date(2026, 12, 21))
    assert (old.number, old.due) == ("2.0", date(2026, 11, 30))
