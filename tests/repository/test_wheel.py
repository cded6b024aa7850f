"""What is installed is whole: a wheel, and an editable install, answer ``django check`` from anywhere."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.repository.test_pins import ROOT, names, tracked

INSTALLED = ("policy_pages/", "course_catalogue/", "site/portal/", "site/kernel/", "templates/")
WINDOWS = {"colorama", "tzdata"}
CHECK = """
import site, sys
site.addsitedir(sys.argv[1])
from django.core.management import execute_from_command_line
execute_from_command_line(["django", "check"])
"""


def build(kind: str, folder: Path) -> zipfile.ZipFile:
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = folder.glob("*.whl")
    return zipfile.ZipFile(wheel)


def check_from_elsewhere(installed: Path, tmp_path: Path) -> str:
    """Django's check by a Python that finds our packages in ``installed`` alone, started in another folder."""
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "DATABASE_URL")}
    env |= {"DJANGO_SETTINGS_MODULE": "portal.settings.demo", "VAR_FOLDER": str(tmp_path / "var")}
    command = [sys.executable, "-c", CHECK, str(installed)]
    answer = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120)
    return answer.stdout + answer.stderr


def place_in_wheel(name: str) -> str:
    return re.sub(r"^templates/", "portal/templates/", name.removeprefix("site/"))


@pytest.fixture
def installed(tmp_path):
    build("wheel", tmp_path / "dist").extractall(tmp_path / "installed")
    return tmp_path / "installed"


def test_a_wheel_has_every_file_of_the_packages_and_checks(installed, tmp_path):
    wanted = {place_in_wheel(name) for name in tracked() if name.startswith(INSTALLED)}
    there = {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()}

    assert wanted - there == set()
    assert "System check identified no issues" in check_from_elsewhere(installed, tmp_path)
    assert (tmp_path / "var").is_dir()


def test_a_wheel_without_its_settings_does_not_check(installed, tmp_path):
    """Control: nothing of the working tree helps."""
    (installed / "portal/settings/demo.py").unlink()

    assert "portal.settings.demo" in check_from_elsewhere(installed, tmp_path)


def test_an_editable_install_is_two_lines_and_checks(tmp_path):
    build("wheel:editable", tmp_path / "dist").extractall(tmp_path / "installed")
    (paths,) = (tmp_path / "installed").glob("*.pth")

    assert paths.read_text().splitlines() == [str(ROOT), str(ROOT / "site")]
    assert "System check identified no issues" in check_from_elsewhere(tmp_path / "installed", tmp_path)


def test_the_wheel_asks_for_what_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = names("\n".join(project["dependencies"]))

    assert asked == names((ROOT / "requirements/base.in").read_text())
    assert {line.split(";")[0] for line in project["dependencies"] if "win32" in line} == WINDOWS
