import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as StockStore

from kernel.accounts.sessions import SessionStore as OwnStore
from kernel.organisation.sessions import end_sessions
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db
ENGINES = {"kernel.accounts.sessions": OwnStore, "django.contrib.sessions.backends.db": StockStore}


def open_session(store, user):
    session = store()
    session[SESSION_KEY] = str(user.pk)
    session.create()
    return session.session_key


@pytest.mark.parametrize("engine", ENGINES)
def test_the_sessions_of_these_logins_end_and_no_others(engine, settings):
    settings.SESSION_ENGINE = engine
    store, gone, stays = ENGINES[engine], make_user(), make_user()
    keys = [open_session(store, user) for user in (gone, gone, stays)]

    assert end_sessions([gone.pk]) == 2
    assert [store().exists(key) for key in keys] == [False, False, True]


@pytest.mark.parametrize("engine", ENGINES)
def test_nobody_named_ends_nothing(engine, settings):
    settings.SESSION_ENGINE = engine
    key = open_session(ENGINES[engine], make_user())

    assert end_sessions([]) == 0
    assert ENGINES[engine]().exists(key) is True
