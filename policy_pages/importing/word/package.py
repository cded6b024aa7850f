"""The parts of a package and their relations. Nothing here follows an entity or an address outside."""

import posixpath
import re
import zipfile
from dataclasses import dataclass

from django.utils.translation import gettext as _
from lxml import etree

from kernel.content.uploads import UNREADABLE
from policy_pages.importing.source import DAMAGED, Refusal
from policy_pages.importing.word.names import W

MOST_BYTES = 200 * 1024 * 1024
MOST_MARKUP = 64 * 1024 * 1024  # a part of markup takes many times its size in memory
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
TOO_DEEP = "depth"  # in the parser's word on an element inside hundreds of others


@dataclass(frozen=True)
class Link:
    kind: str  # the last word of its type: "image", "hyperlink", "footnotes"
    target: str  # name of a part, or an address
    is_outside: bool


class Package:
    def __init__(self, file):
        try:
            self._archive = zipfile.ZipFile(file)
        except UNREADABLE as error:
            raise Refusal(DAMAGED, "damaged") from error
        self._names = {name.lower(): name for name in self._archive.namelist()}
        self._links: dict[str, dict[str, Link]] = {}

    def content(self, name: str, most: int = MOST_BYTES) -> bytes | None:
        """The bytes of a part, or None where there is none. Names differ in case between programs."""
        found = self._names.get(name.lower())
        if found is None:
            return None
        try:
            with self._archive.open(found) as part:
                content = part.read(most + 1)
        except UNREADABLE as error:
            raise Refusal(DAMAGED, "damaged") from error
        if len(content) > most:
            raise Refusal(
                _("This file unpacks to far more than it seems to hold, so it is not taken."), "too_big"
            )
        return content

    def tree(self, name: str):
        content = self.content(name, MOST_MARKUP) if name else None
        return None if content is None else _parsed(content)

    def links(self, name: str) -> dict[str, Link]:
        """Relations of a part by id; of the package itself for an empty name."""
        if name not in self._links:
            folder, base = posixpath.split(name)
            tree = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
            self._links[name] = {} if tree is None else {row.get("Id"): _link(row, folder) for row in tree}
        return self._links[name]

    def related(self, name: str, kind: str) -> str:
        """The name of the first part that ``name`` is related to in this way, or an empty string."""
        for link in self.links(name).values():
            if link.kind == kind and not link.is_outside:
                return link.target
        return ""

    @property
    def document(self) -> str:
        return self.related("", "officeDocument") or "word/document.xml"


def _link(row, folder) -> Link:
    target, is_outside = row.get("Target", ""), row.get("TargetMode") == "External"
    if not is_outside:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Link(row.get("Type", "").rsplit("/", 1)[-1], target, is_outside)


def _parsed(content: bytes):
    """Strict packages have other names for the same things; they are read under the usual ones."""
    if b"purl.oclc.org" in content:
        content = STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", content)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if TOO_DEEP in str(error):
            raise too_deep() from error
        raise Refusal(DAMAGED, "damaged") from error
    if root.getroottree().docinfo.doctype:
        raise Refusal(_("This file declares entities of its own, so it is not taken."), "entities")
    return root


def too_deep(place: str = "") -> Refusal:
    where = _(" at %(place)s") % {"place": place} if place else ""
    message = _("Tables or boxes stand too deep inside each other%(where)s. Take them apart and try again.")
    return Refusal(message % {"where": where}, "too_deep")


def body_of(tree):
    """The body of a document part; refuses what is none."""
    body = None if tree is None else tree.find(f"{W}body")
    if body is None:
        raise Refusal(DAMAGED, "damaged")
    return body
