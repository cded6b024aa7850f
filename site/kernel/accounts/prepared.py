"""A query whose SQL Django makes once a process, for what every request asks anew: making it costs more than asking.

The SQL is made with stand-ins for the values. At each request the real values take the places of the stand-ins
among the parameters; the answer itself is never kept.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

# By kind of value, told apart by its place. Nothing else in a query equals these.
STAND_INS = {
    int: lambda place: -7_403_219 - place,
    str: lambda place: f"\x01{place} stands in",
    date: lambda place: date(1001, 1, 1) + timedelta(days=place),
    datetime: lambda place: datetime(1001, 1, 1, tzinfo=ZoneInfo("UTC")) + timedelta(days=place),
}


class Prepared:
    """``build`` makes the queryset from values of the ``kinds``, in their order; answers are rows as the database
    gives them.

    Each value must reach the SQL as a parameter of its own, as it does in filters.
    """

    def __init__(self, build: Callable, *kinds: type):
        self.build = build
        self.stand_ins = [STAND_INS[kind](place) for place, kind in enumerate(kinds)]
        self.made: tuple[str, tuple] | None = None

    def first(self, *values) -> tuple | None:
        with connection.cursor() as cursor:
            cursor.execute(*self._filled(values))
            return cursor.fetchone()

    def part(self, start: int, count: int, *values) -> list[tuple]:
        """``count`` rows from number ``start`` on, the first being 0; ``build`` must not slice."""
        sql, params = self._filled(values)
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} LIMIT %s OFFSET %s", [*params, count, start])
            return cursor.fetchall()

    def _filled(self, values) -> tuple[str, list]:
        if self.made is None:
            query = self.build(*self.stand_ins).query
            self.made = query.get_compiler(connection=connection).as_sql()
        sql, params = self.made
        real = {_as_sent(old): _as_sent(new) for old, new in zip(self.stand_ins, values, strict=True)}
        return sql, [real.get(param, param) for param in params]


def _as_sent(value):
    """SQLite takes days and moments as text, PostgreSQL as they are."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
