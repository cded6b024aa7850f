"""OpenDocument texts, as LibreOffice and others save them."""

from typing import BinaryIO

from django.utils.translation import gettext as _

from policy_pages.importing.line import in_a_line
from policy_pages.importing.odt import running, tables, words
from policy_pages.importing.odt.building import Builder
from policy_pages.importing.odt.leaving import Leaving
from policy_pages.importing.odt.lists import Numbering
from policy_pages.importing.odt.names import long
from policy_pages.importing.odt.package import Package
from policy_pages.importing.odt.styles import Styles
from policy_pages.importing.source import DAMAGED, Progress, Refusal, Source, quietly


def read(file: BinaryIO, progress: Progress = quietly) -> Source:
    with Package(file) as package:
        content, common = package.xml("content.xml"), package.xml("styles.xml")
        meta = package.xml("meta.xml")
        body = content.find(f"{long('office:body')}/{long('office:text')}") if content is not None else None
        if body is None:
            raise Refusal(str(DAMAGED), "damaged")
        tables.unroll(body)
        roots = [root for root in (content, common) if root is not None]
        styles = Styles(roots)
        builder = Builder(package, styles, Numbering(roots), progress)
        builder.build(body)
        source = Source(
            parts=builder.parts,
            words=words.counted(body, Leaving(styles)),
            title=_title(meta),
            notes=builder.notes,
            left_out=builder.left_out,
            oddities=builder.oddities,
        )
        if common is not None:
            running.read(common, content, package, source)
    progress(1, 1, _("Counting words"))
    return source


def _title(meta) -> str:
    found = meta.find(f".//{long('dc:title')}") if meta is not None else None
    return in_a_line(found.text or "") if found is not None else ""
