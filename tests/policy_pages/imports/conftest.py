import pytest


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """A folder of uploads of its own: what is left in it is told by ``stored``."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def stored(media):
    return lambda: sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())
