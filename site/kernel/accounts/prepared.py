"""A query whose SQL is worked out once a process and run with new values ever after, for what every request asks."""

from collections.abc import Callable
from datetime import date

from django.db import connection

# Stand-ins for the values while the SQL is made: nothing else in a query looks like them.
NUMBER, DAY, WORD, OTHER_WORD = -7_403_219, date(1001, 1, 1), "\x01word", "\x01other"


class Prepared:
    """``build`` makes a queryset from its stand-ins; ``row(*values)`` gives its first row as the database has it.

    Each value must reach the SQL as a parameter of its own, as it does in filters and expressions.
    """

    def __init__(self, build: Callable, *stand_ins):
        self.build, self.stand_ins = build, stand_ins
        self.made: dict[str, tuple[str, tuple]] = {}

    def row(self, *values) -> tuple | None:
        sql, params = self.made.get(connection.vendor) or self._make()
        given = dict(zip(map(_adapted, self.stand_ins), map(_adapted, values), strict=True))
        with connection.cursor() as cursor:
            cursor.execute(sql, [given.get(param, param) for param in params])
            return cursor.fetchone()

    def _make(self) -> tuple[str, tuple]:
        query = self.build(*self.stand_ins).query
        made = self.made[connection.vendor] = query.get_compiler(connection=connection).as_sql()
        return made


def _adapted(value):
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
