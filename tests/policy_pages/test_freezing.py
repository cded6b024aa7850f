"""The exact text: what is hashed is what is approved, issued and shown."""

import json
from datetime import date

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from policy_pages import freezing, verifying
from policy_pages.models import Placeholder
from tests.factories import policies as make
from tests.factories.organisation import make_job_role, make_staff_group

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def blocks(*body, **values):
    return freezing.freeze(make.make_policy(body=body, **values)).content["blocks"]


def numbers(*body):
    return [block["number"] for block in blocks(*body)]


def test_sections_and_clauses_are_counted():
    section, clause = make.section, make.clause
    body = [
        section("One"),
        clause("a"),
        clause("b"),
        section("Below", level="2"),
        clause("c"),
        section("Deeper", level="3"),
        clause("d"),
        section("Two"),
        clause("e"),
        ("appendix", {"number": "Appendix A", "title": "Forms"}),
        clause("f"),
    ]

    assert numbers(*body) == "1 1.1 1.2 1.1 1.1.1 1.1.1 1.1.1.1 2 2.1".split() + ["Appendix A", "A.1"]


def test_written_numbers_are_kept_as_written():
    body = [
        make.section("Three", number="3.0"),
        make.clause("a"),
        make.clause("b", number="3.9"),
        make.clause("c"),
    ]

    assert numbers(*body) == ["3.0", "3.1", "3.9", "3.3"]


def test_what_has_no_number_gets_none_and_moves_nothing():
    """S3-12: an imported clause without a number stays so; one that an author adds is counted."""
    section, clause = make.section, make.clause
    body = [
        section("Care", number="6.0"),
        clause("a", number="-"),
        clause("b"),
        section("No number", number="-"),
        clause("c", number="-"),
        section("End", number="7.0"),
        clause("d"),
        section("Counted"),
    ]

    assert numbers(*body) == ["6.0", "", "6.1", "", "", "7.0", "7.1", "3"]


def test_five_levels_are_counted():
    body = [make.section(f"Level {level}", level=str(level)) for level in (1, 2, 3, 4, 5, 5, 4)]

    assert numbers(*body) == ["1", "1.1", "1.1.1", "1.1.1.1", "1.1.1.1.1", "1.1.1.1.2", "1.1.1.2"]


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("Appendix 1", "A1.1"),
        ("Schedule 2b", "S2b.1"),
        ("annex 3", "A3.1"),
        ("1", "A1.1"),
        ("Appendix A", "A.1"),
        ("Appendix A1", "A1.1"),
        ("", "1"),
    ],
)
def test_clauses_of_an_appendix_say_so(label, number):
    body = [
        make.section("One"),
        make.clause("a"),
        ("appendix", {"number": label, "title": "T"}),
        make.clause("b"),
    ]

    assert numbers(*body)[1::2] == ["1.1", number]


def test_no_counted_number_is_given_twice():
    appendix = ("appendix", {"number": "Appendix A", "title": "Forms"})
    body = [
        make.clause("before all sections"),
        make.section("Three", number="3"),
        make.clause("a"),
        make.section("Three again", number="3"),
        make.clause("b"),
        make.clause("written", number="3.3"),
        make.clause("c"),
        appendix,
        make.clause("d"),
        appendix,
        make.clause("e"),
        ("appendix", {"number": "", "title": "Without a label"}),
        make.clause("f"),
    ]
    clauses = [block["number"] for block in blocks(*body) if block["type"] == "clause"]

    assert clauses == ["1", "3.1", "3.2", "3.3", "3.4", "A.1", "A.2", "2"]


def test_numbers_written_twice_are_kept_as_written():
    assert numbers(make.clause("a", number="18.1"), make.clause("b", number="18.1")) == ["18.1", "18.1"]


def test_clauses_without_a_section_are_counted():
    assert numbers(make.clause("a"), make.clause("b")) == ["1", "2"]


@pytest.mark.parametrize(
    ("words", "force"),
    [
        ("Staff must tell.", "must"),
        ("You should, and sometimes MUST, tell.", "must"),
        ("You should or may tell.", "should"),
        ("You may tell.", "may"),
        ("It was told.", ""),
        ("Mustard and shoulders, maybe.", ""),
        ("You MUST.", "must"),
    ],
)
def test_force_is_read_from_whole_words(words, force):
    assert freezing.force_of(words) == force


def test_ids_of_clauses_survive_edits_and_renumbering():
    page = make.make_policy(body=[make.section("One"), make.clause("a"), make.clause("b")])
    before = {b["text"]: b["id"] for b in freezing.freeze(page).content["blocks"] if b["type"] == "clause"}
    draft = page.get_latest_revision_as_object()
    new = {"type": "section", "value": {"number": "", "title": "New", "level": "1"}}
    draft.body = json.dumps([new, *reversed(draft.body.get_prep_value())])
    draft.save_revision(user=make.author_of(page))
    page.refresh_from_db()

    frozen = freezing.freeze(page.get_latest_revision_as_object()).content["blocks"]
    after = {b["text"]: b["id"] for b in frozen if b["type"] == "clause"}
    assert (after, set(before) == set(after)) == (before, True)


def test_digest_is_the_same_for_the_same_text_and_another_for_any_change():
    page = make.make_policy(body=[make.clause("Tell.")])
    first = page.get_latest_revision_as_object()
    changes = [
        {"title": "Other"},
        {"reference": "XX-1"},
        {"audience": "public"},
        {"document_type": "procedure"},
        {"body": [make.clause("Tell!")]},
        {"body": [make.clause("Tell.", heading="Duty")]},
    ]
    digests = [first.text_digest(), page.get_latest_revision_as_object().text_digest()]
    for change in changes:
        draft = page.get_latest_revision_as_object()
        for name, value in change.items():
            setattr(draft, name, value)
        digests.append(draft.text_digest())

    assert digests[0] == digests[1]
    assert len(set(digests)) == 1 + len(changes)


def test_hostile_text_is_cleaned_before_it_is_frozen():
    (block,) = blocks(
        make.clause(
            '<script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">go</a>'
            '<b onclick="x()">bold</b><iframe src="//evil.example"></iframe><svg onload=x></svg>'
        )
    )

    html = block["html"].lower()
    for mark in ("<script", "onerror", "javascript:", "onclick", "<iframe", "<svg", "<img"):
        assert mark not in html
    assert "bold" in html


def test_roles_are_named_and_a_deleted_one_is_left_out():
    role, gone = make_job_role(name="Named nurse"), make_job_role()
    page = make.make_policy(body=[make.clause("Tell.", roles=[str(role.pk), str(gone.pk)])])
    pk = role.pk
    gone.delete()

    assert freezing.freeze(page).content["blocks"][0]["roles"] == [{"id": pk, "name": "Named nurse"}]


def make_image():
    return get_image_model().objects.create(title="Ladder", file=get_test_image_file("ladder.png"))


def make_document(text=b"first"):
    file = ContentFile(text, name="form.txt")
    return get_document_model().objects.create(title="Form", file=file)


def shown_policy():
    image, document = make_image(), make_document()
    link = f'see <a linktype="document" id="{document.pk}">the form</a>'
    body = [
        *make.BODY,
        make.clause(link),
        ("figure", {"image": image, "alt": "A ladder", "caption": ""}),
        ("attachment", {"document": document, "title": "Form"}),
    ]
    return make.make_policy(body=body), image, document


def test_an_issued_version_keeps_the_files_it_shows(django_capture_on_commit_callbacks):
    page, image, document = shown_policy()
    version = make.issue(page)
    kept = {row.name: row.file.read() for row in version.files.all()}
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
        document.delete()

    names = {name: data[:5] for name, data in kept.items()}
    assert sorted(data == b"first" for data in names.values()) == [False, True]
    assert verifying.first_fault() == ""
    assert {row.file.open("rb").read() for row in version.files.all()} == set(kept.values())


def test_a_file_altered_on_disk_is_found():
    page, _image, _document = shown_policy()
    version = make.issue(page)
    row = version.files.first()
    with open(row.file.path, "wb") as stream:
        stream.write(b"altered")

    assert row.sha256 in verifying.first_fault()


@pytest.mark.parametrize("change", ["replaced", "deleted"])
def test_a_file_changed_after_the_submission_stops_the_decision(change):
    page, _image, document = shown_policy()
    submission = make.submit(page)
    if change == "deleted":
        document.delete()
    else:
        document.file.save("form.txt", ContentFile(b"second"))

    with pytest.raises(Exception, match="changed after it was submitted"):
        make.approve(submission)


def test_a_link_to_a_policy_goes_to_its_short_address():
    target = make.make_policy(reference="SG-042")
    make.issue(target)

    (block,) = blocks(make.clause(f'see <a linktype="page" id="{target.pk}">that</a>'))

    assert 'href="/p/SG-042/"' in block["html"]


def test_named_groups_belong_to_the_text():
    group = make_staff_group()
    page = make.make_policy(audience="groups", audience_groups=[group])

    assert freezing.freeze(page.get_latest_revision_as_object()).content["audience_groups"] == [group.pk]


def test_a_placeholder_filled_anew_changes_the_digest():
    Placeholder.objects.create(key="trust name", value="Fenbrook")
    page = make.make_policy(body=[make.clause("At [trust name] you must tell.")])
    before = page.text_digest()
    Placeholder.objects.update(value="Fenbrook & Marsh")

    assert page.text_digest() != before
