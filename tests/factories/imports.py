from io import BytesIO

from django_tasks_db.models import DBTaskResult
from wagtail.models import Collection

from policy_pages.imports import accepting, bringing, reading
from policy_pages.models import PolicyImport
from portal.role_sync import sync_roles
from tests.factories.organisation import make_role_holder
from tests.factories.policies import TODAY, make_library

TEXT = """Lone working policy

Reference: HR-017

1 Why we have this

1.1 Staff who work alone are found early when something goes wrong.

2 Before a visit

2.1 The nurse must tell the office where she goes and when she comes back.

2.2 The office should ring when she is not back in time.
"""


def make_author():
    """A login that may write in the library."""
    make_library()
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    sync_roles()
    return make_role_holder("author")


def file_of(text: str = TEXT) -> BytesIO:
    return BytesIO(text.encode())


def bring(text=TEXT, *, actor=None, name="lone-working.txt", policy=None, library=None) -> PolicyImport:
    actor = actor or make_author()
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
