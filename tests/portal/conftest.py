import pytest

from tests.factories.accounts import make_user
from tests.factories.policies import make_home


@pytest.fixture
def sample_app(settings):
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "tests.portal.sample_app"]


@pytest.fixture
def reader(client, db):
    """Signed in, with names and nothing else."""
    user = make_user("priya.nair@example.org", first_name="Priya", last_name="Nair")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user


@pytest.fixture
def home(db):
    return make_home()
