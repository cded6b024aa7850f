import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def fresh_limits():
    """Limits and used codes live in the cache; one test does not use up another's."""
    cache.clear()


@pytest.fixture(autouse=True)
def mail_as_rows(settings):
    """Django's runner puts a mailbox of its own in place; here it is the outbox that is looked at."""
    settings.EMAIL_BACKEND = "kernel.outbox.backend.OutboxEmailBackend"
