"""The design system's css as we serve it: without its fonts and without the source map its package lacks.

Our font rule alone is not enough: under a strict policy browsers report every font of another origin that a
stylesheet declares, used or not.
"""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

SOURCE = "wagtailnhsukfrontend/css/nhsuk-frontend-10.4.2.min.css"
SERVED = "nhsuk/nhsuk-frontend-10.4.2.css"
NOT_OURS = re.compile(r"@font-face\s*\{[^}]*\}|/\*# sourceMappingURL=[^*]*\*/")


def served_css() -> str:
    return NOT_OURS.sub("", (settings.NHSUK_STATIC / SOURCE).read_text(encoding="utf-8"))


class NhsukFinder(BaseFinder):
    """Finds that one file; its copy stands in ``NHSUK_COPY``, written anew when it differs."""

    def __init__(self, *args, **kwargs):
        self.storage = FileSystemStorage(location=settings.NHSUK_COPY)

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        if path != SERVED:
            return []
        found = str(self._copy())
        return [found] if find_all or kwargs.get("all") else found

    def list(self, ignore_patterns):
        if not matches_patterns(SERVED, ignore_patterns or []):
            self._copy()
            yield SERVED, self.storage

    def _copy(self) -> Path:
        copy, css = Path(settings.NHSUK_COPY) / SERVED, served_css()
        if not copy.exists() or copy.read_text(encoding="utf-8") != css:
            copy.parent.mkdir(parents=True, exist_ok=True)
            aside = copy.with_suffix(".new")
            aside.write_text(css, encoding="utf-8")
            aside.replace(copy)
        return copy
