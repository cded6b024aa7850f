"""One more try when the database broke a circle of waiting acts, or kept one waiting too long: nobody is shown that."""

from collections.abc import Callable
from functools import wraps

from django.db import OperationalError, transaction

BROKEN = ("40P01", "40001")  # deadlock, serialisation failure


def once_more(service: Callable) -> Callable:
    """Run a whole act again, once, after a deadlock. Inside another transaction that is the outer one's matter."""

    @wraps(service)
    def run(*args, **kwargs):
        if transaction.get_connection().in_atomic_block:
            return service(*args, **kwargs)
        try:
            return service(*args, **kwargs)
        except OperationalError as error:
            if not _passes(error):
                raise
        return service(*args, **kwargs)

    return run


def _passes(error: OperationalError) -> bool:
    """PostgreSQL says it with a code; SQLite, when its one writer did not come free in time, with words alone."""
    return getattr(error.__cause__, "sqlstate", "") in BROKEN or "database is locked" in str(error)
