"""The receipt of an import: what came in, what became of it, what was left out, and what is missing, as JSON.

``words_in`` are counted from the file, ``words_out`` from the blocks: the two roads meet here alone.
"""

from policy_pages.importing import counting, reading_out
from policy_pages.importing.recognised import Recognised
from policy_pages.importing.source import Oddity, Source


def receipt_of(source: Source, recognised: Recognised) -> dict:
    came, went = counting.words_in(source, recognised), counting.words_out(recognised)
    lost = counting.lost(source, recognised, came, went)
    return {
        "title": recognised.title,
        "sections": reading_out.sections(recognised),
        "tables": recognised.tables,
        "images": sum(block.type == "figure" for block in recognised.blocks),
        "text": "\n".join(reading_out.text(recognised)),
        "document_control": reading_out.document_control(recognised),
        "roles": reading_out.roles(recognised),
        "appendices": reading_out.appendices(recognised),
        "placeholders": reading_out.placeholders(recognised),
        "words_in": came.total(),
        "words_out": went.total(),
        "left_out": reading_out.left_out(source, recognised),
        "numbering_map": reading_out.numbering_map(recognised),
        "warnings": [_warning(oddity) for oddity in [*recognised.oddities, *counting.surplus(came, went)]],
        "refused": None,
        "lists": [{"heading": one.heading, "items": list(one.items)} for one in recognised.lists],
        "lost": lost,
    }


def refusal_receipt(message) -> dict:
    """The receipt of a document that was not read: all its keys, and the reason."""
    empty = receipt_of(Source([], []), Recognised("", []))
    return {**empty, "refused": str(message)}


def _warning(oddity: Oddity) -> dict:
    return {"code": oddity.code, "where": str(oddity.where), "message": str(oddity.message)}
