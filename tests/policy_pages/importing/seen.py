"""What a test looks at in a Word document that was read."""

from collections import Counter
from io import BytesIO

from policy_pages.importing.source import Kind, Paragraph, Source, Table, words_of
from policy_pages.importing.word import read
from tests.factories.word_writing import package


def opened(content: bytes) -> Source:
    return read(BytesIO(content))


def source_of(body: str, **parts) -> Source:
    """A document with this body in markup, and these other parts."""
    return opened(package(body, **parts))


def texts(parts) -> list[str]:
    return [part.text for part in parts if isinstance(part, Paragraph)]


def numbers(source: Source) -> list[tuple[str, str]]:
    return [(part.number, part.text) for part in source.parts if isinstance(part, Paragraph)]


def grid(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def tables(source: Source) -> list[Table]:
    return [part for part in source.parts if isinstance(part, Table)]


def codes(source: Source) -> list[tuple[str, str]]:
    return [(oddity.code, oddity.where) for oddity in source.oddities]


def left(source: Source, kind: str) -> list[str]:
    return [one.words for one in source.left_out if one.kind == kind]


def words_lost(source: Source) -> Counter:
    """Words that were counted and are neither read nor left out on purpose; what was read too often is below 0."""
    counted = Counter(source.words)
    counted.subtract(
        word for one in source.left_out if one.kind in Kind.IN_BODY for word in words_of(one.words)
    )
    counted.subtract(_words(source.parts))
    counted.subtract(word for note in source.notes.values() for word in _words(note))
    return Counter({word: count for word, count in counted.items() if count})


def _words(parts) -> list[str]:
    found = []
    for part in parts:
        if isinstance(part, Paragraph):
            found += words_of(part.text)
        elif isinstance(part, Table):
            found += _words([one for row in part.rows for cell in row for one in cell.parts])
    return found
