"""What a test looks at in a document that was recognised."""

from policy_pages.importing import receipt
from policy_pages.importing.recognised import Recognised
from policy_pages.importing.recognising import recognise
from tests.factories.sources import make_source


def recognised(*parts, **values) -> Recognised:
    return recognise(make_source(*parts, **values))


def receipt_for(*parts, **values) -> dict:
    source = make_source(*parts, **values)
    return receipt.receipt_of(source, recognise(source))


def blocks(found: Recognised) -> list[tuple]:
    """(type, number, words) of every block; of a section also its level."""
    return [_block(block) for block in found.blocks]


def _block(block) -> tuple:
    value = block.value
    if block.type == "section":
        return ("section", block.number, value["title"], block.level)
    if block.type == "appendix":
        return ("appendix", block.number, value["title"])
    if block.type == "clause":
        return ("clause", block.number, value["heading"], value["text"])
    return (block.type, value)


def outline(found: Recognised) -> list[tuple[int, str, str]]:
    """(level, number, title) of the sections."""
    rows = [block for block in found.blocks if block.type == "section"]
    return [(block.level, block.number, block.value["title"]) for block in rows]


def clauses(found: Recognised) -> list[tuple[str, str]]:
    rows = [block for block in found.blocks if block.type == "clause"]
    return [(block.number, block.value["text"]) for block in rows]


def codes(found: Recognised) -> list[str]:
    return [oddity.code for oddity in found.oddities if oddity.code != "control_not_found"]


def messages(found: Recognised, code: str) -> list[str]:
    return [str(oddity.message) for oddity in found.oddities if oddity.code == code]
