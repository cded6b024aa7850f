"""A PDF as a test reads it."""

import contextlib
import re
import zlib

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def opened(data: bytes) -> bytes:
    """The file and its streams opened, one after the other.

    A stream whose last byte is a carriage return loses it to the pattern: it is opened as far as it goes.
    """
    parts = [data]
    for found in STREAM.findall(data):
        with contextlib.suppress(zlib.error):
            parts.append(zlib.decompressobj().decompress(found))
    return b"".join(parts)
