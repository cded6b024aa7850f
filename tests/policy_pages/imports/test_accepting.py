import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from wagtail.images import get_image_model
from wagtail.models import GroupCollectionPermission

from kernel.audit.models import AuditEntry
from kernel.lifecycle.models import Authorship, Submission
from kernel.lifecycle.moves import IllegalMove
from policy_pages import freezing
from policy_pages.imports import accepting
from policy_pages.models import ImportPicture, PolicyImport, PolicyPage
from tests.factories import imports as make
from tests.factories import policies
from tests.factories.organisation import make_person

pytestmark = pytest.mark.django_db
PICTURED = make.pictured("navy", "navy", "red")
LOSSY = make.lossy()


@pytest.fixture
def author():
    return make.make_author()


def test_an_accepted_document_is_a_draft_of_a_new_policy(author):
    row = make.accept(make.read(make.bring(actor=author)), actor=author)

    page = PolicyPage.objects.get()
    draft = page.get_latest_revision_as_object()
    assert (row.state, row.policy_id, row.cycle, row.decided_by_id) == ("accepted", page.pk, 0, author.pk)
    assert (page.title, page.slug, page.reference) == ("Lone working policy", "lone-working-policy", "HR-017")
    assert (page.live, page.audience, page.owner, page.latest_revision.user) == (
        False,
        "staff",
        author,
        author,
    )
    assert page.get_parent().specific == policies.make_library()
    assert [(block.block_type, block.id) for block in draft.body] == [
        (b["type"], b["id"]) for b in row.blocks
    ]
    assert freezing.freeze(draft).content["blocks"][3] == {
        "type": "clause",
        "id": row.receipt["numbering_map"]["2.1"],
        "number": "2.1",
        "heading": "",
        "html": "<p>The nurse must tell the office where she goes and when she comes back.</p>",
        "text": "The nurse must tell the office where she goes and when she comes back.",
        "force": "must",
        "roles": [],
    }
    assert Submission.objects.count() == 0


def test_the_trail_holds_the_digest_of_the_receipt(author):
    row = make.accept(make.read(make.bring(actor=author)), actor=author)

    entry = AuditEntry.objects.get(action="policies.accept_import")
    assert row.receipt_sha256 == freezing.digest_of(row.receipt)
    assert (entry.target_type, entry.target_id) == ("policy_pages.policypage", str(row.policy_id))
    assert entry.facts == {
        "import": row.pk,
        "file": row.sha256,
        "receipt": row.receipt_sha256,
        "cycle": 0,
        "lost": 0,
    }


def test_who_brought_it_is_an_author_too(author):
    other = make.make_author()
    row = make.read(make.bring(actor=other))

    make.accept(row, actor=author)

    assert set(Authorship.objects.values_list("user_id_copy", flat=True)) == {author.pk, other.pk}


def test_a_second_press_gives_the_first_result(author):
    row = make.read(make.bring(actor=author))
    first = make.accept(row, actor=author)

    again = make.accept(row, actor=author)

    assert (again.policy_id, again.decided_at) == (first.policy_id, first.decided_at)
    assert (
        PolicyPage.objects.count(),
        AuditEntry.objects.filter(action="policies.accept_import").count(),
    ) == (1, 1)


def test_slug_and_reference_are_free(author):
    policies.make_policy(slug="lone-working-policy", reference="HR-017")

    row = make.read(make.bring(actor=author))
    page = make.accept(row, actor=author).policy

    assert (page.slug, page.reference) == ("lone-working-policy-2", None)
    (warning,) = [told for told in row.receipt["warnings"] if told["code"] == "reference"]
    assert warning["where"] == "paragraph 2"
    assert "belongs to" in warning["message"]


@pytest.mark.parametrize(
    ("line", "reference"),
    [
        ("Policy ref: sg-042", "SG-042"),
        ("Document number: CP12", "CP12"),
        ("Reference: ", None),
        ("Reference: A B/C", None),
        ("Referred to: HR-017", None),
    ],
)
def test_a_reference_is_taken_as_stated_if_it_fits(author, line, reference):
    page = make.make_imported(make.TEXT.replace("Reference: HR-017", line), actor=author)

    assert page.reference == reference


def test_a_title_without_latin_letters_still_has_an_address(author):
    page = make.make_imported(make.TEXT.replace("Lone working policy", "安全政策"), actor=author)

    assert (page.title, page.slug) == ("安全政策", "policy")


UNTITLED = b"<html><p>1.1 Staff who work alone are found early.</p></html>"


@pytest.mark.parametrize(
    ("values", "title"), [({}, "fire-safety v4"), ({"title": " Fire safety policy "}, "Fire safety policy")]
)
def test_a_document_without_a_title_is_called_after_its_file_until_somebody_enters_one(author, values, title):
    row = make.read(make.bring(UNTITLED, actor=author, name="fire-safety v4.html"))

    page = make.accept(row, actor=author, **values).policy

    assert page.title == title
    assert (row.receipt["title"], row.receipt["warnings"][-1]["code"]) == ("", "no_title")


def test_a_title_too_long_is_refused_at_its_field(author):
    row = make.read(make.bring(UNTITLED, actor=author))

    with pytest.raises(ValidationError) as refusal:
        make.accept(row, actor=author, title="x" * 256)

    assert list(refusal.value.error_dict) == ["title"]


def test_the_next_text_without_a_title_keeps_the_title(author):
    policy = make.make_imported(actor=author)

    make.accept(make.read(make.bring(UNTITLED, actor=author, policy=policy)), actor=author)

    policy.refresh_from_db()
    assert policy.draft_title == "Lone working policy"


def test_pictures_become_images_each_once(author, stored):
    page = make.make_imported(PICTURED, actor=author)

    images = list(get_image_model().objects.order_by("pk"))
    figures = [block.value["image"] for block in page.body if block.block_type == "figure"]
    assert figures == [images[0], images[0], images[1]]
    assert {image.uploaded_by_user for image in images} == {author}
    assert ImportPicture.objects.count() == 0
    assert "Enter the reference." not in page.problems()


@pytest.mark.django_db(transaction=True)
def test_of_an_accepted_document_file_and_images_stay_and_no_more(stored):
    row = make.read(make.bring(PICTURED, actor=make.make_author()))
    author = make.make_author()

    make.accept(row, actor=author)

    assert [name.split("/")[0] for name in stored()] == ["imports", "original_images", "original_images"]


def test_pictures_want_the_right_to_add_images(author, stored):
    row = make.read(make.bring(PICTURED, actor=author))
    GroupCollectionPermission.objects.all().delete()
    before = stored()

    with pytest.raises(PermissionDenied, match="may not add images"):
        make.accept(row, actor=author)

    assert (PolicyPage.objects.count(), get_image_model().objects.count(), stored()) == (0, 0, before)


@pytest.mark.parametrize("reason", ["", "  "])
def test_lost_words_need_a_reason(author, reason):
    row = make.read(make.bring(LOSSY, actor=author))
    assert row.lost == 2

    with pytest.raises(ValidationError, match="2 words did not come through") as refusal:
        make.accept(row, actor=author, losses_reason=reason)

    assert list(refusal.value.error_dict) == ["losses_reason"]
    assert PolicyPage.objects.count() == 0
    row.refresh_from_db()
    assert row.state == "ready"


def test_losses_are_accepted_by_name_with_a_reason(author):
    row = make.read(make.bring(LOSSY, actor=author))

    row = make.accept(row, actor=author, losses_reason=" A list of printers. ")

    assert (row.losses_reason, row.losses_by_id, row.losses_by_name) == (
        "A list of printers.",
        author.pk,
        author.staff_profile.name,
    )


def test_a_reason_without_losses_is_not_kept(author):
    row = make.accept(make.read(make.bring(actor=author)), actor=author, losses_reason="None were lost.")

    assert (row.losses_reason, row.losses_by_id) == ("", None)


def test_the_database_takes_no_loss_in_silence(author):
    row = make.read(make.bring(actor=author))
    whole = {
        "state": "accepted",
        "policy": policies.make_policy(),
        "cycle": 0,
        "receipt_sha256": "0" * 64,
        "decided_by_id": author.pk,
        "decided_at": row.brought_at,
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyImport.objects.filter(pk=row.pk).update(**whole, lost=3)

    assert PolicyImport.objects.filter(pk=row.pk).update(**whole) == 1


@pytest.mark.parametrize(
    "act", [make.accept, lambda row, actor: accepting.discard(row, actor=actor, today=None)]
)
def test_nobody_else_decides(author, act):
    row = make.read(make.bring(actor=author))
    reader = make_person(user=True).user

    with pytest.raises(PermissionDenied, match="Policy authors bring documents"):
        act(row, actor=reader)

    row.refresh_from_db()
    assert (row.state, PolicyPage.objects.count()) == ("ready", 0)
    assert AuditEntry.objects.filter(refused=True).count() == 1


def test_an_author_who_left_decides_nothing(author):
    row = make.read(make.bring(actor=author))
    author.is_active = False
    author.save()

    with pytest.raises(PermissionDenied):
        make.accept(row, actor=author)


@pytest.mark.parametrize("name", ["waiting", "refused", "discarded"])
def test_only_what_was_read_is_accepted(author, name):
    row = make.bring(actor=author, name="a.pdf" if name == "refused" else "a.txt")
    if name == "refused":
        make.read(row)
    if name == "discarded":
        accepting.discard(row, actor=author, today=policies.TODAY)

    with pytest.raises(IllegalMove):
        make.accept(row, actor=author)

    assert PolicyPage.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_discarded_document_leaves_a_line_and_nothing_else(stored):
    author = make.make_author()
    row = make.read(make.bring(PICTURED, actor=author))

    accepting.discard(row, actor=author, today=policies.TODAY)
    accepting.discard(row, actor=author, today=policies.TODAY)

    row.refresh_from_db()
    assert (row.state, row.name, row.receipt, row.blocks, bool(row.file)) == (
        "discarded",
        "lone-working.html",
        {},
        [],
        False,
    )
    assert (stored(), ImportPicture.objects.count(), get_image_model().objects.count()) == ([], 0, 0)
    assert AuditEntry.objects.filter(action="policies.discard_import").count() == 1


def test_an_accepted_document_is_not_discarded(author):
    row = make.accept(make.read(make.bring(actor=author)), actor=author)

    with pytest.raises(IllegalMove):
        accepting.discard(row, actor=author, today=policies.TODAY)


@pytest.mark.parametrize("state", ["accepted", "discarded"])
def test_a_decided_row_is_frozen_in_the_database(author, state):
    row = make.read(make.bring(actor=author))
    (make.accept if state == "accepted" else accepting.discard)(
        row, actor=author, **({} if state == "accepted" else {"today": None})
    )

    for change in (lambda rows: rows.update(name="other"), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError, match="added and never changed"), transaction.atomic():
            change(PolicyImport.objects.filter(pk=row.pk))


def test_an_open_row_is_not_deleted_either(author):
    make.bring(actor=author)

    with pytest.raises(IntegrityError, match="added and never changed"), transaction.atomic():
        PolicyImport.objects.all().delete()


def test_the_row_outlives_the_draft_that_was_deleted(author):
    row = make.accept(make.read(make.bring(actor=author)), actor=author)

    row.policy.delete()

    assert PolicyImport.objects.get().policy_id == row.policy_id


def test_the_library_that_is_gone_is_told(author):
    row = make.read(make.bring(actor=author))
    superuser = make_person(user=True).user
    superuser.is_superuser = True
    superuser.save()
    policies.make_library().delete()

    with pytest.raises(PermissionDenied):
        make.accept(row, actor=superuser)
