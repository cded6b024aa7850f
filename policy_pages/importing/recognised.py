"""What a document turned out to be: the blocks of a policy, its control facts and what an author has to look at."""

from dataclasses import dataclass, field

from policy_pages.importing.source import LeftOut, Oddity, Picture


@dataclass
class Block:
    """One block of a policy's body. ``value`` is what the stream field stores, ``id`` its permanent id.

    In a figure ``value["image"]`` is a key into ``Recognised.pictures`` until the draft is made.
    """

    type: str
    value: dict
    id: str
    place: str  # where its first words stood
    level: int = 0  # of a section or an appendix as written, from 1, also where the body has fewer levels
    number: str = ""  # as written or shown, without its signs; empty where the source has none
    written: str = (
        ""  # the number as typed, with its signs and the space behind it; empty where it was counted
    )
    added: list[str] = field(
        default_factory=list
    )  # in its words but not in the source's: numbers that were counted
    implied: list[str] = field(
        default_factory=list
    )  # in the source's words and said by its form: list numbers, heads
    counted: str = ""  # of an appendix: the number that was counted in front of its label


@dataclass(frozen=True)
class Fact:
    """A line of document control, as written. A blank value is an empty string, which reads "not stated"."""

    label: str
    value: str
    place: str
    written: str = ""  # the label as it stands, with its signs and the space behind it
    before: int = 0  # the index of the block that follows it
    in_body: bool = True  # not in a running header or footer


@dataclass(frozen=True)
class WordList:
    """A checklist, a set of standards or another list, with the words it stands under."""

    heading: str
    items: list[str]


@dataclass
class Recognised:
    title: str
    blocks: list[Block]
    facts: list[Fact] = field(default_factory=list)
    lists: list[WordList] = field(default_factory=list)
    pictures: dict[str, Picture] = field(default_factory=dict)  # by SHA-256
    oddities: list[Oddity] = field(default_factory=list)
    title_place: str = ""  # where the title stands; empty if the body does not have it
    notes: str = ""  # id of the block that holds the notes
    tables: int = 0  # those that do not only lay out the page
    left_out: list[LeftOut] = field(default_factory=list)  # found here, beside what the reader left out
    mended: list[tuple[str, str]] = field(default_factory=list)  # texts before and after marks were taken out
