"""Policies as things that other apps may name (``kernel.content.links``), such as the one behind a charge.

Texts name policies in words and by their short address, so that this kind is none of theirs.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy

from kernel.content import links
from kernel.content.links import Link
from policy_pages import reading
from policy_pages.models import PolicyPage

KIND = "policy"


def register() -> None:
    label = gettext_lazy("Policy")
    links.register(KIND, label=label, ask=ask, titles=titles, options=options, in_texts=False)


def ask(ids: list[int], request, now: datetime) -> dict[int, Link]:
    """The policies among ``ids`` that are in force and that the reader may read, by number and title."""
    today = timezone.localdate(now)
    rows = reading.readable(reading.reader_asking(request, today), today).filter(policy__in=ids)
    known = dict(rows.values_list("policy", "title"))
    pages = PolicyPage.objects.filter(pk__in=known)
    return {
        page.pk: Link(_words(page.reference, known[page.pk]), page.get_url(request) or "") for page in pages
    }


def titles(ids: list[int]) -> dict[int, str]:
    rows = PolicyPage.objects.filter(pk__in=ids)
    return {page.pk: _words(page.reference, page.title) for page in rows}


def options() -> Iterable[tuple[int, str]]:
    rows = PolicyPage.objects.live().order_by("reference", "pk").values_list("pk", "reference", "title")
    return [(pk, _words(reference, title)) for pk, reference, title in rows]


def _words(reference: str | None, title: str) -> str:
    return f"{reference} {title}" if reference else title
