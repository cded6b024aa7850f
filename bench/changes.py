"""What it takes to compare two texts: 120 clauses, and one clause of 7,320 words."""

import time

from policy_pages.changes.comparing import compare
from tests.factories.frozen import make_clause, make_content

CLAUSES, WORDS = 120, 7320
REPEATS = 5


def measure() -> dict[str, list[float]]:
    """Milliseconds of every repeat, by label; the result of each is looked at before it counts."""
    return {
        "120 clauses": _times(*_clauses(changed={77: ("must", "should")}), first="8.8"),
        "120 clauses, all changed": _times(
            *_clauses(changed={n: ("ring", "write") for n in range(CLAUSES)}), first="1.1"
        ),
        "7,320 words in one clause": _times(*_one_clause(), first="1.1"),
    }


def _times(old: dict, new: dict, *, first: str) -> list[float]:
    found = []
    for _repeat in range(REPEATS):
        begin = time.perf_counter()
        comparison = compare(old, new)
        found.append((time.perf_counter() - begin) * 1000)
        if comparison.changes[0].number != first or comparison.is_coarse:
            raise RuntimeError("the change was not found")
    return found


def _words(count: int) -> list[str]:
    """Invented words in sentences of eighteen."""
    found = [f"word{n * 7919 % 1031}" for n in range(count)]
    return [word + ("." if n % 18 == 17 else "") for n, word in enumerate(found)]


def _clauses(changed: dict[int, tuple[str, str]]) -> tuple[dict, dict]:
    words = _words(CLAUSES * 60)
    texts = [" ".join(words[n * 60 : n * 60 + 60]) + " Staff must ring." for n in range(CLAUSES)]
    after = [text.replace(*changed[n]) if n in changed else text for n, text in enumerate(texts)]
    return tuple(
        make_content(*(make_clause(f"{n // 10 + 1}.{n % 10 + 1}", text) for n, text in enumerate(side)))
        for side in (texts, after)
    )


def _one_clause() -> tuple[dict, dict]:
    words = _words(WORDS)
    after = list(words)
    after[1000], after[6003] = "must", "should"
    return tuple(make_content(make_clause("1.1", " ".join(side))) for side in (words, after))
