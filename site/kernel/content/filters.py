"""Filters of lists: each a parameter of the address, so that a list can be mailed and returned to."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from kernel.content.whole import whole


@dataclass(frozen=True)
class Address:
    """What of a request decides a list: the same list is kept for the same address."""

    path: str
    query: str

    @classmethod
    def of(cls, request) -> "Address":
        return cls(request.path, request.GET.urlencode())

    @property
    def GET(self) -> QueryDict:
        return QueryDict(self.query)


@dataclass(frozen=True)
class Filter:
    """One choice of a list. ``value`` is one of ``options`` or empty: what else stands in an address is no filter."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str = ""

    @property
    def words(self) -> str:
        """The filter in force, for people."""
        chosen = dict(self.options)[self.value]
        return _("%(label)s: %(chosen)s") % {"label": self.label, "chosen": chosen}


def read(request, name: str, label: str, options: Iterable) -> Filter:
    known = tuple((str(value), str(words)) for value, words in options if value)
    asked = request.GET.get(name, "")
    return Filter(name, label, known, asked if asked in dict(known) else "")


def in_force(request, filters: Iterable[Filter]) -> list[tuple[str, str]]:
    """The filters that narrow a list, each in words with the address of the list without it."""
    return [(one.words, without(request, one.name)) for one in filters if one.value]


def page_number(request, most: int) -> int:
    """The page of the address; the first where none of 1 to ``most`` stands there."""
    return min(whole(request.GET.get("page")), most) or 1


def without(request, *names: str) -> str:
    query = request.GET.copy()
    for name in (*names, "page"):
        query.pop(name, None)
    return f"{request.path}?{query.urlencode()}"
