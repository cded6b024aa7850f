import pytest
from PIL import ImageFile

from kernel.meetings import pdf
from tests import pdf_text

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fea7"
    "359e480000000049454e44ae426082"
)
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>Papers</title></head><body><h1>Papers</h1>{}</body></html>'
)

needs_pango = pytest.mark.skipif(bool(pdf.missing()), reason="pango is not there")


def asked_for(body: str) -> tuple[list[str], bytes]:
    """The addresses for which our store was asked, and the PDF."""
    asked = []

    def picture(address):
        asked.append(address)
        return (PNG, "image/png") if address == "/policy-file/1/x.png" else None

    return asked, pdf.drawn(PAGE.format(body), picture)


@needs_pango
def test_drawing_leaves_pictures_cut_short_refused():
    asked_for("<p>Words</p>")

    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


@needs_pango
def test_pdf_is_tagged_and_says_its_language():
    _asked, data = asked_for("<h2>One</h2><p>Words</p>")

    assert data.startswith(b"%PDF-")
    plain = pdf_text.opened(data)
    assert b"/StructTreeRoot" in plain and b"/Marked true" in plain and b"/Lang" in plain
    assert b"pdfuaid" in plain


@needs_pango
def test_pdf_takes_pictures_from_our_store_alone(tmp_path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(PNG)
    body = "".join(
        f'<img alt="x" src="{address}">'
        for address in (
            "/policy-file/1/x.png",
            "/unknown.png",
            "http://127.0.0.1:9/a.png",
            "//127.0.0.1:9/b.png",
            f"file://{secret}",
            "data:image/png;base64,AAAA",
        )
    )
    asked, data = asked_for(
        body
        + '<link rel="stylesheet" href="http://127.0.0.1:9/c.css"><style>@import "http://127.0.0.1:9/d.css";</style>'
    )

    assert asked == ["/policy-file/1/x.png", "/unknown.png"]
    assert pdf_text.opened(data).count(b"/Subtype /Image") == 1


def test_missing_library_is_named_in_words():
    message = "cannot load library 'libpango-1.0-0': error 0x7e"

    assert pdf._library(message) == "pango"
    assert pdf._library("something else") == "pango"
