import pytest
from django.apps import AppConfig, apps

from tests.factories.accounts import make_user
from tests.factories.policies import make_home


@pytest.fixture
def sample_app():
    """One more app beside the installed ones; none of them is made ready a second time."""
    config = AppConfig.create("tests.portal.sample_app")
    apps.app_configs[config.label] = config
    yield
    del apps.app_configs[config.label]


@pytest.fixture
def reader(client, db):
    """Signed in, with names and nothing else."""
    user = make_user("priya.nair@example.org", first_name="Priya", last_name="Nair")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user


@pytest.fixture
def home(db):
    return make_home()
