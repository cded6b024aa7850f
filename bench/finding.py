"""Search over the clauses of 2,000 policies, beside Wagtail's own search over the titles and bodies of as many pages,
and the register: server time and queries in one process.

Run alone by ``python3 -m bench.finding [policies]`` in the bench's environment, or as a part of ``bench.prepare``.
"""

import random
import statistics
import time

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import seed
from bench.stock.models import StockPage
from policy_pages import clause_index, finding, reading, search, wanted
from policy_pages.models import ClauseEntry, PolicyVersion

CLAUSES, WORDS_A_CLAUSE, REPEATS = 60, 30, 21
KINDS = {"a rare word": "zebrafinch", "a tenth": "ladder", "all": "everybody"}
VOCABULARY = [
    f"{head}{tail}" for head in seed.WORDS.lower().split() for tail in ("", "a", "b", "c", "d", "e")
]
MOST_MS = {"postgresql": 20, "sqlite": 40}


def fill() -> None:
    """Give each issued version 60 clauses in the index; the text of the version itself stays as short as it is."""
    chance = random.Random(42)
    ClauseEntry.objects.all()._raw_delete("default")
    for number, version in enumerate(PolicyVersion.objects.only("title", "reference").iterator()):
        version.content = {"blocks": [_clause(chance, number, place) for place in range(CLAUSES)]}
        clause_index.write(version)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _clause(chance, number: int, place: int) -> dict:
    words = chance.choices(VOCABULARY, k=WORDS_A_CLAUSE) + ["everybody"]
    words += ["ladder"] if place % 10 == 0 else []
    words += ["zebrafinch"] if (number, place) == (7, 7) else []
    text = " ".join(words)
    heading = " ".join(chance.choices(VOCABULARY, k=3)) if place % 3 == 0 else ""
    block = {"type": "clause", "id": f"{number}-{place}", "number": f"{place // 10 + 1}.{place % 10 + 1}"}
    return {**block, "heading": heading, "text": text, "force": "must" if place % 4 == 0 else "", "roles": []}


def measure(user) -> dict:
    """Per kind of word: milliseconds of every repeat and queries, of our search and of Wagtail's."""
    today = timezone.localdate()
    found = {}
    for label, word in KINDS.items():
        acts = {
            "clauses": lambda word=word: ours(user, word, today),
            "titles": lambda word=word: search.find(user, word, today),
            "stock": lambda word=word: stock(word),
        }
        found[label] = {name: _timed(act) for name, act in acts.items()}
    return found


def ours(user, word: str, today):
    return finding.clauses(reading.reader_of(user, today), wanted.read(word), today)


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


def middle(values) -> str:
    return f"{statistics.median(values):.1f} ({min(values):.1f} to {max(values):.1f})"
