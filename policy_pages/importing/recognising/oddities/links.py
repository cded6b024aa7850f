"""Links that lead nowhere: "#" left by a conversion, a place in the document, a file on somebody's computer."""

import re
from collections.abc import Iterator
from html import unescape

from django.utils.translation import gettext as _

from policy_pages.importing.recognised import Recognised
from policy_pages.importing.recognising.oddities.passages import where
from policy_pages.importing.recognising.places import number_at
from policy_pages.importing.source import Oddity
from policy_pages.importing.wording import plain

LINK = re.compile(r"<a\b(?P<attributes>[^>]*)>(?P<words>.*?)</a>", re.DOTALL)
HREF = re.compile(r'href="([^"]*)"')
SAFE = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)


def oddities(recognised: Recognised) -> list[Oddity]:
    found, number = [], ""
    places = {block.id for block in recognised.blocks}
    for block in recognised.blocks:
        number = number_at(block, number)
        for html in _html(block.value):
            for link in LINK.finditer(html):
                href = HREF.search(link["attributes"])
                address = unescape(href[1]) if href else ""
                if not SAFE.match(address) and address.removeprefix("#") not in places:
                    found.append(Oddity("dead_link", where(block, number), _message(link["words"], address)))
    return found


def _message(words: str, address: str) -> str:
    names = {"words": " ".join(plain(words).split()), "address": address or "#"}
    return _("The link “%(words)s” (%(address)s) leads nowhere.") % names


def _html(value) -> Iterator[str]:
    if isinstance(value, str):
        if "<a" in value:
            yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _html(part)
    elif isinstance(value, list):
        for part in value:
            yield from _html(part)
