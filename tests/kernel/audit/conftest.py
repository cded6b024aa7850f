import pytest
from wagtail import hooks

from kernel.audit.registry import HOOK


@pytest.fixture(autouse=True)
def head_file(settings, tmp_path):
    settings.AUDIT_HEAD_FILE = tmp_path / "head.txt"
    return settings.AUDIT_HEAD_FILE


@pytest.fixture
def tea():
    """An app of the suite registers one action."""
    with hooks.register_temporarily(HOOK, lambda: {"suite.tea": "Made tea"}):
        yield "suite.tea"
