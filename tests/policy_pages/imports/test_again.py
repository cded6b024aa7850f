"""S3-04: a document for a policy that is there keeps what it can and says what it changes."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.rich_text import RichText

from kernel.lifecycle import submissions
from policy_pages import freezing
from policy_pages.dead_links import dead_links
from policy_pages.imports import accepting
from policy_pages.reports import receipts_of
from policy_pages.services import fill_placeholder
from tests.factories import imports as make
from tests.factories import policies
from tests.factories.files import make_document
from tests.factories.organisation import make_job_role

pytestmark = pytest.mark.django_db
CHANGED = make.TEXT.replace("should ring", "must ring").replace("2.1 ", "2.3 ").replace("2.2 ", "2.4 ")


@pytest.fixture
def author():
    return make.make_author()


@pytest.fixture
def policy(author):
    return make.make_imported(make.pictured("navy"), actor=author)


def ids(page):
    return [block.id for block in page.get_latest_revision_as_object().body]


def again(text, policy, author, **values):
    return make.read(make.bring(text, actor=author, policy=policy, **values))


def test_the_identical_file_changes_nothing(author, policy):
    revisions = policy.revisions.count()

    row = again(make.pictured("navy"), policy, author)

    assert row.state == "unchanged"
    assert row.receipt["refused"].startswith("No change: this file was brought in already, on ")
    assert (bool(row.file), row.blocks, policy.revisions.count()) == (False, [], revisions)


def test_another_file_with_the_same_words_changes_nothing(author, policy):
    row = again(make.pictured("navy").replace(b"</p>", b"</p>\n\n"), policy, author)

    assert (row.state, row.receipt["refused"]) == (
        "unchanged",
        "No change: same words as the present draft. Nothing was saved.",
    )


def test_the_words_of_the_version_in_force_are_named_by_its_number(author):
    body = [policies.section("Why", number="1"), policies.clause("Tell the nurse.", number="1.1")]
    policy = policies.make_policy(body=body, title="Reporting", author=author)
    policies.issue(policy)

    row = again("Reporting\n\n1 Why\n\n1.1 Tell the nurse.\n", policy, author)

    assert row.receipt["refused"] == "No change: same words as version 1.0. Nothing was saved."


def test_a_changed_document_keeps_the_ids_and_says_what_it_changes(author, policy):
    before = ids(policy)

    row = again(CHANGED, policy, author)

    assert {name: row.match[name] for name in ("with", "title", "same", "changed", "new", "gone")} == {
        "with": "the present draft",
        "title": [],
        "same": 4,
        "changed": 1,
        "new": 0,
        "gone": 1,
    }
    assert [(line["kind"], line["was_number"], line["number"]) for line in row.match["rows"]] == [
        ("same", "1", "1"),
        ("same", "1.1", "1.1"),
        ("same", "2", "2"),
        ("same", "2.1", "2.3"),
        ("changed", "2.2", "2.4"),
        ("gone", "", ""),
    ]
    assert row.receipt["numbering_map"] == dict(zip(["1", "1.1", "2", "2.3", "2.4"], before, strict=False))
    make.accept(row, actor=author)
    policy.refresh_from_db()
    assert ids(policy) == before[:5]
    assert policy.revisions.count() == 2


def test_what_an_author_set_and_no_document_carries_stays(author, policy):
    role, document = make_job_role(), make_document()
    draft = policy.get_latest_revision_as_object()
    draft.body[3].value["roles"] = [str(role.pk)]
    draft.body[1].value["text"] = RichText(
        f'<p>Staff who <a linktype="document" id="{document.pk}">work alone</a> are found early when '
        "something goes wrong.</p>"
    )
    draft.body[5].value["alt"] = "A square"
    draft.body.append(("attachment", {"title": "Form", "document": document}))
    draft.save_revision(user=author)
    policy.refresh_from_db()
    before = ids(policy)

    row = again(make.pictured("navy", text=CHANGED), policy, author)
    make.accept(row, actor=author)

    policy.refresh_from_db()
    after = policy.get_latest_revision_as_object().body
    assert [block.id for block in after] == before
    assert after[3].value["roles"] == [str(role.pk)]
    assert 'linktype="document"' in after[1].value["text"].source
    assert (after[5].value["alt"], after[5].value["image"]) == ("A square", draft.body[5].value["image"])
    assert (after[6].block_type, row.match["changed"], row.match["gone"]) == ("attachment", 1, 0)


def test_the_title_of_the_document_is_shown_and_taken(author, policy):
    row = again(CHANGED.replace("Lone working policy", "Working alone"), policy, author)

    assert row.match["title"] == ["Lone working policy", "Working alone"]
    make.accept(row, actor=author)
    policy.refresh_from_db()
    assert (policy.draft_title, policy.reference) == ("Working alone", "HR-017")


def test_a_draft_that_changed_since_is_not_overwritten(author, policy):
    row = again(CHANGED, policy, author)
    draft = policy.get_latest_revision_as_object()
    draft.body[1].value["text"] = RichText("<p>Another sentence.</p>")
    draft.save_revision(user=author)

    with pytest.raises(ValidationError, match="The draft changed after this file was compared"):
        make.accept(row, actor=author)

    row.refresh_from_db()
    assert (row.state, policy.revisions.count()) == ("ready", 2)


def test_it_is_compared_again_when_asked_and_then_accepted(author, policy):
    row = again(CHANGED, policy, author)
    draft = policy.get_latest_revision_as_object()
    draft.body[1].value["text"] = RichText("<p>Staff who work alone are found when something goes wrong.</p>")
    draft.save_revision(user=author)

    accepting.compare_again(row, actor=author, today=policies.TODAY)
    row.refresh_from_db()
    assert (row.state, row.blocks, make.queued().count(row.pk)) == ("waiting", [], 2)
    row = make.read(row)

    assert row.match["changed"] == 2
    assert make.accept(row, actor=author).state == "accepted"


def test_a_placeholder_filled_meanwhile_is_no_change_of_the_draft(author):
    policy = make.make_imported(make.TEXT + "\n2.3 Call [insert number] at once.\n", actor=author)
    row = again(CHANGED + "\n2.3 Call [insert number] at once.\n", policy, author)

    fill_placeholder(policy, actor=author, mark="insert number", value="01632 960 010")

    assert make.accept(row, actor=author).state == "accepted"


def test_a_policy_submitted_meanwhile_takes_no_draft(author, policy):
    row = again(CHANGED, policy, author)
    complete = policies.make_policy()
    draft = policies.edit(policy, body=[*policies.BODY], user=author, **control_of(complete))
    submissions.submit(draft, actor=author, today=policies.TODAY, significance="major", change_note="First.")

    with pytest.raises(ValidationError, match="waits for a decision"):
        make.accept(row, actor=author)

    assert draft.open_submission is not None


def control_of(complete):
    return {name: getattr(complete, name) for name in ("policy_owner", "approving_body", "ratifying_body")}


def test_a_locked_policy_takes_no_draft(author, policy):
    row = again(CHANGED, policy, author)
    policy.locked, policy.locked_by = True, make.make_author()
    policy.save()

    with pytest.raises(ValidationError, match="Somebody locked this policy"):
        make.accept(row, actor=author)


def test_receipts_belong_to_the_version_that_was_issued_after_them(author):
    complete = policies.make_policy(author=author)
    first = make.accept(again(CHANGED, complete, author), actor=author)
    complete.refresh_from_db()
    one = policies.issue(complete)
    second = make.accept(again(make.TEXT, complete, author), actor=author)
    third = make.accept(again(CHANGED.replace("office", "desk"), complete, author), actor=author)
    complete.refresh_from_db()
    two = policies.issue(complete, significance="minor")

    assert [row.cycle for row in (first, second, third)] == [0, 1, 1]
    assert [(row, row.version) for row in receipts_of(complete)] == [
        (third, two),
        (second, two),
        (first, one),
    ]


def linking(words: str, name: str) -> bytes:
    lines = [
        "<h1>Lone working policy</h1><h2>1 Why we have this</h2>",
        f"<p>1.1 {words} See <a href='#{name}'>the visit</a>.</p>",
        f"<h2 id='{name}'>2 Before a visit</h2><p>2.1 The nurse must tell the office where she goes.</p>",
    ]
    return f"<html><body>{''.join(lines)}</body></html>".encode()


def test_a_link_within_the_document_leads_to_the_kept_block_each_time(author):
    """S3-14: under whatever name the next file has its bookmark."""
    policy = make.make_imported(linking("Staff are found early.", "visit"), actor=author)
    target = ids(policy)[2]

    same = again(linking("Staff are found early.", "visit-2"), policy, author)
    changed = again(linking("Staff are found at once.", "_Ref9"), policy, author)
    make.accept(changed, actor=author)

    assert same.state == "unchanged"
    draft = policy.get_latest_revision_as_object()
    assert (ids(policy)[2], f'href="#{target}"' in str(draft.body[1].value["text"].source)) == (target, True)
    content = freezing.freeze(draft, filled=False).content
    assert dead_links(content) == []
    assert [row["code"] for row in changed.receipt["warnings"] if row["code"] == "dead_link"] == []
