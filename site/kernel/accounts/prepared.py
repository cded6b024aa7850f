"""A query whose SQL Django makes once a process, for what every request asks anew: making it costs more than asking.

The SQL is made with stand-ins for the values. At each request the real values take the places of the stand-ins
among the parameters; the answer itself is never kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models.sql.compiler import SQLCompiler

# By kind of value, told apart by its place. Nothing else in a query equals these.
STAND_INS = {
    int: lambda place: -7_403_219 - place,
    str: lambda place: f"\x01{place} stands in",
    date: lambda place: date(1001, 1, 1) + timedelta(days=place),
    datetime: lambda place: datetime(1001, 1, 1, tzinfo=ZoneInfo("UTC")) + timedelta(days=place),
}


@dataclass(frozen=True)
class Made:
    """The SQL of one query, and what Django does with the answers of this database."""

    sql: str
    params: tuple
    compiler: SQLCompiler
    converters: dict

    @classmethod
    def of(cls, query) -> "Made":
        compiler = query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        return cls(sql, params, compiler, converters)

    def as_django_gives(self, rows: list[tuple]) -> list[tuple]:
        if not self.converters:
            return rows
        return [tuple(row) for row in self.compiler.apply_converters(rows, self.converters)]


class Prepared:
    """``build`` makes the queryset of tuples from values of the ``kinds``, in their order.

    Each value must reach the SQL as a parameter of its own, as it does in filters.
    """

    def __init__(self, build: Callable, *kinds: type):
        self.build = build
        self.stand_ins = [STAND_INS[kind](place) for place, kind in enumerate(kinds)]
        self.made: Made | None = None

    def first(self, *values) -> tuple | None:
        sql, params = self._filled(values)
        return next(iter(self._rows(sql, params)), None)

    def part(self, start: int, count: int, *values) -> list[tuple]:
        """``count`` rows from number ``start`` on, the first being 0; ``build`` must not slice."""
        sql, params = self._filled(values)
        return self._rows(f"{sql} LIMIT %s OFFSET %s", [*params, count, start])

    def count(self, *values) -> int:
        sql, params = self._filled(values)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({sql}) counted", params)
            return cursor.fetchone()[0]

    def _filled(self, values) -> tuple[str, list]:
        if self.made is None:
            self.made = Made.of(self.build(*self.stand_ins).query)
        real = {_as_sent(old): _as_sent(new) for old, new in zip(self.stand_ins, values, strict=True)}
        return self.made.sql, [real.get(param, param) for param in self.made.params]

    def _rows(self, sql: str, params: list) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return self.made.as_django_gives(cursor.fetchall())


def _as_sent(value):
    """SQLite takes days and moments as text, PostgreSQL as they are."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
