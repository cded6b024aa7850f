"""Search over the clauses of 2,000 policies and the register, beside Wagtail's own search: server time and queries.

A part of ``bench.prepare``, after the policies are made; measured in its process, without a server.
"""

import random
import time
from functools import partial

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.search.backends import get_search_backend

from bench import seed
from bench.stock.models import StockPage
from policy_pages import clause_index, finding, reading, register, search, wanted
from policy_pages.models import ClauseEntry, PolicyVersion

CLAUSES, WORDS_A_CLAUSE, REPEATS = 60, 30, 21
KINDS = {"a rare word": "zebrafinch", "a tenth": "ladder", "all": "worried"}
VOCABULARY = [f"{head}{tail}" for head in seed.WORDS.lower().split() for tail in ("a", "b", "c", "d", "e")]
LISTS = {"by title": register.Asked(), "by review": register.Asked(sort="due", standing="current")}


def fill() -> None:
    """Give each issued version 60 clauses in the index, its own text stays short; index the stock pages too."""
    chance = random.Random(42)
    ClauseEntry.objects.all()._raw_delete("default")
    for number, version in enumerate(PolicyVersion.objects.only("title", "reference").iterator()):
        version.content = {"blocks": [_clause(chance, number, place) for place in range(CLAUSES)]}
        clause_index.write(version)
    pages = StockPage.objects.all()
    get_search_backend().get_index_for_model(StockPage).add_items(StockPage, pages)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _clause(chance, number: int, place: int) -> dict:
    words = chance.choices(VOCABULARY, k=WORDS_A_CLAUSE) + ["worried"]
    words += ["ladder"] if place % 10 == 0 else []
    words += ["zebrafinch"] if (number, place) == (7, 7) else []
    text = " ".join(words)
    heading = " ".join(chance.choices(VOCABULARY, k=3)) if place % 3 == 0 else ""
    block = {"type": "clause", "id": f"{number}-{place}", "number": f"{place // 10 + 1}.{place % 10 + 1}"}
    return {**block, "heading": heading, "text": text, "force": "must" if place % 4 == 0 else "", "roles": []}


def measure(user) -> dict:
    """Per kind of word and list: milliseconds of every repeat and queries; stock Wagtail's search beside ours."""
    today = timezone.localdate()
    reader = reading.reader_of(user, today)
    who = register.Asking(user, reader, user.staff_profile.pk)
    found = {"entries": ClauseEntry.objects.count(), "search": {}, "register": {}}
    for label, word in KINDS.items():
        found["search"][label] = {
            "ours": _timed(partial(finding.clauses, reader, wanted.read(word), today)),
            "titles": _timed(partial(search.find, user, word, today)),
            "stock": _timed(partial(stock, word)),
        }
    for label, asked in LISTS.items():
        found["register"][label] = _timed(partial(register.listing, who, today, asked, most=50))
    return found


def stock(word: str):
    """One page of hits and their number, as a search view of stock Wagtail asks for them."""
    hits = StockPage.objects.live().search(word)
    return list(hits[:20]), hits.count()


def _timed(act) -> dict:
    took = []
    for _repeat in range(REPEATS + 2):
        with CaptureQueriesContext(connection) as captured:
            begin = time.perf_counter()
            act()
            took.append((time.perf_counter() - begin) * 1000)
    return {"ms": took[2:], "queries": len(captured)}
