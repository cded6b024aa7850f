"""What every service does with its row: lock it, check it, save it."""

from kernel.organisation.models import Agency


def lock(row):
    """The row as it stands now, and nobody else changes it until the end of the transaction."""
    return type(row)._base_manager.select_for_update().get(pk=row.pk)


def lock_lines() -> None:
    """One act at a time on who reports to whom: a circle can close between rows that no one row lock covers.

    The first agency's row is the gate.
    """
    Agency.objects.select_for_update(no_key=True).order_by("pk").values_list("pk").first()


def check_and_save(row):
    row.full_clean()
    row.save()
    return row
