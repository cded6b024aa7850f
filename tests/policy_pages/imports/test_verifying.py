"""E1: a receipt or a file of an accepted document that was altered is named."""

import pytest

from policy_pages import verifying
from policy_pages.models import PolicyImport
from tests.append_only import append_only_off
from tests.factories import imports as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    author = make.make_author()
    return make.accept(make.read(make.bring(actor=author)), actor=author)


def test_whole_receipts_are_no_fault(row):
    assert verifying.first_fault() == ""


def test_an_altered_receipt_is_named(row):
    with append_only_off():
        PolicyImport.objects.update(receipt={**row.receipt, "words_in": 1})

    assert verifying.first_fault() == f"The receipt of import {row.pk} is missing or was altered."


def test_a_receipt_altered_with_its_digest_is_named_by_the_trail(row):
    with append_only_off():
        told = {**row.receipt, "words_in": 1}
        PolicyImport.objects.update(receipt=told, receipt_sha256=verifying.freezing.digest_of(told))

    assert verifying.first_fault() == f"The receipt of import {row.pk} is missing or was altered."


def test_a_receipt_that_is_gone_is_named(row):
    with append_only_off():
        PolicyImport.objects.all().delete()

    assert "is missing or was altered" in verifying.first_fault()


def test_an_altered_file_is_named(row):
    with open(row.file.path, "ab") as file:
        file.write(b" more")

    assert verifying.first_fault() == f"The file of import {row.pk} is missing or was altered."
