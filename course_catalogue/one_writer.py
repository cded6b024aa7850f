"""One writer at a time for rules of the whole site, which no other row of training owns."""

from kernel.organisation.models import Agency, AgencyKind


def lock_rules_of_the_site() -> None:
    """Locks the host's row until the transaction ends, before any other row.

    A second press waits here, and then finds in its checks what the first one wrote.
    """
    Agency.objects.select_for_update(no_key=True).filter(kind=AgencyKind.HOST).first()
