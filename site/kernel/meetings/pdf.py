"""A page as a tagged PDF. Nothing is fetched from the network: pictures come from our own store alone."""

import re
from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _
from PIL import ImageFile

# What stands before addresses of ours, so that they are absolute for WeasyPrint. No such place exists.
BASE = "http://pack.invalid/"
STYLES = ("meetings/pack.css",)
Picture = Callable[[str], tuple[bytes, str] | None]


class CannotDraw(Exception):
    """What is missing on this machine, in words for a person."""


@cache
def _weasyprint():
    """Imported when a PDF is asked for: it needs pango, without which the rest of the site runs."""
    try:
        import weasyprint  # noqa: PLC0415
    except OSError as error:
        words = _("This computer lacks %(library)s, which draws PDF files. Use the print view instead.")
        raise CannotDraw(words % {"library": _library(str(error))}) from error
    # Its import lets the whole process open pictures that are cut short: uploads are to refuse them.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return weasyprint


def _library(message: str) -> str:
    """ "pango" out of the sentence in which the loader names the file that it did not find."""
    found = re.search(r"library '(?:lib)?([A-Za-z]+)", message)
    return found[1] if found else "pango"


def missing() -> str:
    """Why no PDF can be made here; empty where one can."""
    try:
        _weasyprint()
    except CannotDraw as error:
        return str(error)
    return ""


def drawn(html: str, picture: Picture) -> bytes:
    """The PDF/UA of ``html``; ``picture`` gives bytes and media type for an address of ours, or None."""
    weasyprint = _weasyprint()
    fetcher = _fetcher(picture)
    styles = [weasyprint.CSS(string=_style(name), url_fetcher=fetcher, base_url=BASE) for name in STYLES]
    document = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=fetcher)
    return document.write_pdf(stylesheets=styles, pdf_variant="pdf/ua-1")


def _style(name: str) -> str:
    with open(finders.find(name), encoding="utf-8") as file:
        return file.read()


def _fetcher(picture: Picture):
    """Answers addresses of ours from the store; every other one, file and data too, is left out."""
    urls = _weasyprint().urls

    class OurOwn(urls.URLFetcher):
        def fetch(self, url, headers=None):
            parts = urlsplit(url)
            found = picture(parts.path) if f"{parts.scheme}://{parts.netloc}/" == BASE else None
            if found is None:
                raise ValueError("not a file of ours")
            data, kind = found
            return urls.URLFetcherResponse(url, data, {"Content-Type": kind})

    return OurOwn()
