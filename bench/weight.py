"""What a reader's browser fetches for one policy page: HTML, CSS and JS, each compressed as a server would."""

import gzip
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

LINKED = re.compile(rb'<(?:link rel="stylesheet"|script)[^>]*?(?:href|src)="([^"]+)"')


def of(client, path: str) -> dict[str, int]:
    """Compressed bytes by file, the page itself first."""
    html = client.get(path).content
    found = {"the page": len(gzip.compress(html, 6))}
    for address in LINKED.findall(html):
        name = address.decode().removeprefix(settings.STATIC_URL)
        if name == address.decode() or not (place := finders.find(name)):
            raise RuntimeError(f"{name} is not one of our files")
        found[name] = len(gzip.compress(Path(place).read_bytes(), 6))
    return found
