"""How a person finds a block."""

from policy_pages.importing.recognised import Block


def number_at(block: Block, before: str) -> str:
    """The number under which a block is found; in a section without one there is none."""
    return block.number if block.number or block.type == "section" else before
