import re
import zipfile
from base64 import b64encode
from io import BytesIO

import docx
from django_tasks_db.models import DBTaskResult

from policy_pages.imports import accepting, bringing, reading
from policy_pages.models import PolicyImport
from portal.role_sync import sync_roles
from tests.factories.files import make_root_collection, png
from tests.factories.organisation import make_role_holder
from tests.factories.policies import TODAY, make_library

TEXT = """Lone working policy

Reference: HR-017

Version: 2.0

1 Why we have this

1.1 Staff who work alone are found early when something goes wrong.

2 Before a visit

2.1 The nurse must tell the office where she goes and when she comes back.

2.2 The office should ring when she is not back in time.
"""


def make_author():
    """A login that may write in the library."""
    make_library()
    make_root_collection()
    sync_roles()
    return make_role_holder("author")


def pictured(*colours: str, text: str = TEXT) -> bytes:
    """The same text as a web page, with squares at its end."""
    lines = [
        f"<h2>{line}</h2>" if re.match(r"\d ", line) else f"<p>{line}</p>" for line in text.split("\n\n")
    ]
    squares = [
        f'<p><img src="data:image/png;base64,{b64encode(png(colour=one)).decode()}"></p>' for one in colours
    ]
    body = "".join(lines + squares).replace("<p>", "<h1>", 1).replace("</p>", "</h1>", 1)
    return f"<html><body>{body}</body></html>".encode()


def lossy(words: str = "lost words") -> bytes:
    """A Word file that is not well made: ``words`` stand beside all runs of letters, where no reader finds them."""
    document, stream = docx.Document(), BytesIO()
    document.add_heading("Lone working policy", 0)
    document.add_heading("Why we have this", 1)
    document.add_paragraph("Staff who work alone are found early.")
    document.save(stream)
    with zipfile.ZipFile(stream) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    astray = f"<w:p><w:t>{words}</w:t></w:p><w:sectPr".encode()
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:sectPr", astray, 1)
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in parts.items():
            whole.writestr(name, content)
    return made.getvalue()


def bytes_of(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def file_of(text: str | bytes = TEXT) -> BytesIO:
    return BytesIO(bytes_of(text))


def name_of(text: str | bytes) -> str:
    """The name under which such content is brought."""
    kinds = {b"PK": "docx", b"<h": "html"}
    return f"lone-working.{kinds.get(bytes_of(text)[:2], 'txt')}"


def bring(text=TEXT, *, actor=None, name="", policy=None, library=None) -> PolicyImport:
    actor = actor or make_author()
    name = name or name_of(text)
    if policy is None and library is None:
        library = make_library()
    return bringing.bring(file_of(text), name, actor=actor, today=TODAY, library=library, policy=policy)


def queued() -> list[int]:
    """Numbers of the rows that a worker would read, oldest task first."""
    path = "policy_pages.imports.reading.read_import"
    tasks = DBTaskResult.objects.filter(task_path=path).order_by("enqueued_at")
    return [task.args_kwargs["args"][0] for task in tasks]


def read(row) -> PolicyImport:
    reading.read(row.pk)
    row.refresh_from_db()
    return row


def accept(row, *, actor, **values) -> PolicyImport:
    return accepting.accept(row, actor=actor, today=TODAY, **values)


def make_imported(text=TEXT, *, actor=None, **values):
    """Brought, read and accepted: the policy that it became."""
    actor = actor or make_author()
    return accept(read(bring(text, actor=actor, **values)), actor=actor).policy
