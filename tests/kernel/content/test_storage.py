"""H3: what does not fit leaves nothing behind, and the next one is stored as if nothing had happened."""

import errno
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile

from kernel.content.storage import WholeFileStorage, has_no_room
from tests.little_room import files_in, little_room

ROOM = 64 * 1024
BIG = b"x" * (ROOM * 2)


def uploaded(content):
    """A big upload, which Django keeps in a temporary file and the storage moves."""
    file = TemporaryUploadedFile("big.txt", "text/plain", len(content), None)
    file.write(content)
    file.seek(0)
    return file


def test_every_upload_goes_through_it():
    assert isinstance(default_storage._wrapped or default_storage, WholeFileStorage)


@pytest.mark.parametrize("wrap", [ContentFile, uploaded])
def test_what_fits_is_stored_under_its_name(tmp_path, wrap):
    storage = WholeFileStorage(tmp_path)

    names = [storage.save("documents/form.txt", wrap(content)) for content in (b"one", BIG)]

    assert names[0] == "documents/form.txt"
    assert [storage.open(name).read() for name in names] == [b"one", BIG]
    assert files_in(tmp_path) == sorted(names)


@pytest.mark.parametrize("name", ["表" * 83 + ".pdf", "x" * 251 + ".pdf"])
def test_the_longest_name_that_a_disk_takes_is_stored(tmp_path, name):
    assert WholeFileStorage(tmp_path).save(f"documents/{name}", ContentFile(b"one")) == f"documents/{name}"
    assert files_in(tmp_path) == [f"documents/{name}"]


def test_what_does_not_fit_leaves_nothing(tmp_path):
    storage = WholeFileStorage(tmp_path)

    with little_room(ROOM), pytest.raises(OSError) as refused:
        storage.save("documents/form.txt", ContentFile(BIG))

    assert has_no_room(refused.value)
    assert files_in(tmp_path) == []
    assert storage.save("documents/form.txt", ContentFile(BIG)) == "documents/form.txt"


def test_the_stock_storage_would_leave_a_part(tmp_path):
    with little_room(ROOM), pytest.raises(OSError):
        FileSystemStorage(tmp_path).save("form.txt", ContentFile(BIG))

    assert files_in(tmp_path) == ["form.txt"]


def test_a_stream_that_breaks_leaves_nothing(tmp_path):
    class Broken(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        WholeFileStorage(tmp_path).save("form.txt", Broken(b"half and half"))

    assert files_in(tmp_path) == []


def test_of_many_at_once_under_one_name_none_overwrites_another(tmp_path):
    storage, contents = WholeFileStorage(tmp_path), [bytes([65 + place]) * 1000 for place in range(16)]

    with ThreadPoolExecutor(16) as pool:
        names = list(pool.map(lambda content: storage.save("form.txt", ContentFile(content)), contents))

    assert len(set(names)) == 16
    assert [storage.open(name).read() for name in names] == contents
    assert files_in(tmp_path) == sorted(names)


def test_no_room_is_told_from_other_faults():
    with open("/dev/full", "wb", buffering=0) as full, pytest.raises(OSError) as refused:
        full.write(b"x")
    try:
        raise ValueError from refused.value
    except ValueError as error:
        wrapped = error

    assert refused.value.errno == errno.ENOSPC
    assert has_no_room(refused.value) and has_no_room(wrapped)
    assert not has_no_room(FileNotFoundError(errno.ENOENT, "not there"))
    assert not has_no_room(None)
