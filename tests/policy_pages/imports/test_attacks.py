"""Hostile names, words and pictures; people who lost their role; places that are gone."""

import json
import re
import struct
import zlib
from base64 import b64encode

import pytest
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from policy_pages.models import PolicyImport, PolicyPage
from portal import frame
from tests.factories import imports as make
from tests.factories import policies
from tests.factories.word_writing import package, paragraph, picture, run

pytestmark = pytest.mark.django_db
LIST = "/admin/policy-imports/"
MUST = make.TEXT.replace("should", "must")
EVIL = '<script>alert(1)</script> {{ request.user.password }} {% include "x" %} =cmd|calc'


@pytest.fixture
def author():
    return make.make_author()


def address(row, more=""):
    return f"{LIST}{row.pk}/{more}"


def desk_of(user) -> list[str]:
    return [row.url for row in frame.desk(user, policies.TODAY)]


def swelling_png(side=60_000) -> bytes:
    """A few bytes that would be drawn as ``side`` by ``side`` points."""
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(1000))),
        (b"IEND", b""),
    ]
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize("state", ["waiting", "ready"])
def test_a_document_whose_policy_is_gone_is_told_and_let_go(author, sign_in, state):
    policy = make.make_imported(actor=author)
    row = make.bring(MUST, actor=author, policy=policy)
    if state == "ready":
        make.read(row)
    policy.delete()
    client = sign_in(author)

    assert desk_of(author) == [address(row)]
    assert f'href="{address(row)}"' in client.get(LIST).content.decode()
    if state == "ready":
        refused = client.post(address(row), {"act": "accept"}).content.decode()
        assert "The policy or the library for which this file was brought is gone." in refused
        assert client.get(address(row, f"picture/{'0' * 64}/a.png")).status_code == 404
    client.post(address(row), {"act": "discard"})

    row.refresh_from_db()
    assert (row.state, bool(row.file), desk_of(author)) == ("discarded", False, [])


def test_a_document_whose_policy_is_gone_is_not_read(author, caplog):
    policy = make.make_imported(actor=author)
    row = make.bring(MUST, actor=author, policy=policy)
    policy.delete()

    make.read(row)

    assert (row.state, bool(row.file), caplog.text) == ("refused", False, "")
    assert row.receipt["refused"].startswith(
        "The policy or the library for which this file was brought is gone."
    )


def test_of_a_policy_that_is_gone_nobody_else_sees_the_document(author, sign_in):
    policy = make.make_imported(actor=author)
    row = make.read(make.bring(MUST, actor=author, policy=policy))
    policy.delete()

    client = sign_in(make.make_author())

    assert [
        client.get(address(row)).status_code,
        client.post(address(row), {"act": "discard"}).status_code,
    ] == [
        404,
        404,
    ]


def test_who_lost_the_role_has_no_row_that_leads_nowhere(author):
    row = make.read(make.bring(actor=author))
    assert desk_of(author) == [address(row)]

    author.groups.clear()

    assert desk_of(type(author).objects.get(pk=author.pk)) == []


def test_who_lost_a_library_reads_no_new_title_of_its_policies(author, sign_in):
    policy = make.make_imported(actor=author)
    row = PolicyImport.objects.get()
    other = policies.make_home().add_child(instance=policies.PolicyIndexPage(title="Other", slug="other"))
    policies.edit(policy, title="Secret name", user=author)
    client = sign_in(author)
    assert "Secret name" in client.get(LIST).content.decode()

    GroupPagePermission.objects.filter(group__in=author.groups.all()).update(page=other)

    listed = client.get(LIST).content.decode()
    assert "lone-working.txt" in listed
    assert "Secret name" not in listed
    assert not re.search(rf'href="{address(row)}|/policy/{policy.pk}/', listed)


@pytest.mark.parametrize("act", ["accept", "discard", "compare", "nonsense", ""])
@pytest.mark.parametrize("state", ["waiting", "refused", "discarded", "accepted"])
def test_a_press_that_comes_too_late_or_too_early_is_answered(author, sign_in, act, state):
    row = make.bring(actor=author, name="a.pdf" if state == "refused" else "a.txt")
    if state != "waiting":
        make.read(row)
    if state == "discarded":
        make.accepting.discard(row, actor=author, today=policies.TODAY)
    if state == "accepted":
        make.accept(row, actor=author)
    drafts = PolicyPage.objects.count()

    answer = sign_in(author).post(address(row), {"act": act, "title": "x", "losses_reason": "y"})

    row.refresh_from_db()
    assert answer.status_code in (200, 302)
    assert PolicyPage.objects.count() == drafts
    assert row.state == ("discarded" if (state, act) == ("waiting", "discard") else state)


@pytest.mark.parametrize(
    ("name", "kept", "receipt"),
    [
        ("../../../etc/passwd.txt", "passwd.txt", "passwd-receipt.json"),
        ("C:\\Users\\me\\a.txt", "a.txt", "a-receipt.json"),
        ("a\u202etxt.exe.txt", "atxt.exe.txt", "atxt-exe-receipt.json"),
        ("a\0b.txt", "ab.txt", "ab-receipt.json"),
        ("a\r\nX-Evil: 1.txt", "aX-Evil: 1.txt", "aX-Evil-1-receipt.json"),
        ('"><script>.txt', '"><script>.txt', "script-receipt.json"),
        ("x" * 300 + ".txt", "x" * 251 + ".txt", "x" * 80 + "-receipt.json"),
        ("con.txt", "con.txt", "file-con-receipt.json"),
    ],
)
def test_a_hostile_name_stays_a_name(author, sign_in, stored, name, kept, receipt):
    row = make.read(make.bring(actor=author, name=name))
    client = sign_in(author)
    shown = client.get(address(row)).content.decode()
    page = make.accept(row, actor=author).policy
    base = f"/policy/{page.pk}/receipts/{row.pk}/"

    answers = [client.get(base + more) for more in ("", "receipt/", "file/")]

    row.refresh_from_db()
    assert (row.state, row.name, "<script>.txt" in shown) == ("accepted", kept, False)
    assert [answer.status_code for answer in answers] == [200] * 3
    assert answers[1].headers["Content-Disposition"] == f'attachment; filename="{receipt}"'
    assert answers[2].headers["Content-Type"] == "application/octet-stream"
    assert b"".join(answers[2].streaming_content) == make.TEXT.encode()
    assert "X-Evil" not in answers[1].headers
    assert stored() == [f"imports/{row.sha256[:2]}/{row.sha256}"]


def test_words_of_a_document_are_shown_and_never_run(author, sign_in):
    text = (
        f"{EVIL}\n\nReference: =cmd|' /C calc'!A0\n\nVersion: {EVIL}\n\n1 Why {EVIL}\n\n"
        f"1.1 {EVIL} must [insert {EVIL}] do.\n\nAppendix 1 {EVIL}\n"
    )
    row = make.read(make.bring(text, actor=author))
    client = sign_in(author)
    checked = client.get(address(row))
    page = make.accept(row, actor=author).policy
    answer = client.get(f"/policy/{page.pk}/receipts/{row.pk}/receipt/")

    for shown in (checked, client.get(f"/policy/{page.pk}/receipts/{row.pk}/")):
        words = shown.content.decode()
        assert "<script>alert" not in words
        assert "{{ request.user.password }}" in words
    assert (answer.headers["Content-Type"], json.loads(answer.content)) == ("application/json", row.receipt)
    assert (answer.headers["X-Content-Type-Options"], answer.headers["Cache-Control"]) == (
        "nosniff",
        "no-store",
    )
    assert page.reference is None


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_a_picture_that_swells_is_left_out_and_told(author, kind):
    swelling = swelling_png()
    if kind == "docx":
        lines = ["Lone working policy", "1.1 Staff must call the office."]
        body = "".join(paragraph(run(line)) for line in lines) + paragraph(picture("rId9"))
        rows = {"rId9": ("image", "media/image1.png")}
        content = package(body, targets=rows, parts={"media/image1.png": swelling}, styles="")
    else:
        source = b64encode(swelling).decode()
        image = f'<p><img src="data:image/png;base64,{source}"></p></body>'.encode()
        content = make.pictured().replace(b"</body>", image)

    row = make.read(make.bring(content, actor=author, name=f"a.{kind}"))

    assert (row.state, row.pictures.count()) == ("ready", 0)
    assert {"picture", "unusable_image"} & {one["code"] for one in row.receipt["warnings"]}


def test_who_may_not_add_images_is_told_so_on_the_page(author, sign_in):
    row = make.read(make.bring(make.pictured("navy"), actor=author))
    GroupCollectionPermission.objects.all().delete()

    answer = sign_in(author).post(address(row), {"act": "accept"})

    row.refresh_from_db()
    assert "This document has pictures, and you may not add images." in answer.content.decode()
    assert (answer.status_code, row.state, PolicyPage.objects.count()) == (200, "ready", 0)


def test_a_web_page_of_forty_megabytes_is_refused_before_it_is_parsed(author):
    row = make.read(make.bring(b"<html><p>word word</p>" * 2_000_000, actor=author, name="a.html"))

    assert (row.state, bool(row.file)) == ("refused", False)
    assert row.receipt["refused"] == "This file holds 42 MB; the most we read is 20 MB."
