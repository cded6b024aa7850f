"""A list of contents goes, and the heading that stands over it goes with it."""

import re

from policy_pages.importing.source import Kind, LeftOut, Paragraph, Part

HEADING = re.compile(r"\s*(table of )?contents\W*", re.IGNORECASE)


def leave(words: str, parts: list[Part], place: str) -> LeftOut:
    """What is left out, with the heading taken off the end of ``parts``."""
    last = parts[-1] if parts else None
    if isinstance(last, Paragraph) and HEADING.fullmatch(last.text):
        parts.pop()
        words = f"{last.text} {words}"
    return LeftOut(Kind.CONTENTS, words, place)
