import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from policy_pages.models import PolicyImport, PolicyPage
from tests.factories import imports as make
from tests.factories import policies
from tests.factories.accounts import make_user
from tests.portal.walking import changed, tables

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
LOSSY = make.lossy()
PDF = "This is a PDF. A PDF does not tell us where clauses begin. Open it in Word, save as .docx, bring that."


@pytest.fixture
def author():
    return make.make_author()


@pytest.fixture
def file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("brought")

    def write(name="", text=make.TEXT):
        path = folder / (name or make.name_of(text))
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(make.bytes_of(text))
        return path

    return write


def run(*words, capsys=None) -> tuple[int, str]:
    """Exit status and output."""
    try:
        call_command("import_policy", *(str(word) for word in words))
        status = 0
    except CommandError as error:
        status = error.returncode
    return status, capsys.readouterr().out if capsys else ""


def test_a_file_is_imported_and_told_in_plain_lines(author, file, capsys):
    status, told = run(file(), "--as", author.email, capsys=capsys)

    page = PolicyPage.objects.get()
    assert status == 0
    assert told.splitlines() == [
        "lone-working.txt: imported as a draft",
        "  title: Lone working policy",
        "  sections: 2, clauses: 3",
        "  words in: 55, words out: 55",
        "  warnings: 1",
        f"  reference: HR-017, page: {page.pk}",
    ]
    assert (page.latest_revision.user, PolicyImport.objects.get().state) == (author, "accepted")


def test_a_dry_run_tells_the_same_and_leaves_the_database_as_it_was(author, file, capsys, tmp_path, stored):
    before, receipt = tables(), tmp_path / "receipt.json"

    status, told = run(file(), "--dry-run", "--receipt", receipt, capsys=capsys)

    assert (status, changed(before, tables())) == (0, [])
    assert told.splitlines()[0] == "lone-working.txt: would be imported"
    assert json.loads(receipt.read_text())["title"] == "Lone working policy"
    assert stored() == ["receipt.json"]


def test_a_dry_run_needs_neither_library_nor_person(file, capsys):
    assert run(file(), "--dry-run", capsys=capsys)[0] == 0


def test_a_refused_file_stores_nothing_and_stops_no_other(author, file, capsys, tmp_path):
    files = [file("policy.pdf"), file()]
    folder = tmp_path / "receipts"

    status, told = run(*files, "--as", author.email, "--receipt", folder, capsys=capsys)

    assert status == 1
    assert told.splitlines()[:2] == [
        f"policy.pdf: refused. {PDF}",
        "lone-working.txt: imported as a draft",
    ]
    assert [row.name for row in PolicyImport.objects.all()] == ["lone-working.txt"]
    receipts = {path.name: json.loads(path.read_text())["refused"] for path in folder.iterdir()}
    assert receipts["lone-working.txt.json"] is None
    assert receipts["policy.pdf.json"].startswith(PDF)


def test_lost_words_refuse_the_file_and_the_receipt_says_why(author, file, capsys, tmp_path, stored):
    before, receipt = tables(), tmp_path / "r.json"

    status, told = run(file(text=LOSSY), "--as", author.email, "--receipt", receipt, capsys=capsys)

    assert (status, changed(before, tables()), stored()) == (1, [], ["r.json"])
    assert "2 words did not come through" in told
    assert "2 words did not come through" in json.loads(receipt.read_text())["refused"]


def test_a_named_person_accepts_losses_with_a_reason(author, file, capsys):
    status, _told = run(
        file(text=LOSSY), "--as", author.email, "--accept-losses", "A list of printers.", capsys=capsys
    )

    row = PolicyImport.objects.get()
    assert (status, row.losses_reason, row.losses_by_id) == (0, "A list of printers.", author.pk)


def test_the_identical_file_for_its_policy_changes_nothing(author, file, capsys):
    run(file(), "--as", author.email, capsys=capsys)
    before = tables()

    status, told = run(file(), "--as", author.email, "--policy", "hr-017", capsys=capsys)

    assert (status, changed(before, tables())) == (0, [])
    assert told.startswith("lone-working.txt: No change: this file was brought in already")


def test_another_file_becomes_the_next_draft_of_a_policy(author, file, capsys):
    run(file(), "--as", author.email, capsys=capsys)
    text = make.TEXT.replace("should ring", "must ring")

    status, _told = run(file(text=text), "--as", author.email, "--policy", "HR-017", capsys=capsys)

    page = PolicyPage.objects.get()
    assert (status, page.revisions.count()) == (0, 2)


def test_who_may_not_write_is_refused(file, capsys):
    policies.make_library()
    reader = make_user()

    status, told = run(file(), "--as", reader.email, capsys=capsys)

    assert (status, PolicyImport.objects.count()) == (1, 0)
    assert told == "lone-working.txt: refused. Policy authors bring documents.\n"
    assert run(file(), "--as", reader.email, "--dry-run", capsys=capsys)[0] == 1


def test_the_only_superuser_acts_where_nobody_is_named(file, capsys):
    policies.make_library()
    assert run(file(), capsys=capsys)[0] == 2
    superuser = make_user(is_superuser=True)
    make_user(is_superuser=True, is_active=False)

    assert run(file(), capsys=capsys)[0] == 0
    assert PolicyImport.objects.get().decided_by_id == superuser.pk
    make_user(is_superuser=True)
    assert run(file("other.txt", make.TEXT + "\nMore.\n"), capsys=capsys)[0] == 2


def test_a_wrong_call_is_told_before_anything_is_read(author, file, capsys, tmp_path):
    policies.make_policy(reference="SG-042")
    here, before = file(), tables()
    by = ("--as", author.email)
    calls = [
        ("nothing.txt", *by),
        (tmp_path, *by),
        (here, "--as", "nobody@example.org"),
        (here, "--accept-losses", "A reason."),
        (here, *by, "--accept-losses", " "),
        (here, *by, "--parent", "elsewhere"),
        (here, *by, "--policy", "XX-1"),
        (here, here, *by, "--policy", "SG-042"),
        (here, *by, "--policy", "SG-042", "--parent", "policies"),
        (here, *by, "--receipt", here / "below.json"),
    ]

    assert [run(*call, capsys=capsys)[0] for call in calls] == [2] * len(calls)
    assert changed(before, tables()) == []


def test_the_parent_is_named_where_there_are_several(author, file, capsys):
    library = policies.make_library()
    policies.make_home().add_child(instance=type(library)(title="Others", slug="others"))

    assert run(file(), "--as", author.email, capsys=capsys)[0] == 2
    assert run(file(), "--as", author.email, "--parent", "policies", capsys=capsys)[0] == 0


def test_two_files_of_one_name_have_a_receipt_each(author, file, tmp_path):
    files = [file("a/one.txt"), file("b/one.txt", make.TEXT + "\nMore.\n")]

    run(*files, "--dry-run", "--receipt", tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["one-2.txt.json", "one.txt.json"]


@pytest.mark.parametrize(
    ("words", "status"), [(("--dry-run",), 0), (("--dry-run", "--unknown"), 2), (("--accept-losses", "x"), 2)]
)
@pytest.mark.django_db(transaction=True)
def test_the_process_ends_with_the_status(file, words, status):
    done = process(file(), *words)

    assert done.returncode == status, done.stderr


@pytest.mark.django_db(transaction=True)
def test_a_refused_file_ends_the_process_with_one(file):
    done = process(file("a.pdf"), "--dry-run")

    assert (done.returncode, "1 of 1 files refused" in done.stderr) == (1, True), done.stderr


def test_a_receipt_that_cannot_be_written_is_told_before_anything_is_imported(author, file, tmp_path):
    folder = tmp_path / "there.json"
    folder.mkdir()
    brought = file()
    places = [tmp_path / ("n" * 300), brought, brought.parent / "sub" / ".." / brought.name]

    for place in places:
        assert run(brought, "--as", author.email, "--receipt", place)[0] == 2
    (folder / f"{brought.name}.json").mkdir()
    assert run(brought, "--as", author.email, "--receipt", folder)[0] == 2

    assert brought.read_text() == make.TEXT
    assert (PolicyImport.objects.count(), PolicyPage.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_a_file_whose_name_is_no_text_is_read_and_told(tmp_path):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/polic\xe9 \x1b[2J.txt")
    with open(path, "wb") as stream:
        stream.write(make.TEXT.encode())

    done = process(path, "--dry-run")

    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "polic [2J.txt: would be imported"), (
        done.stderr
    )


def process(*words):
    """``manage.py import_policy`` as a process of its own on the suite's database."""
    name = connection.settings_dict["NAME"]
    server = os.environ.get("DATABASE_URL", "sqlite:///x").rsplit("/", 1)[0]
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings.test", "DATABASE_URL": f"{server}/{name}"}
    command = [sys.executable, "manage.py", "import_policy", *(str(word) for word in words)]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=90)
