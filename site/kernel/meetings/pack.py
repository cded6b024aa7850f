"""The papers of one meeting in one: contents, then a front sheet for each item."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string

from kernel.meetings import closures, kinds, pdf
from kernel.meetings.dates import Dates
from kernel.meetings.enums import ItemState
from kernel.meetings.kinds import FrontSheet
from kernel.meetings.models import AgendaItem
from kernel.organisation.models import BodyMeeting

SHOWN = (ItemState.ON_AGENDA, ItemState.RECORDED, ItemState.DECIDED, ItemState.CARRIED_OVER)


@dataclass(frozen=True)
class Paper:
    number: int
    item: AgendaItem
    label: str
    sheet: FrontSheet | None


@dataclass(frozen=True)
class Pack:
    meeting: BodyMeeting
    dates: Dates
    papers: tuple[Paper, ...]


def items_of(meeting) -> list[AgendaItem]:
    """What was on the agenda and not taken off."""
    return list(meeting.items.filter(state__in=SHOWN))


def pack_of(meeting, today: date, items=None) -> Pack:
    """Every front sheet is made anew from what stands today; texts that are decided say what became of them."""
    items = items_of(meeting) if items is None else items
    sheets = kinds.front_sheets(items, today)
    papers = tuple(
        Paper(number, item, _label(item), sheets.get(item.pk)) for number, item in enumerate(items, start=1)
    )
    return Pack(meeting, closures.dates_of(meeting), papers)


def _label(item) -> str:
    kind = kinds.KINDS.get(item.kind)
    return str(kind.label) if kind else item.kind


def as_pdf(meeting, today: date, progress: Callable[[int], None] = lambda done: None) -> bytes:
    """One document; ``progress`` hears how many papers are made."""
    papers, items = [], items_of(meeting)
    for number, item in enumerate(items, start=1):
        sheet = kinds.front_sheets([item], today).get(item.pk)
        papers.append(Paper(number, item, _label(item), sheet))
        progress(number)
    whole = Pack(meeting, closures.dates_of(meeting), tuple(papers))
    html = render_to_string("meetings/pack_file.html", {"pack": whole, "today": today})
    return pdf.drawn(html, picture)


def picture(address: str):
    """From whichever app keeps it."""
    found = (kind.picture(address) for kind in kinds.in_order())
    return next((one for one in found if one), None)


def styles() -> list[str]:
    """The style sheets of what the kinds show, each once."""
    return list(dict.fromkeys(name for kind in kinds.in_order() for name in kind.styles))


def fingerprint(meeting, today: date) -> str:
    """Another one as soon as the agenda or what is known of its items is another; cheap to ask."""
    items = items_of(meeting)
    known = kinds.standings(items, today)
    said = [(item.pk, item.order, item.title, known.get(item.pk)) for item in items]
    return hashlib.sha256(repr((str(today), said)).encode()).hexdigest()
