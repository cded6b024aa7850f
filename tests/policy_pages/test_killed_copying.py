"""H1: a process that dies after copying a text's files leaves them; the daily job takes them, and only them."""

import os
from datetime import datetime

import pytest

from kernel.content.sweeping import sweep
from policy_pages.models import VersionFile
from tests.factories import policies as make
from tests.factories.files import make_document
from tests.little_room import files_in
from tests.processes import run_python

pytestmark = pytest.mark.django_db(transaction=True)
SIGN_AND_DIE = """
from datetime import date
from django.db.models.signals import post_save
from django.test import override_settings
override_settings(MEDIA_ROOT=os.environ["UPLOADS"]).enable()
from kernel.accounts.models import User
from kernel.lifecycle import submissions
from kernel.lifecycle.models import Submission
from policy_pages.models import VersionFile
post_save.connect(lambda **signal: die(), sender=VersionFile, weak=False)
submission = Submission.objects.get(pk=int(os.environ["SUBMISSION"]))
member = User.objects.get(pk=int(os.environ["MEMBER"]))
submissions.sign(submission, actor=member, today=date(2026, 11, 23))
"""


def written(folder, moment):
    """All files were last written then."""
    for name in files_in(folder):
        os.utime(folder / name, (moment.timestamp(), moment.timestamp()))


def test_files_of_an_act_that_was_killed_go_after_a_day(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    rows = [("attachment", {"document": make_document(), "title": "A form"})]
    page = make.make_policy(body=[*make.BODY, *rows])
    submission = make.sign_once(make.approve(make.submit(page)))
    second = make.members_of(page.ratifying_body)[1]
    before = files_in(tmp_path)

    words = {"UPLOADS": str(tmp_path), "SUBMISSION": str(submission.pk), "MEMBER": str(second.pk)}
    code, _out, err = run_python(SIGN_AND_DIE, **words)

    (lost,) = set(files_in(tmp_path)) - set(before)
    assert (code, VersionFile.objects.count()) == (-9, 0), err
    written(tmp_path, datetime(2026, 11, 22, 0, 1))
    assert sweep(today=make.TODAY, dry_run=False) == []
    make.submissions.sign(submission, actor=second, today=make.TODAY)
    written(tmp_path, datetime(2026, 11, 21, 23, 59))
    assert sweep(today=make.TODAY, dry_run=False) == ["Files without a record, removed: 1"]
    assert not (tmp_path / lost).exists()
    assert (tmp_path / VersionFile.objects.get().file.name).exists()
    assert set(before) < set(files_in(tmp_path))
