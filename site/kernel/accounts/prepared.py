"""A query whose SQL Django makes once a process, for what every request asks anew: making it costs more than asking.

The SQL is made with stand-ins for the values. At each request the real values take the places of the stand-ins
among the parameters; the answer itself is never kept. Where the connection keeps statements (PostgreSQL with the
option ``prepare_threshold``), the server plans such a query once a connection too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models.sql.compiler import SQLCompiler

try:
    from psycopg import Cursor as KeepingCursor
except ImportError:  # a site on SQLite needs no driver
    KeepingCursor = None

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
        self.forget()

    def forget(self) -> None:
        """Make the SQL anew at the next question."""
        self.made: Made | None = None
        self.made_to_count: Made | None = None

    def first(self, *values) -> tuple | None:
        return next(iter(self.all(*values)), None)

    def all(self, *values) -> list[tuple]:
        return self._rows("{}", values)

    def part(self, start: int, count: int, *values) -> list[tuple]:
        """``count`` rows from number ``start`` on, the first being 0; ``build`` must not slice."""
        return self._rows("{} LIMIT %s OFFSET %s", values, count, start)

    def count(self, *values) -> int:
        if self.made_to_count is None:
            self.made_to_count = Made.of(self.build(*self.stand_ins).order_by().query)
        with _cursor() as cursor:
            sql = f"SELECT COUNT(*) FROM ({self.made_to_count.sql}) counted"
            cursor.execute(sql, self._real(self.made_to_count.params, values))
            return cursor.fetchone()[0]

    def _rows(self, around: str, values, *more: int) -> list[tuple]:
        if self.made is None:
            self.made = Made.of(self.build(*self.stand_ins).query)
        with _cursor() as cursor:
            cursor.execute(around.format(self.made.sql), [*self._real(self.made.params, values), *more])
            return self.made.as_django_gives(cursor.fetchall())

    def _real(self, params, values) -> list:
        real = {_as_sent(old): _as_sent(new) for old, new in zip(self.stand_ins, values, strict=True)}
        return [real.get(param, param) for param in params]


def _cursor():
    """A cursor that sends the values apart from the SQL, so that the plan can be kept; Django's own joins the two.

    Where queries are logged it is Django's own: what a driver's cursor asks, no log could tell.
    """
    connection.ensure_connection()
    if connection.queries_logged or getattr(connection.connection, "prepare_threshold", None) is None:
        return connection.cursor()
    connection.validate_no_broken_transaction()
    return connection.make_cursor(KeepingCursor(connection.connection))


def _as_sent(value):
    """SQLite takes days and moments as text, PostgreSQL as they are."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
