"""Links that lead nowhere: "#" left by a conversion, a page or document that is gone, a place not in the text (S4-04).

Only what can be told without asking another site.
"""

import re

from bs4 import BeautifulSoup
from django.db.models import OuterRef, Subquery

from policy_pages.converters import REFERENCE
from policy_pages.models.version import PolicyVersion

TO_POLICY = re.compile(rf"/p/({REFERENCE})/", re.IGNORECASE)


def dead_links(content: dict) -> list[tuple[str, str]]:
    """Place and words of every dead link of frozen content, in reading order."""
    places = {block["id"] for block in content["blocks"]}
    return [(place, words) for place, words, href in _links(content) if _is_dead(href, places)]


def links_to_withdrawn(content: dict) -> list[tuple[str, str, str]]:
    """Place, words and reference of every link to a policy that a body withdrew, from that decision on (S3-05)."""
    named = _to_policies(content)
    gone = _withdrawn({reference for _place, _words, reference in named}) if named else ()
    return [row for row in named if row[2] in gone]


def policies_named(content: dict) -> set[str]:
    """The references of the policies to which a text links."""
    return {reference for _place, _words, reference in _to_policies(content)}


def _to_policies(content) -> list[tuple[str, str, str]]:
    found = [(place, words, TO_POLICY.match(href)) for place, words, href in _links(content)]
    return [(place, words, match[1].upper()) for place, words, match in found if match]


def _withdrawn(references: set[str]) -> set[str]:
    """Those under which a policy is known whose newest version is withdrawn."""
    newest = PolicyVersion.objects.filter(policy=OuterRef("policy")).newest_first()
    rows = PolicyVersion.objects.filter(reference__in=references)
    rows = rows.annotate(gone=Subquery(newest.values("retirement")[:1]))
    return set(rows.exclude(gone=None).values_list("reference", flat=True))


def _links(content: dict):
    """Place, words and address of every link, in reading order."""
    for block in content["blocks"]:
        place = block.get("number") or block.get("heading") or block.get("caption") or block["type"]
        for html in _markup(block):
            for link in BeautifulSoup(html, "html.parser").find_all("a"):
                yield place, link.get_text(" ", strip=True), (link.get("href") or "").strip()


def _is_dead(href, places) -> bool:
    if href.startswith("#file-"):
        return False
    return not href or (href.startswith("#") and href[1:] not in places)


def _markup(value):
    if isinstance(value, str):
        if "<a" in value:
            yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _markup(part)
    elif isinstance(value, list):
        for part in value:
            yield from _markup(part)
