from django.core.mail.backends.locmem import EmailBackend


class OutboxEmailBackend(EmailBackend):
    """Placeholder until the outbox stands."""
