"""What of a page is no part of its text: programs, hidden and deleted words, comments, lists of contents."""

import re

from policy_pages.importing.markup.notes import Notes, target
from policy_pages.importing.markup.sheets import Sheet
from policy_pages.importing.source import Kind, words_of

BLOCKS = set(
    "html head body address article aside blockquote button caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup option p "
    "plaintext listing pre search section select summary table tbody td textarea tfoot th thead tr ul svg text".split()
)
#: Not for a reader at all: they have no words.
DROPPED = set(
    "script style template noscript title meta link base param source track noframes noembed datalist col colgroup "
    "desc metadata defs annotation annotation-xml xml area".split()
)
#: Shown from elsewhere; what stands inside is for programs that cannot show it.
EMBEDDED = set("iframe frame frameset video audio canvas embed object applet".split())
LISTS = {"ol", "ul", "menu", "dir"}
CONTENTS_NAMES = {"toc", "table-of-contents", "tableofcontents", "contents"}
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
WORD_CONTENTS = re.compile(r"msotoc\d", re.IGNORECASE)
WORD_COMMENTS, WORD_COMMENT_MARK = ("comment-list", "comment"), "MsoCommentReference"
LONGEST_COUNT = 20
COUNT = re.compile(r"\W*(\d+|[a-z]|[ivxlc]+)?(\.\d+)*\W*", re.IGNORECASE)


class Leaving:
    def __init__(self, sheet: Sheet, notes: Notes):
        self.sheet, self.notes = sheet, notes

    def is_dropped(self, element) -> bool:
        """No words at all: programs, marks of notes, and numbers that a program put in front of its items."""
        tag = element.tag
        return (
            not isinstance(tag, str)
            or tag in DROPPED
            or tag in EMBEDDED
            or element in self.notes.references
            or element in self.notes.backs
            or (
                tag == "span"
                and (is_own_mark(element, self.sheet) or element.get("class") == WORD_COMMENT_MARK)
            )
        )

    def kind(self, element) -> str:
        """The kind of what is left out of the body, or empty."""
        if element.tag == "del":
            return Kind.DELETED
        if element in self.notes.comments or self.sheet.of(element).get("mso-element") in WORD_COMMENTS:
            return Kind.COMMENTS
        return Kind.HIDDEN if self.sheet.hides(element) else ""

    def is_contents(self, element) -> bool:
        """A list of nothing but links to places of this page."""
        if element.tag == "p":
            return (
                self._is_word_contents(element)
                or self._is_entry(element)
                and self._has_like_neighbour(element)
            )
        names = {*(element.get("class") or "").lower().split(), (element.get("id") or "").lower()}
        return (
            element.tag in LISTS or element.tag == "nav" or bool(names & CONTENTS_NAMES)
        ) and self._is_all_links(element, 2)

    def _is_word_contents(self, element) -> bool:
        return (
            bool(WORD_CONTENTS.search(element.get("class") or "")) and element.find(".//a[@href]") is not None
        )

    def _is_entry(self, element) -> bool:
        return isinstance(element.tag, str) and element.tag in ("p", "div") and self._is_all_links(element, 1)

    def _has_like_neighbour(self, element) -> bool:
        neighbours = (element.getprevious(), element.getnext())
        return any(neighbour is not None and self._is_entry(neighbour) for neighbour in neighbours)

    def _is_all_links(self, element, least: int) -> bool:
        links = [link for link in element.iter("a") if self._leads_to_text(link)]
        if len(links) < least:
            return False
        inside = sum(len(words_of("".join(link.itertext()))) for link in links)
        headed = sum(len(words_of("".join(head.itertext()))) for head in element.iter(*HEADINGS))
        around = _around(element, links)
        return (
            inside > 0
            and len([word for word in around if len(word) > LONGEST_COUNT or not COUNT.fullmatch(word)])
            <= headed
        )

    def _leads_to_text(self, link) -> bool:
        return (
            target(link) in self.notes.named
            and link not in self.notes.references
            and link not in self.notes.backs
        )


def is_own_mark(element, sheet: Sheet) -> bool:
    """The number or bullet that Word writes in front of the words of an item when it saves a page."""
    return sheet.of(element).get("mso-list") == "ignore"


def _around(element, links) -> list[str]:
    """Words of ``element`` that stand outside ``links``."""
    inside = set(links)
    found: list[str] = []

    def gather(part) -> None:
        if part in inside or not isinstance(part.tag, str):
            return
        found.extend(words_of(part.text or ""))
        for child in part:
            gather(child)
            found.extend(words_of(child.tail or ""))

    gather(element)
    return found
