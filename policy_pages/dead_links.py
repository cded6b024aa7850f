"""Links that lead nowhere: "#" left by a conversion, a page or document that is gone, a place not in the text (S4-04).

Only what can be told without asking another site.
"""

from bs4 import BeautifulSoup


def dead_links(content: dict) -> list[tuple[str, str]]:
    """Place and words of every dead link of frozen content, in reading order."""
    places = {block["id"] for block in content["blocks"]}
    found = []
    for block in content["blocks"]:
        place = block.get("number") or block.get("heading") or block.get("caption") or block["type"]
        for html in _markup(block):
            links = BeautifulSoup(html, "html.parser").find_all("a")
            found += [(place, link.get_text(" ", strip=True)) for link in links if _is_dead(link, places)]
    return found


def _is_dead(link, places) -> bool:
    href = (link.get("href") or "").strip()
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
