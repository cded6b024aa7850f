"""What a document turned out to be: the blocks of a policy, its control facts and what an author has to look at."""

from dataclasses import dataclass, field

from policy_pages.importing.source import Oddity, Picture


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


@dataclass(frozen=True)
class Fact:
    """A line of document control, as written. A blank value is an empty string, which reads "not stated"."""

    label: str
    value: str
    place: str


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
