import pytest

from tests.factories.accounts import make_user
from tests.factories.organisation import make_agency, make_person, make_staff_group

ALLAUTH = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def sign_in(client):
    """Sign ``client`` in as a login, or out for None; gives the client."""

    def enter(user):
        client.logout()
        if user is not None:
            client.force_login(user, backend=ALLAUTH)
        return client

    return enter


@pytest.fixture
def people_by_name(db):
    """One reader of each kind; ``outsider`` is signed in and nobody's."""
    return {
        "visitor": None,
        "outsider": make_user(),
        "partner": make_person(user=True, agency=make_agency()).user,
        "staff": make_person(user=True).user,
    }


@pytest.fixture
def group(db):
    return make_staff_group()
