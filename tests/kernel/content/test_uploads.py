"""G6 to G11: a file is what its name says, unpacks to little, carries no program; or it is refused in plain words."""

import io
import resource
import struct
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form

from kernel.content import uploads
from kernel.content.uploads import DocumentForm, ImageForm, check_document, check_image, own_name
from tests.factories.accounts import make_user
from tests.factories.files import png
from tests.little_room import TOO_MUCH, files_in, little_room

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DAMAGED = "This file is damaged, or it is not what its name says."
MACROS = "This file carries macros. Save it without them and try again."
BOMB = "This file unpacks to far more than it seems to hold, so it is not taken."
NESTED = "This file carries other programs or archives inside, so it is not taken."
ENTITIES = "This file declares entities of its own, so it is not taken."
KIND = "Files of this kind are not taken."
NOT_TEXT = "This file is not plain text."
LOCKED = "This file is locked or damaged. Save it without a password and try again."
DOCX = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
ODT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<office:document-content/>"}
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


def package(parts, **more) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in (parts | more).items():
            made.writestr(name, content)
    return stream.getvalue()


def xlsx() -> bytes:
    stream = io.BytesIO()
    book = Workbook()
    book.active["A1"] = "Name"
    book.save(stream)
    return stream.getvalue()


def overlapping() -> bytes:
    """A package whose directory promises less than a part gives."""
    raw = bytearray(package(DOCX | {"word/big.xml": b"a" * 500_000}))
    place = raw.rindex(b"PK\x01\x02", 0, raw.rindex(b"word/big.xml"))
    raw[place + 24 : place + 28] = struct.pack("<I", 10)
    return bytes(raw)


def refusal(content, extension) -> str:
    with pytest.raises(ValidationError) as refused:
        check_document(io.BytesIO(content), extension)
    return refused.value.message


TAKEN = [
    ("docx", package(DOCX)),
    ("odt", package(ODT)),
    ("xlsx", xlsx()),
    ("pdf", PDF),
    ("csv", "Name;Größe\r\n".encode()),
    ("csv", "\ufeffName,Team\r\n".encode("utf-16")),
    ("txt", "£5 – Siân".encode("cp1252")),
    ("txt", b""),
]
REFUSED = [
    ("docx", b"", DAMAGED),
    ("docx", package(DOCX)[:-30], DAMAGED),
    ("docx", b"no archive at all", DAMAGED),
    ("docx", package({"[Content_Types].xml": b"<Types/>"}), DAMAGED),
    ("docx", package(ODT), DAMAGED),
    ("docx", PDF, DAMAGED),
    ("docx", overlapping(), DAMAGED),
    ("odt", package(DOCX), DAMAGED),
    ("xlsx", package(DOCX), DAMAGED),
    ("docx", package(DOCX | {"word/vbaProject.bin": b"x"}), MACROS),
    ("odt", package(ODT | {"Basic/Standard/Module1.xml": b"<x/>"}), MACROS),
    ("docx", package(DOCX | {"word/embeddings/run.exe": b"x"}), NESTED),
    ("docx", package(DOCX | {"word/media/a.svg": b"<svg/>"}), NESTED),
    ("docx", package(DOCX | {"inner.zip": package(DOCX)}), NESTED),
    ("docx", package(DOCX | {"../../etc/cron.d/x": b"x"}), LOCKED),
    ("docx", package(DOCX | {"word/bomb.xml": b"0" * 50_000_000}), BOMB),
    ("docx", package(DOCX | {f"word/{place}.xml": b"" for place in range(20_000)}), BOMB),
    ("docx", package(DOCX | {"word/styles.xml": DTD}), ENTITIES),
    ("docx", package(DOCX | {"word/styles.xml": DTD.decode().encode("utf-16")}), ENTITIES),
    ("docx", package(DOCX | {"word/styles.xml": b"<!--" + b"-" * 65_530 + b"-->" + DTD[21:]}), ENTITIES),
    ("pdf", b"<html><script>1</script></html>", DAMAGED),
    ("pdf", PDF[:-7], DAMAGED),
    ("pdf", b"", DAMAGED),
    ("csv", b"a,b\x00c", NOT_TEXT),
    ("txt", png(), NOT_TEXT),
    ("svg", b"<svg onload='x()'/>", KIND),
    ("html", b"<p>x</p>", KIND),
    ("", b"x", KIND),
]


@pytest.mark.parametrize(("extension", "content"), TAKEN, ids=range(len(TAKEN)))
def test_a_file_that_is_what_its_name_says_is_taken_and_left_at_its_start(extension, content):
    file = io.BytesIO(content)

    check_document(file, extension)

    assert file.read() == content


@pytest.mark.parametrize(("extension", "content", "words"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_not_is_refused_in_plain_words(extension, content, words):
    assert refusal(content, extension) == words


def test_a_bomb_is_refused_before_it_is_unpacked():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in DOCX.items():
            made.writestr(name, content)
        with made.open("word/bomb.xml", "w", force_zip64=True) as part:
            for _piece in range(1_000):
                part.write(b"0" * 1024 * 1024)

    assert refusal(bomb.getvalue(), "docx") == BOMB
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024


def test_without_the_limits_the_bomb_would_be_read(monkeypatch):
    bomb = package(DOCX | {"word/bomb.xml": b"0" * 50_000_000})
    monkeypatch.setattr(uploads, "MOST_RATIO", 10**9)

    check_document(io.BytesIO(bomb), "docx")


def huge_png(width=30_000, height=30_000) -> bytes:
    """900 million pixels in a few bytes: a header and next to nothing."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


def many_frames() -> bytes:
    stream = io.BytesIO()
    frames = [Image.new("RGB", (2, 2), (place % 256, place // 256 * 100, 0)) for place in range(300)]
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:])
    return stream.getvalue()


BROKEN = [
    (png((200, 200))[:-40], "cannot be opened"),
    (png()[:20], "cannot be opened"),
    (b"", "cannot be opened"),
    (b"<svg/>", "cannot be opened"),
    (huge_png(), "cannot be opened|too big"),
    (huge_png(7000, 7000), "too big"),
    (many_frames(), "too big"),
]


@pytest.mark.parametrize(("content", "words"), BROKEN, ids=range(len(BROKEN)))
def test_a_picture_that_cannot_be_drawn_is_refused_and_not_an_error(content, words):
    with pytest.raises(ValidationError, match=words):
        check_image(io.BytesIO(content))


def test_a_picture_is_taken_and_left_at_its_start():
    file = io.BytesIO(png())

    check_image(file)

    assert file.read() == png()


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("Form 7 (final).DOCX", "Form-7-final.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\form.pdf", "form.pdf"),
        ("CON.txt", "file-CON.txt"),
        ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
        ("表" * 80 + ".pdf", "表" * 66 + ".pdf"),
        ("𠮷" * 80, "𠮷" * 50),
        ("a\x00b.pdf", "a-b.pdf"),
        ("evil\u202efdp.exe.pdf", "evil-fdp-exe.pdf"),
        ("report.html.pdf", "report-html.pdf"),
        (".htaccess", "htaccess"),
        ("<img src=x onerror=y()>.png", "img-src-x-onerror-y.png"),
        ("Siân.txt", "Siân.txt"),
        ("...", "file"),
        ("", "file"),
    ],
)
def test_names_are_made_ours(name, ours):
    assert own_name(name) == ours


# --- through Wagtail's own screens ------------------------------------------------------------------------


@pytest.fixture
def editor(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client = Client(raise_request_exception=False)
    client.force_login(make_user(is_superuser=True), backend=BACKEND)
    return client


def add(client, kind, name, content):
    address = reverse(f"wagtail{kind}:add")
    return client.post(
        address, {"title": "A file", "file": SimpleUploadedFile(name, content), "collection": 1}
    )


def add_multiple(client, kind, name, content):
    address = reverse(f"wagtail{kind}:add_multiple")
    return client.post(
        address, {"title": "A file", "files[]": SimpleUploadedFile(name, content), "collection": 1}
    )


def test_both_forms_of_wagtail_are_ours():
    assert issubclass(get_document_form(get_document_model()), DocumentForm)
    assert issubclass(get_image_form(get_image_model()), ImageForm)


@pytest.mark.parametrize("press", [add, add_multiple])
def test_a_deceitful_document_is_refused_at_its_field_and_nothing_is_stored(editor, settings, press):
    for name, content, words in (
        ("form.docx", b"no archive", DAMAGED),
        ("form.pdf", b"<html>", DAMAGED),
        ("form.svg", b"<svg/>", ""),
        ("form.html", b"<p>", ""),
    ):
        response = press(editor, "docs", name, content)
        assert response.status_code == 200
        assert words in response.content.decode()

    assert get_document_model().objects.count() == 0
    assert files_in(settings.MEDIA_ROOT) == []


@pytest.mark.parametrize("press", [add, add_multiple])
def test_a_broken_picture_is_a_message_and_not_a_500(editor, settings, press):
    for content, _words in BROKEN:
        response = press(editor, "images", "figure.png", content)
        assert response.status_code == 200

    assert get_image_model().objects.count() == 0
    assert files_in(settings.MEDIA_ROOT) == []


def test_what_is_right_is_stored_under_our_name(editor, settings):
    add(editor, "docs", "Form 7 <b>.docx", package(DOCX))
    add(editor, "images", "Figure 1.PNG", png())

    assert files_in(settings.MEDIA_ROOT)[0] == "documents/Form-7-b.docx"
    assert get_image_model().objects.get().file.name == "original_images/Figure-1.png"


@pytest.mark.parametrize(
    ("setting", "kind", "name", "content", "status"),
    [
        ("WAGTAILDOCS_DOCUMENT_FORM_BASE", "docs", "form.docx", b"no archive", 302),
        ("WAGTAILIMAGES_IMAGE_FORM_BASE", "images", "figure.png", png((200, 200))[:-40], 500),
    ],
)
def test_wagtails_own_form_would_take_a_lie_or_break(editor, settings, setting, kind, name, content, status):
    delattr(settings, setting)

    assert add(editor, kind, name, content).status_code == status


def test_a_disk_without_room_is_told_and_nothing_is_stored(editor, settings):
    with little_room():
        refused = add(editor, "docs", "big.txt", TOO_MUCH)

    assert refused.status_code == 503
    assert "There is no room to store this just now" in refused.content.decode()
    assert (get_document_model().objects.count(), files_in(settings.MEDIA_ROOT)) == (0, [])
    assert editor.get("/desk/").status_code == 200
    assert add(editor, "docs", "big.txt", TOO_MUCH).status_code == 302
    assert ContentFile(get_document_model().objects.get().file.read()).size == len(TOO_MUCH)
