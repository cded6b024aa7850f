"""G7: a bomb is refused before it is unpacked, so the memory of the process stays as it was."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
BOMBS = '''
import io, sys, zipfile
import django
django.setup()
from policy_pages.importing import opening
from policy_pages.importing.source import Refusal

def peak():
    """Of this program alone: what ``resource`` tells begins with the peak of the process that started it."""
    return int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])

def bomb(entry, content_type, part, length):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entry.items():
            made.writestr(name, content)
        with made.open(part, "w", force_zip64=True) as opened:
            for _piece in range(length):
                opened.write(b"<a/>" * 262_144)
    return stream.getvalue()

def members(count):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("word/document.xml", "<x/>")
        for place in range(count):
            made.writestr(f"word/{place}.xml", "")
    return stream.getvalue()

word = {"[Content_Types].xml": "<Types/>"}
text = {"mimetype": "application/vnd.oasis.opendocument.text"}
kind = sys.argv[1]
content = {
    "docx": lambda: bomb(word, "", "word/document.xml", 1_000),
    "under": lambda: bomb(word, "", "word/document.xml", 190),
    "odt": lambda: bomb(text, "", "content.xml", 1_000),
    "members": lambda: members(60_000),
    "html": lambda: b"<b>" * 6_000_000,
    "none": lambda: bytes(300_000_000),
}[kind]()
name = {"odt": "a.odt", "html": "a.html"}.get(kind, "a.docx")
file = io.BytesIO(content)
before = peak()
if kind == "none":
    bytes(file.getvalue() + b"x")
try:
    opening.read(file, name)
except Refusal as refused:
    print(refused.code, (peak() - before) // 1024)
'''


def risen(kind: str) -> tuple[str, int]:
    """Why a bomb was refused, and by how many megabytes the memory of a process of its own rose meanwhile."""
    answer = subprocess.run(
        [sys.executable, "-c", BOMBS, kind],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    code, rise = answer.stdout.split()
    return code, int(rise)


@pytest.mark.parametrize(
    ("kind", "code"),
    [("docx", "bomb"), ("under", "bomb"), ("odt", "bomb"), ("members", "bomb"), ("html", "too_big")],
)
def test_memory_does_not_swell_with_a_bomb(kind, code):
    refused, rise = risen(kind)

    assert refused == code
    assert rise < 200


def test_the_measure_sees_memory_that_swells():
    assert risen("none")[1] > 200
