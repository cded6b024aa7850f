import pytest

ALLAUTH = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def enter(client):
    """Sign ``client`` in as a login, or out for None; gives the client."""

    def sign_in(user):
        client.logout()
        if user is not None:
            client.force_login(user, backend=ALLAUTH)
        return client

    return sign_in


@pytest.fixture
def words():
    def of(answer) -> str:
        return " ".join(answer.content.decode().split())

    return of
