"""What a test looks at in a document that was read, whatever its format."""

from collections import Counter
from dataclasses import fields

from policy_pages.importing.source import Kind, Paragraph, Part, Picture, Piece, Source, Table, words_of

PLAIN = Piece("")


def told(parts: list[Part]) -> list:
    """Paragraphs as number and text, tables as rows of texts, pictures as their alternative text."""
    return [_told(part) for part in parts if not isinstance(part, Paragraph) or part.text or part.number]


def _told(part: Part):
    if isinstance(part, Paragraph):
        return f"{part.number} {part.text}".strip()
    if isinstance(part, Picture):
        return (part.alt,)
    return [[cell.text for cell in row] for row in part.rows]


def looks(paragraph: Paragraph) -> list[tuple]:
    """The pieces of a paragraph: text, and by name what is not plain."""
    return [(piece.text, _unlike(piece)) for piece in paragraph.pieces]


def _unlike(piece: Piece) -> dict:
    names = [field.name for field in fields(Piece) if field.name != "text"]
    return {name: getattr(piece, name) for name in names if getattr(piece, name) != getattr(PLAIN, name)}


def oddities(source: Source) -> list[tuple[str, str]]:
    return [(oddity.code, oddity.where) for oddity in source.oddities]


def left_out(source: Source) -> list[tuple[str, str]]:
    return [(one.kind, one.words) for one in source.left_out]


def unaccounted(source: Source) -> Counter:
    """Words counted and not read, above 0; words read and not counted, below."""
    counted = Counter(source.words)
    counted.subtract(
        word for one in source.left_out if one.kind in Kind.IN_BODY for word in words_of(one.words)
    )
    counted.subtract(_words(source.parts))
    for paragraphs in source.notes.values():
        counted.subtract(_words(paragraphs))
    return Counter({word: count for word, count in counted.items() if count})


def _words(parts: list[Part]) -> list[str]:
    found: list[str] = []
    for part in parts:
        if isinstance(part, Paragraph):
            found += words_of(part.text)
        elif isinstance(part, Table):
            found += words_of(part.caption)
            found += [word for row in part.rows for cell in row for word in _words(cell.parts)]
    return found
