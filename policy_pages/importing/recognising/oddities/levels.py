"""Headings that jump a level. All are kept; the paragraph is named."""

from django.utils.translation import gettext as _

from policy_pages.importing.recognised import Recognised
from policy_pages.importing.source import Oddity


def oddities(recognised: Recognised) -> list[Oddity]:
    found, above = [], 0
    for block in recognised.blocks:
        if block.type not in ("section", "appendix"):
            continue
        if block.level > above + 1:
            words = {
                "title": f"{block.number} {block.value['title']}".strip(),
                "level": block.level,
                "above": above,
            }
            found.append(Oddity("skipped_level", block.place, _words(words)))
        above = block.level
    return found


def _words(words: dict) -> str:
    if not words["above"]:
        return _("“%(title)s” is the first heading and of level %(level)d. It is kept as it is.") % words
    return (
        _("“%(title)s” is of level %(level)d and stands under level %(above)d. It is kept as it is.") % words
    )
