"""A query whose SQL is worked out once a process and run with new values ever after, for what every request asks."""

from collections.abc import Callable
from datetime import date

from django.db import connection

NOBODY = -7_403_219
NO_DAY = date(1001, 1, 1)


class Prepared:
    """``build(number, day)`` gives a queryset; ``row`` runs it and gives its first row as the database has it.

    The two values must reach the SQL as parameters of their own, as they do in filters and expressions.
    """

    def __init__(self, build: Callable):
        self.build = build
        self.kept: dict[str, tuple[str, list]] = {}

    def row(self, number: int, day: date) -> tuple | None:
        sql, places = self.kept.get(connection.vendor) or self._prepare()
        with connection.cursor() as cursor:
            values = {NOBODY: number, self._day(NO_DAY): self._day(day)}
            cursor.execute(sql, [values.get(place, place) for place in places])
            return cursor.fetchone()

    def _prepare(self) -> tuple[str, list]:
        sql, params = self.build(NOBODY, NO_DAY).query.get_compiler(connection=connection).as_sql()
        self.kept[connection.vendor] = sql, list(params)
        return self.kept[connection.vendor]

    @staticmethod
    def _day(day: date):
        return connection.ops.adapt_datefield_value(day)
