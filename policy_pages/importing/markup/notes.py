"""Footnotes of a page: two links that lead to each other, a short mark in the text and one at the note."""

import re

MARK = re.compile(r"\W*(\d{1,3}|[a-z]{1,4}|[*†‡§]+)?\W*", re.IGNORECASE)
LONGEST_MARK = 20
GOOGLE_COMMENT = "cmnt"
HOLDERS = {"li", "div", "p", "aside", "dd", "td", "section"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


class Notes:
    """``references`` are the links in the text, ``holders`` the elements with the notes, both with a note's key.

    Google Docs writes its comments as it writes notes; ``comments`` has their elements. ``named`` are all elements
    that a link may lead to.
    """

    def __init__(self, root):
        self.references: dict = {}
        self.holders: dict = {}
        self.comments: set = set()
        self.backs: set = set()
        self.named = _named(root)
        ways_back = _links_by_target(root)
        for link in root.iter("a"):
            if target(link) and link not in self.backs and is_mark(link):
                self._pair(link, ways_back)

    def _pair(self, link, ways_back) -> None:
        key = target(link)
        place = self.named.get(key)
        holder = _holder(place) if place is not None else None
        back = _way_back(link, holder, ways_back) if holder is not None else None
        is_known = holder is not None and holder in self.holders
        if (back is None and not is_known) or _within(link, holder):
            return
        self.backs |= {back} - {None}
        if key.startswith(GOOGLE_COMMENT):
            self.backs.add(link)
            self.comments.add(holder)
        else:
            self.references[link] = self.holders.setdefault(holder, key)


def is_mark(link) -> bool:
    words = "".join(link.itertext())
    return len(words) <= LONGEST_MARK and MARK.fullmatch(words) is not None


def target(link) -> str:
    """The name that a link inside the page leads to."""
    address = (link.get("href") or "").strip()
    return address[1:] if address.startswith("#") else ""


def _named(root) -> dict:
    found: dict = {}
    for element in root.iter():
        if isinstance(element.tag, str):
            for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
                if name:
                    found.setdefault(name, element)
    return found


def _links_by_target(root) -> dict[str, list]:
    found: dict[str, list] = {}
    for link in root.iter("a"):
        if target(link):
            found.setdefault(target(link), []).append(link)
    return found


def _holder(place):
    """The block with the note: what bears the name itself, or what is round the link that bears it."""
    if any(element.tag in HEADINGS for element in (place, *place.iterancestors())):
        return None
    if place.tag in HOLDERS:
        return place
    blocks = [element for element in place.iterancestors() if element.tag in HOLDERS]
    if not blocks:
        return None
    nearest, outer = blocks[0], blocks[1] if len(blocks) > 1 else None
    if outer is not None and nearest.tag == "p" and outer.tag in ("div", "li") and _is_first(nearest, outer):
        return outer if _is_one_note(outer) else nearest
    return nearest


def _is_first(child, parent) -> bool:
    return parent[0] is child and not (parent.text or "").strip()


def _is_one_note(block) -> bool:
    """A block of one note has one link back; a block of all notes has several."""
    return sum(1 for link in block.iter("a") if target(link) and is_mark(link)) == 1


def _way_back(link, holder, ways_back):
    names = [name for name in (link.get("id"), link.get("name")) if name]
    names += [parent.get("id") for parent in link.iterancestors("sup", "span") if parent.get("id")]
    return next((back for name in names for back in ways_back.get(name, ()) if _within(back, holder)), None)


def _within(element, holder) -> bool:
    return any(parent is holder for parent in (element, *element.iterancestors()))
