import pytest

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
