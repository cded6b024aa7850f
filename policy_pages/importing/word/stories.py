"""A story is a text that runs for itself: the body, the notes, each header and footer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from policy_pages.importing.source import Paragraph, Refusal
from policy_pages.importing.word.fields import CONTENTS, Fields
from policy_pages.importing.word.names import W
from policy_pages.importing.word.numbering import Numbering
from policy_pages.importing.word.package import Package, too_deep
from policy_pages.importing.word.record import Record
from policy_pages.importing.word.styles import Styles

DEEPEST = 20  # tables and boxes inside each other


def _no_note(kind: str, number: str, place: str) -> str:
    return ""


class Papers:
    """What all stories of one document share."""

    def __init__(self, package: Package):
        name = package.document
        self.package = package
        self.name = name
        self.styles = Styles(package.tree(package.related(name, "styles")))
        self.numbering_tree = package.tree(package.related(name, "numbering"))
        self.record = Record()
        self.notes: dict[str, list[Paragraph]] = {}
        self.note_of: Callable[[str, str, str], str] = _no_note  # set once notes can be read
        self.tables = 0
        self.boxes = 0


class Story:
    def __init__(self, papers: Papers, name: str, root, *, place: str = "", is_running: bool = False):
        self.papers = papers
        self.styles = papers.styles
        self.record = papers.record
        self.links = papers.package.links(name)
        self.numbering = Numbering(papers.numbering_tree, papers.styles)
        self.fields = Fields(root)
        self.is_running = is_running
        self.depth = 0
        self._place = place
        self._paragraphs = 0
        self._contents: list[bool] = []  # of each control or paragraph that is open, the outermost first
        self.bold_cell = False

    @property
    def place(self) -> str:
        """Where the next paragraph stands: in the body its number among those that are not empty."""
        return self._place or _("paragraph %(number)s") % {"number": self._paragraphs + 1}

    def step(self) -> None:
        self._paragraphs += 1

    def next_table(self) -> str:
        """In a note or a header the story's own place is enough."""
        if self._place:
            return self._place
        self.papers.tables += 1
        return _("table %(number)s") % {"number": self.papers.tables}

    def next_box(self) -> str:
        self.papers.boxes += 1
        return _("text box %(number)s") % {"number": self.papers.boxes}

    @property
    def in_contents(self) -> bool:
        return any(self._contents) or self.fields.stand_in(*CONTENTS)

    @contextmanager
    def within(self, *, contents: bool) -> Iterator[None]:
        self._contents.append(contents)
        yield
        self._contents.pop()

    def leave_contents(self) -> None:
        """A list of headings has ended, whatever control or field goes on."""
        self._contents = [False] * len(self._contents)
        self.fields.leave(*CONTENTS)

    def deeper(self, step: int) -> None:
        self.depth += step
        if self.depth > DEEPEST:
            raise too_deep(self.place)


def refuse_foreign(element, place: str) -> None:
    """Some documents only point at their text, which Word takes in when it opens them."""
    if element.tag == f"{W}altChunk":
        message = _("At %(place)s another file stands inside this one. Open it in Word, save it, try again.")
        raise Refusal(message % {"place": place}, "foreign_text")
    if element.tag == f"{W}subDoc":
        message = _(
            "At %(place)s a chapter is kept in a file of its own. Take all chapters into one document in Word, "
            "save it, try again."
        )
        raise Refusal(message % {"place": place}, "foreign_text")
