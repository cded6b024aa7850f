"""A query whose SQL Django makes once a process, for what every request asks anew: making it costs more than asking.

The SQL is made with stand-ins for the values. At each request the real values take the places of the stand-ins
among the parameters; the answer itself is never kept.
"""

from collections.abc import Callable
from datetime import date

from django.db import connection

# Nothing else in a query equals these.
SOMEBODY, SOME_DAY = -7_403_219, date(1001, 1, 1)


class Prepared:
    """``build(number, day)`` makes the queryset; ``first(number, day)`` gives its first row, or None.

    The number and the day must reach the SQL as parameters of their own, as they do in filters.
    """

    def __init__(self, build: Callable):
        self.build = build
        self.made: tuple[str, tuple] | None = None

    def first(self, number: int, day: date) -> tuple | None:
        if self.made is None:
            query = self.build(SOMEBODY, SOME_DAY).query
            self.made = query.get_compiler(connection=connection).as_sql()
        sql, params = self.made
        real = {SOMEBODY: number, _as_sent(SOME_DAY): _as_sent(day)}
        with connection.cursor() as cursor:
            cursor.execute(sql, [real.get(param, param) for param in params])
            return cursor.fetchone()


def _as_sent(day: date):
    """SQLite takes a day as text, PostgreSQL as a date."""
    return connection.ops.adapt_datefield_value(day)
