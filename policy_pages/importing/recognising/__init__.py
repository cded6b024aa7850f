"""What a document turns out to be: a source, whatever its format, becomes the blocks of a policy.

The lines of the document are looked at several times, each time for one thing: marks of conversions, lists of
contents, appendices, document control, the title, headings, items of lists. What is left over is text. Nothing of
the text is ever changed; whatever looks wrong is told as an oddity.
"""

from django.utils.translation import gettext_lazy as _

from policy_pages.importing.recognised import Fact, Recognised
from policy_pages.importing.recognising import (
    appendices,
    captions,
    contents,
    control,
    headings,
    leading,
    lists,
    titles,
)
from policy_pages.importing.recognising.building import Builder
from policy_pages.importing.recognising.lines import Grid
from policy_pages.importing.recognising.oddities import oddities_of
from policy_pages.importing.recognising.residue import Residue
from policy_pages.importing.recognising.stream import Stream
from policy_pages.importing.source import Kind, Paragraph, Part, Progress, Refusal, Source, quietly

NO_WORDS = _(
    "There is no text in this document. If it is a scan, a picture of each page, have it typed or read by a program "
    "that knows letters, and bring that."
)


def recognise(source: Source, progress: Progress = quietly) -> Recognised:
    if not source.words:
        raise Refusal(NO_WORDS)
    residue = Residue()
    parts = residue.clean(source.parts)
    items = Stream(parts).items
    notes = {key: _paragraphs(residue.clean(said)) for key, said in source.notes.items()}
    items, left_out = contents.take(items, any(one.kind == Kind.CONTENTS for one in source.left_out))
    tables = sum(isinstance(item, Grid) for item in items)
    items = control.take(appendices.find(items))
    title, line, items = titles.take(items, source.title, control.title_of(items))
    items, named = captions.take(items)
    headings.find(items)
    lists.settle(items)
    built = Builder(notes, source.oddities, named).build(items, progress)
    leading.lead(built.blocks, built.anchors, leading.names_in(parts))
    recognised = Recognised(
        title=title,
        blocks=built.blocks,
        facts=[*built.facts, *_running(source, built.facts)],
        lists=built.lists,
        pictures=built.pictures,
        title_place=line.place if line else "",
        notes=built.notes,
        tables=tables,
        left_out=[*residue.left_out, *left_out],
        mended=residue.mended,
    )
    recognised.oddities = [*source.oddities, *built.oddities, *oddities_of(recognised)]
    return recognised


def _paragraphs(parts: list[Part]) -> list[Paragraph]:
    return [part for part in parts if isinstance(part, Paragraph)]


def _running(source: Source, facts: list[Fact]) -> list[Fact]:
    """Facts of headers and footers that the body does not state in the same words."""
    stated = {(fact.label.lower(), fact.value) for fact in facts}
    return [
        Fact(said.label, said.value, said.place, said.written, in_body=False)
        for said in control.running(Residue().clean(source.running))
        if (said.label.lower(), said.value) not in stated
    ]
