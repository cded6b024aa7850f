"""The archive that an OpenDocument text is: its parts and its pictures, read without any declaration."""

import posixpath
import zipfile
from typing import BinaryIO

from lxml import etree

from policy_pages.importing.source import DAMAGED, Refusal


class Package:
    def __init__(self, file: BinaryIO):
        self._archive = zipfile.ZipFile(file)
        self._names = set(self._archive.namelist())

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self._archive.close()

    def xml(self, name: str):
        """The root of a part; None where the package has no such part."""
        if name not in self._names:
            return None
        parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
        root = etree.fromstring(self._archive.read(name), parser)
        if root.getroottree().docinfo.doctype:
            raise Refusal(str(DAMAGED), "damaged")
        return root

    def picture(self, address: str) -> bytes:
        """What lies in the package at ``address``; nothing for what lies elsewhere."""
        name = posixpath.normpath(address) if address else ""
        return self._archive.read(name) if name in self._names else b""
