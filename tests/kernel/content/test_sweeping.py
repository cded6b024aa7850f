"""Files that no record names go after a day; a file with a record never does."""

import os
from datetime import date, datetime

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage
from django.core.management import call_command

from kernel.content.storage import WholeFileStorage
from kernel.content.sweeping import MostFilesHaveNoRecord, sweep
from kernel.lifecycle.models import JobRun
from policy_pages.models import VersionFile
from tests.factories import policies as make
from tests.factories.files import make_document, make_image

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2026, 11, 1, 12)
TODAY = date(2026, 11, 23)


@pytest.fixture(params=[WholeFileStorage, InMemoryStorage])
def storage(request, settings, tmp_path):
    """Each kind of storage that has to do; all fields share it."""
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": _path_of(request.param)}}
    cache.clear()  # Wagtail remembers small copies of pictures there
    return default_storage


def _path_of(kind):
    return f"{kind.__module__}.{kind.__qualname__}"


def age(storage, *names, moment=LONG_AGO):
    """The files were last written at ``moment``."""
    for name in names:
        if isinstance(storage._wrapped, InMemoryStorage):
            storage._resolve(name).modified_time = moment.astimezone()
        else:
            os.utime(storage.path(name), (moment.timestamp(), moment.timestamp()))


def put(storage, name, moment=LONG_AGO):
    stored = storage.save(name, ContentFile(b"lost"))
    age(storage, stored, moment=moment)
    return stored


def test_only_old_files_without_a_record_go(storage):
    document, image = make_document(), make_image()
    copy = image.get_rendition("width-20")
    kept = [document.file.name, image.file.name, copy.file.name]
    age(storage, *kept)
    lost = [put(storage, "issued/ab/abcdef"), put(storage, "documents/x.part")]
    young = put(storage, "issued/cd/cdefab", moment=datetime(2026, 11, 22, 0, 1))

    lines = sweep(today=TODAY, dry_run=False)

    assert [storage.exists(name) for name in [*kept, young]] == [True] * 4
    assert [storage.exists(name) for name in lost] == [False, False]
    assert lines == ["Files without a record, removed: 2"]
    assert sweep(today=TODAY, dry_run=False) == []


def test_a_dry_run_names_them_and_removes_nothing(storage):
    lost = put(storage, "issued/ab/abcdef")

    assert sweep(today=TODAY, dry_run=True) == [lost]
    assert storage.exists(lost)


def test_files_of_issued_versions_stay(storage):
    rows = [("attachment", {"document": make_document(), "title": "A form"})]
    version = make.issue(make.make_policy(body=[*make.BODY, *rows]))
    name = VersionFile.objects.get(version=version).file.name
    age(storage, name)

    sweep(today=TODAY, dry_run=False)

    assert storage.exists(name)


def test_the_wrong_database_costs_no_file(storage):
    lost = [put(storage, f"issued/ab/{number}") for number in range(21)]

    with pytest.raises(MostFilesHaveNoRecord):
        sweep(today=TODAY, dry_run=False)

    assert all(storage.exists(name) for name in lost)


def test_nothing_stored_yet_is_no_fault(storage):
    assert sweep(today=TODAY, dry_run=False) == []


def test_it_runs_every_day_and_keeps_no_name(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    put(default_storage, "documents/complaint-of-a-person.txt")

    call_command("run_daily")

    run = JobRun.objects.get(name="content.sweep_files")
    assert (run.outcome, run.lines) == ("done", ["Files without a record, removed: 1"])
