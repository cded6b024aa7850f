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
from kernel.organisation.models import JobRole, Post
from policy_pages import clause_index, finding, reading, register, search, wanted
from policy_pages.duties import held
from policy_pages.duties import index as duty_index
from policy_pages.models import ClauseEntry, DutyEntry, PolicyVersion

CLAUSES, WORDS_A_CLAUSE, REPEATS, ROLES = 60, 30, 21, 20
KINDS = {"a rare word": "zebrafinch", "a tenth": "ladder", "all": "worried"}
VOCABULARY = [f"{head}{tail}" for head in seed.WORDS.lower().split() for tail in ("a", "b", "c", "d", "e")]
DUTIES = {"by name": held.Narrowed(), "of everyone": held.Narrowed(everyone=True)}
LISTS = {"by title": register.Asked(), "by review": register.Asked(sort="due", standing="current")}


def fill() -> None:
    """Give each issued version 60 clauses in the index, its own text stays short; index the stock pages too."""
    chance = random.Random(42)
    ClauseEntry.objects.all()._raw_delete("default")
    roles = _job_roles()
    for number, version in enumerate(_versions()):
        version.content = {"blocks": [_clause(chance, number, place, roles) for place in range(CLAUSES)]}
        clause_index.write(version)
        duty_index.replace(version, version.in_force_from)
    pages = StockPage.objects.all()
    get_search_backend().get_index_for_model(StockPage).add_items(StockPage, pages)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _versions():
    columns = ("title", "reference", "policy", "major", "minor", "in_force_from", "previous_seal")
    return PolicyVersion.objects.only(*columns).iterator()


def _job_roles() -> list[dict]:
    """Twenty job roles; the reader holds the first, which a twentieth of all duties with a name name."""
    names = [(f"Bench role {number}", f"bench-role-{number}") for number in range(ROLES)]
    rows = [JobRole.objects.get_or_create(name=name, code=code)[0] for name, code in names]
    post = Post.objects.filter(person__name=seed.READER).first()
    Post.objects.filter(pk=post.pk).update(job_role=rows[0])
    return [{"id": row.pk, "name": row.name} for row in rows]


def _clause(chance, number: int, place: int, roles) -> dict:
    words = chance.choices(VOCABULARY, k=WORDS_A_CLAUSE) + ["worried"]
    words += ["ladder"] if place % 10 == 0 else []
    words += ["zebrafinch"] if (number, place) == (7, 7) else []
    text = " ".join(words)
    heading = " ".join(chance.choices(VOCABULARY, k=3)) if place % 3 == 0 else ""
    named = [roles[(number * 8 + place // 8) % ROLES]] if place % 8 == 0 else []
    block = {"type": "clause", "id": f"{number}-{place}", "number": f"{place // 10 + 1}.{place % 10 + 1}"}
    return {
        **block,
        "heading": heading,
        "text": text,
        "force": "must" if place % 4 == 0 else "",
        "roles": named,
    }


def measure(user) -> dict:
    """Per kind of word and list: milliseconds of every repeat and queries; stock Wagtail's search beside ours."""
    today = timezone.localdate()
    reader = reading.reader_of(user, today)
    who = register.Asking(user, reader, user.staff_profile.pk)
    found = {"entries": ClauseEntry.objects.count(), "search": {}, "register": {}, "duties": {}}
    found["duty entries"] = DutyEntry.objects.count()
    for label, word in KINDS.items():
        found["search"][label] = {
            "ours": _timed(partial(finding.clauses, reader, wanted.read(word), today)),
            "titles": _timed(partial(search.find, user, word, today)),
            "stock": _timed(partial(stock, word)),
        }
    for label, asked in LISTS.items():
        found["register"][label] = _timed(partial(register.listing, who, today, asked, most=50))
    for label, narrowed in DUTIES.items():
        found["duties"][label] = _timed(partial(_duties, user, reader, today, narrowed))
    return found


def _duties(user, reader, today, narrowed):
    """What the page of somebody's own duties asks for: roles, numbers, one page of rows."""
    whose = held.Whose(held.job_roles_of(user, today), agency=user.staff_profile.agency_id)
    rows = held.duties(reader, today, whose, narrowed)
    return held.numbers(rows, today), held.listed(rows, 0, 100)


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
