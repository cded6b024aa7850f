"""Pins carry hashes and no address; nothing else records where packages come from."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PINS = ["base", "test", "wagtail8"]
LOCKS = (
    "uv.lock",
    "pdm.lock",
    "poetry.lock",
    "Pipfile.lock",
    "pylock.toml",
    "package-lock.json",
    "yarn.lock",
)
ADDRESS = re.compile(r"(?i)https?://|file:|--(extra-)?index-url|--find-links|--trusted-host|^-[if] ", re.M)


def tracked() -> list[str]:
    answer = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return answer.stdout.splitlines()


def unpinned(text: str) -> list[str]:
    """Requirements without an exact version or without a hash."""
    joined = re.sub(r"\\\n\s*", " ", text)
    lines = [line for line in joined.splitlines() if line.strip() and not line.strip().startswith("#")]
    return [
        line for line in lines if not re.match(r"[\w.\[\],-]+==\S+( +--hash=sha256:[0-9a-f]{64})+\s*$", line)
    ]


def names(text: str) -> set[str]:
    found = re.findall(r"^([A-Za-z0-9][\w.-]*)", text, re.M)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in found}


@pytest.mark.parametrize("name", PINS)
def test_pins_are_exact_and_hashed(name):
    assert unpinned((ROOT / f"requirements/{name}.txt").read_text()) == []


@pytest.mark.parametrize("text", ["django>=5.2\n", "django==5.2\n", "django==5.2 --hash=md5:aa\n"])
def test_a_loose_pin_is_caught(text):
    assert len(unpinned(text)) == 1


@pytest.mark.parametrize("name", PINS)
def test_pins_name_no_address(name):
    for ending in ("in", "txt"):
        assert not ADDRESS.search((ROOT / f"requirements/{name}.{ending}").read_text())


@pytest.mark.parametrize("text", ["--index-url x\n", "x @ https://x\n", "-f wheels\n", "--find-links=x\n"])
def test_an_address_in_the_pins_is_caught(text):
    assert ADDRESS.search(text)


@pytest.mark.parametrize("name", PINS)
def test_every_wanted_package_is_pinned(name):
    wanted = names((ROOT / f"requirements/{name}.in").read_text())

    assert wanted - names((ROOT / f"requirements/{name}.txt").read_text()) == set()


def test_no_lock_file_is_tracked():
    assert [name for name in tracked() if Path(name).name in LOCKS] == []
