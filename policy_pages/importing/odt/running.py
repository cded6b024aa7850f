"""Headers and footers of the pages that a text uses; each is told once."""

from django.utils.translation import gettext as _

from policy_pages.importing.line import in_a_line
from policy_pages.importing.odt.building import Builder
from policy_pages.importing.odt.lists import Numbering
from policy_pages.importing.odt.names import get, long, short
from policy_pages.importing.odt.styles import Styles
from policy_pages.importing.odt.words import letters
from policy_pages.importing.source import Kind, LeftOut, Source, quietly

HEADERS = ("style:header", "style:header-left", "style:header-first", "loext:header-first")
FOOTERS = ("style:footer", "style:footer-left", "style:footer-first", "loext:footer-first")
USUAL = "Standard"


def read(common, content, package, source: Source) -> None:
    """Add the headers and footers that ``common`` has for the pages of ``content`` to ``source``."""
    styles = Styles([common])
    told: set[str] = set()
    for page in _used(common, content):
        for element in page:
            if short(element) not in (*HEADERS, *FOOTERS) or get(element, "style:display") == "false":
                continue
            builder = Builder(package, styles, Numbering([common]), quietly)
            with builder.apart(_("header") if short(element) in HEADERS else _("footer")) as parts:
                builder.build(element)
                place = builder.place()
            words = in_a_line(letters(element, builder.leaving))
            if parts and words not in told:
                source.running += parts
                source.left_out += [LeftOut(Kind.RUNNING, words, place), *builder.left_out]
                source.oddities += builder.oddities
            told.add(words)


def _used(common, content) -> list:
    """The kinds of page that the text may use: the usual, those that its styles name, those that follow them."""
    pages = {get(page, "style:name"): page for page in common.iter(long("style:master-page"))}
    named = [get(style, "style:master-page-name") for style in content.iter(long("style:style"))]
    waiting = [USUAL, *filter(None, named)]
    used: list[str] = []
    while waiting:
        name = waiting.pop(0)
        if name in pages and name not in used:
            used.append(name)
            waiting.insert(0, get(pages[name], "style:next-style-name"))
    return [pages[name] for name in used] or list(pages.values())
