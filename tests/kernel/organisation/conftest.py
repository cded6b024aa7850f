from datetime import date

import pytest

from portal.role_sync import sync_roles
from tests.factories.organisation import make_role_holder


@pytest.fixture
def today() -> date:
    return date(2026, 11, 23)


@pytest.fixture
def sign_in(client):
    sync_roles()

    def sign_in(role):
        user = make_role_holder(role)
        client.force_login(user)
        return user

    return sign_in
