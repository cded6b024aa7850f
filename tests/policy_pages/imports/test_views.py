import json
import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from policy_pages.models import PolicyImport, PolicyPage
from tests.factories import imports as make
from tests.factories import policies
from tests.factories.accounts import make_user
from tests.factories.organisation import make_role_holder

pytestmark = pytest.mark.django_db
BRING = "/admin/policy-imports/bring/"
LOSSY = make.lossy()


@pytest.fixture
def author():
    return make.make_author()


def upload(text=make.TEXT, name=""):
    return SimpleUploadedFile(name or make.name_of(text), make.bytes_of(text))


def address(row, more=""):
    return f"/admin/policy-imports/{row.pk}/{more}"


def test_from_the_file_to_the_draft(author, sign_in):
    client = sign_in(author)

    brought = client.post(BRING, {"file": upload()})
    row = PolicyImport.objects.get()
    assert brought.headers["Location"] == address(row)
    assert "Waiting to be read." in client.get(address(row)).content.decode()
    make.read(row)
    shown = client.get(address(row)).content.decode()
    accepted = client.post(address(row), {"act": "accept"})

    page = PolicyPage.objects.get()
    assert "The nurse must tell the office where she goes" in shown
    assert "Nothing is saved yet." in shown
    assert accepted.headers["Location"] == f"/policy/{page.pk}/draft/"
    assert "Accepted: it is a draft now." in client.get(f"/policy/{page.pk}/draft/").content.decode()
    ended = client.get(address(row)).content.decode()
    assert f"/policy/{page.pk}/receipts/{row.pk}/" in ended


def test_a_second_press_leads_to_the_same_draft(author, sign_in):
    client = sign_in(author)
    row = make.read(make.bring(actor=author))

    answers = [client.post(address(row), {"act": "accept"}).headers["Location"] for _turn in range(2)]

    assert answers == [f"/policy/{PolicyPage.objects.get().pk}/draft/"] * 2


def test_progress_is_told_in_words(author, sign_in):
    client = sign_in(author)
    row = make.bring(actor=author)
    PolicyImport.objects.filter(pk=row.pk).update(state="reading", done=90, of=120, doing="Tables.")

    told = client.get(address(row, "progress/")).json()

    assert told == {"reads": True, "words": "Opened. Parts 90 of 120. Tables.", "done": 90, "of": 120}
    assert "Opened. Parts 90 of 120. Tables." in client.get(address(row)).content.decode()
    assert '<noscript><meta http-equiv="refresh"' in client.get(address(row)).content.decode()
    make.accepting.discard(row, actor=author, today=policies.TODAY)
    assert client.get(address(row, "progress/")).json()["reads"] is False


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Choose the document."),
        ({"file": upload("", "empty.txt")}, "This file is empty."),
    ],
)
def test_a_wrong_form_says_what_to_do_and_keeps_nothing(author, sign_in, stored, fields, words):
    shown = sign_in(author).post(BRING, fields).content.decode()

    assert words in shown
    assert "<title>Error: Import a policy" in " ".join(shown.split())
    assert (PolicyImport.objects.count(), stored()) == (0, [])


def test_a_refused_document_says_why_and_what_to_do(author, sign_in):
    row = make.read(make.bring(actor=author, name="policy.pdf"))
    client = sign_in(author)

    shown = client.get(address(row)).content.decode()

    assert "save as .docx, bring that." in shown
    assert BRING in shown
    receipt = client.get(address(row, "receipt/"))
    assert json.loads(receipt.content)["refused"].startswith("This is a PDF.")
    assert receipt.headers["Content-Disposition"] == 'attachment; filename="policy-receipt.json"'
    assert receipt.headers["X-Content-Type-Options"] == "nosniff"


def test_a_document_without_a_title_asks_for_one(author, sign_in):
    text = b"<html><p>1.1 Staff who work alone are found early.</p></html>"
    row = make.read(make.bring(text, actor=author, name="fire safety.html"))
    client = sign_in(author)

    assert 'value="fire safety"' in client.get(address(row)).content.decode()
    assert "Enter the title of the policy." in client.post(address(row), {"act": "accept"}).content.decode()
    client.post(address(row), {"act": "accept", "title": "Fire safety policy"})
    assert PolicyPage.objects.get().title == "Fire safety policy"


def test_losses_want_tick_and_reason_and_keep_what_was_typed(author, sign_in):
    row = make.read(make.bring(LOSSY, actor=author))
    client = sign_in(author)

    untold = client.post(address(row), {"act": "accept"}).content.decode()
    unticked = client.post(address(row), {"act": "accept", "losses_reason": "Printers."}).content.decode()
    done = client.post(address(row), {"act": "accept", "seen": "on", "losses_reason": "Printers."})

    assert "Say why it goes on without the missing words." in untold
    assert "Tick to go on without the missing words" in unticked
    assert ">\nPrinters.</textarea>" in unticked
    row.refresh_from_db()
    assert (done.status_code, row.state, row.losses_reason) == (302, "accepted", "Printers.")


def test_a_policy_that_changed_since_is_told_and_compared_again(author, sign_in):
    policy = make.make_imported(actor=author)
    row = make.read(make.bring(make.TEXT.replace("should", "must"), actor=author, policy=policy))
    policies.edit(policy, title="Another title", user=author)
    client = sign_in(author)

    refused = client.post(address(row), {"act": "accept"}).content.decode()
    again = client.post(address(row), {"act": "compare"})

    row.refresh_from_db()
    assert "The draft changed after this file was compared" in refused
    assert (again.headers["Location"], row.state) == (address(row), "waiting")


def test_the_match_is_shown(author, sign_in):
    policy = make.make_imported(actor=author)
    text = make.TEXT.replace("should ring", "must ring").replace("2.1 ", "2.3 ")
    row = make.read(make.bring(text, actor=author, policy=policy))

    shown = sign_in(author).get(address(row)).content.decode()

    assert "The same: 4. Changed: 1. New: 0. Gone: 0." in shown
    assert "2.1 is now 2.3" in shown
    assert "The office should ring when she is not back in time." in shown


def test_the_identical_file_says_that_nothing_was_saved(author, sign_in):
    policy = make.make_imported(actor=author)
    client = sign_in(author)

    client.post(f"{BRING}{policy.pk}/", {"file": upload()})
    row = make.read(PolicyImport.objects.first())

    assert "No change: this file was brought in already" in client.get(address(row)).content.decode()


def test_a_discarded_document_is_told_on_its_page_and_on_the_list(author, sign_in):
    row = make.read(make.bring(actor=author))
    client = sign_in(author)

    answer = client.post(address(row), {"act": "discard"})

    assert answer.headers["Location"] == address(row)
    assert "nothing of it is kept" in client.get(address(row)).content.decode()
    assert "Discarded</td>" in client.get("/admin/policy-imports/").content.decode()


def test_a_policy_that_waits_takes_no_file(author, sign_in):
    policy = policies.make_policy(author=author)
    policies.submit(policy)
    client = sign_in(author)

    assert "Recall it first" in client.get(f"{BRING}{policy.pk}/").content.decode()
    client.post(f"{BRING}{policy.pk}/", {"file": upload()})
    assert PolicyImport.objects.count() == 0


def addresses(row, policy):
    names = ["", "progress/", "receipt/", f"picture/{'0' * 64}/a.png"]
    return ["/admin/policy-imports/", BRING, f"{BRING}{policy.pk}/", *(address(row, name) for name in names)]


@pytest.mark.parametrize("name", ["visitor", "outsider", "partner", "staff", "administrator", "user manager"])
def test_nobody_else_is_let_in_and_no_press_of_theirs_counts(author, sign_in, people_by_name, name):
    policy = policies.make_policy(author=author)
    row = make.read(make.bring(actor=author))
    roles = {"administrator": "site-administrator", "user manager": "user-manager"}
    user = make_role_holder(roles[name]) if name in roles else people_by_name[name]
    client = sign_in(user)
    expected = 302 if name == "visitor" else 404

    looked = {client.get(place).status_code for place in addresses(row, policy)}
    pressed = [client.post(address(row), {"act": act}).status_code for act in ("accept", "discard")]
    pressed.append(client.post(BRING, {"file": upload("Other\n\n1 Why\n")}).status_code)

    row.refresh_from_db()
    assert looked == {expected}
    assert set(pressed) == {expected}
    assert (row.state, PolicyImport.objects.count(), PolicyPage.objects.count()) == ("ready", 1, 1)


def test_an_owner_reads_the_receipt_and_others_do_not(author, sign_in, people_by_name):
    policy = policies.make_policy(author=author)
    row = make.accept(make.read(make.bring(actor=author, policy=policy)), actor=author)
    base = f"/policy/{policy.pk}/receipts/{row.pk}/"

    for name, user in people_by_name.items():
        statuses = {sign_in(user).get(base + more).status_code for more in ("", "receipt/", "file/")}
        assert statuses == ({302} if name == "visitor" else {404}), name
    client = sign_in(policy.policy_owner.user)
    assert "Receipt: lone-working.txt" in client.get(base).content.decode()
    assert json.loads(client.get(base + "receipt/").content) == row.receipt
    original = client.get(base + "file/")
    assert b"".join(original.streaming_content) == make.TEXT.encode()
    assert original.headers["Content-Disposition"] == 'attachment; filename="lone-working.txt"'
    assert original.headers["X-Content-Type-Options"] == "nosniff"
    os.remove(row.file.path)
    assert client.get(base + "file/").status_code == 404
    assert base in client.get(f"/policy/{policy.pk}/history/").content.decode()


def test_the_history_names_the_version_of_each_receipt(author, sign_in):
    policy = policies.make_policy(author=author)
    make.accept(make.read(make.bring(actor=author, policy=policy)), actor=author)
    policy.refresh_from_db()
    policies.issue(policy)
    text = make.TEXT.replace("should", "must")
    make.accept(make.read(make.bring(text, actor=author, policy=policy, name="next.txt")), actor=author)

    shown = " ".join(sign_in(author).get(f"/policy/{policy.pk}/history/").content.decode().split())

    assert "Version 1.0: lone-working.txt" in shown
    assert "The draft: next.txt" in shown


def test_a_receipt_of_another_policy_is_not_there(author, sign_in):
    row = make.accept(make.read(make.bring(actor=author)), actor=author)
    other = policies.make_policy(author=author)

    assert sign_in(author).get(f"/policy/{other.pk}/receipts/{row.pk}/").status_code == 404


def test_the_list_asks_the_same_for_one_row_and_for_three(author, sign_in):
    client = sign_in(author)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get("/admin/policy-imports/").status_code == 200
        return len(seen)

    make.make_imported(actor=author)
    queries()
    one = queries()
    for number in (2, 3):
        make.make_imported(make.TEXT.replace("Lone", f"Lone {number}"), actor=author)

    assert queries() == one


def test_the_desk_names_what_is_to_be_checked(author, sign_in):
    make.read(make.bring(actor=author))

    shown = sign_in(author).get("/desk/").content.decode()

    assert "A document that you brought: read: to be checked." in shown


def test_pictures_of_a_document_are_shown_before_it_is_accepted(author, sign_in):
    row = make.read(make.bring(make.pictured("navy"), actor=author))
    client = sign_in(author)
    shown = client.get(address(row)).content.decode()

    place = next(part for part in shown.split('"') if "/picture/" in part)

    answer = client.get(place)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_menu_and_the_policy_lead_to_the_import_and_only_authors_see_it(author, sign_in):
    policy = policies.make_policy(author=author)
    client = sign_in(author)

    assert "/admin/policy-imports/" in client.get("/admin/").content.decode()
    assert f"{BRING}{policy.pk}/" in client.get(f"/admin/pages/{policy.pk}/edit/").content.decode()
    assert f"{BRING}{policy.pk}/" in client.get(f"/policy/{policy.pk}/draft/").content.decode()
    assert BRING in client.get("/policies/").content.decode()
    administrator = sign_in(make_role_holder("site-administrator"))
    assert "policy-imports" not in administrator.get("/admin/").content.decode()


def test_a_superuser_may_import_too(sign_in):
    policies.make_library()
    user = make_user(is_superuser=True)

    assert sign_in(user).get(reverse("policy_import_bring")).status_code == 200
