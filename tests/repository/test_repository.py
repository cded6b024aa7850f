"""What a clone holds: sources not ignored, migrations complete, sizes kept, promises that name real tests."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.repository.test_pins import tracked

ROOT = Path(__file__).resolve().parents[2]
FILE_LINES, FUNCTION_LINES = 400, 40
# Longer than the limit for a reason that stands here; the list is meant to shrink.
LONG: dict[str, str] = {}
MACHINE = re.compile(r"/(work|tmp/lab|root)/|/home/\w+/|\.pyenv/versions/3|/opt/pypi")
PROMISE = re.compile(r"(tests/[\w/]+\.py)::(\w+)")


def python_files() -> list[Path]:
    return [ROOT / name for name in tracked() if name.endswith(".py") and (ROOT / name).exists()]


def too_long(path: Path, root: Path) -> list[str]:
    """Files over 400 lines; functions over 40, without decorators. Migrations are made, not written."""
    place = path.relative_to(root).as_posix()
    if "/migrations/" in place:
        return []
    text = path.read_text(encoding="utf-8")
    found = [place] if len(text.splitlines()) > FILE_LINES else []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if node.end_lineno - node.lineno + 1 > FUNCTION_LINES:
                found.append(f"{place}::{node.name}")
    return [name for name in found if name not in LONG]


def broken_promises(text: str, root: Path) -> list[str]:
    """Tests named in docs/promises.md that do not exist."""
    found = []
    for place, name in PROMISE.findall(text):
        path = root / place
        if not path.exists() or not re.search(rf"def {name}\(", path.read_text(encoding="utf-8")):
            found.append(f"{place}::{name}")
    return found


def bad_migration(path: Path) -> str:
    """'' for a migration with a name of its own, made with the pinned Wagtail."""
    if re.search(r"_auto_\d{8}", path.name):
        return f"{path.name} has no name"
    return f"{path.name} was made on Wagtail 8" if "WAGTAIL_PAGE_MODEL" in path.read_text() else ""


def machine_paths(names: list[str], root: Path) -> list[str]:
    found = []
    for name in names:
        path = root / name
        if name == "tests/repository/test_repository.py" or not path.is_file():
            continue
        text = path.read_bytes().decode("utf-8", "ignore")
        found += [f"{name}: {match.group()}" for match in [MACHINE.search(text)] if match]
    return found


def test_files_and_functions_keep_their_size():
    assert [name for path in python_files() for name in too_long(path, ROOT)] == []


def test_a_long_file_and_a_long_function_are_caught(tmp_path):
    path = tmp_path / "long.py"
    path.write_text("def long():\n" + "    x = 1\n" * 400)

    assert too_long(path, tmp_path) == ["long.py", "long.py::long"]


def test_git_does_not_ignore_the_source():
    answer = subprocess.run(
        ["git", "check-ignore", "site", "site/portal"], cwd=ROOT, capture_output=True, text=True
    )

    assert (answer.returncode, answer.stdout) == (1, "")


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_are_named_and_made_with_the_pinned_wagtail():
    paths = [path for path in python_files() if path.parent.name == "migrations"]

    assert [words for path in paths if (words := bad_migration(path))] == []


@pytest.mark.parametrize(
    ("name", "text"), [("0002_auto_20261123_1200.py", ""), ("0002_page.py", "settings.WAGTAIL_PAGE_MODEL")]
)
def test_a_bad_migration_is_caught(tmp_path, name, text):
    (tmp_path / name).write_text(text)

    assert bad_migration(tmp_path / name)


def test_promises_name_tests_that_exist():
    assert broken_promises((ROOT / "docs/promises.md").read_text(), ROOT) == []


def test_a_promise_without_its_test_is_caught():
    text = "| X | y | tests/repository/test_repository.py::test_of_nothing |"

    assert broken_promises(text, ROOT) == ["tests/repository/test_repository.py::test_of_nothing"]


def test_no_tracked_file_names_a_machine_path():
    assert machine_paths(tracked(), ROOT) == []


def test_a_machine_path_is_caught(tmp_path):
    (tmp_path / "note.md").write_text("see /home/someone/project")

    assert machine_paths(["note.md"], tmp_path) == ["note.md: /home/someone/"]


def test_the_readme_has_the_two_commands():
    text = (ROOT / "README.md").read_text()

    assert [command in text for command in ("python3 dev.py demo", "python3 dev.py test")] == [True, True]
