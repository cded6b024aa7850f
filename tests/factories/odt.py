"""OpenDocument texts, made by hand: what is not given is what LibreOffice writes for an empty document."""

import io
import zipfile

MIMETYPE = "application/vnd.oasis.opendocument.text"
SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)


NOTE = (
    '<text:note text:id="ftn1" text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    "<text:note-body>{}</text:note-body></text:note>"
)


def make_odt(body="", *, automatic="", common="", pages="", title="", **parts) -> io.BytesIO:
    """A file whose text is ``body``; ``parts`` are further members, with two underscores for each slash."""
    members = {
        "mimetype": MIMETYPE,
        "content.xml": document(
            "document-content",
            f"<office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body>",
        ),
        "styles.xml": document(
            "document-styles",
            f"<office:styles>{common}</office:styles><office:master-styles>{pages}</office:master-styles>",
        ),
        "meta.xml": document("document-meta", f"<office:meta><dc:title>{title}</dc:title></office:meta>"),
        "META-INF/manifest.xml": "<manifest/>",
    }
    members |= {name.replace("__", "/"): content for name, content in parts.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    stream.seek(0)
    return stream


def document(kind: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><office:{kind} {SPACES}>{inside}</office:{kind}>'


def list_style(name: str, *levels: str) -> str:
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


def counted(level: int, kind="1", before="", after=".", shows=1, **more) -> str:
    """A level of a list style that counts."""
    further = "".join(
        f' {name.replace("__", ":").replace("_", "-")}="{value}"' for name, value in more.items()
    )
    return (
        f'<text:list-level-style-number text:level="{level}" style:num-format="{kind}" style:num-prefix="{before}" '
        f'style:num-suffix="{after}" text:display-levels="{shows}"{further}/>'
    )


def listed(style: str, *items: str, **more) -> str:
    """A list; ``more`` are its further attributes, with two underscores for the colon."""
    further = "".join(
        f' {name.replace("__", ":").replace("_", "-")}="{value}"' for name, value in more.items()
    )
    inside = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f'<text:list text:style-name="{style}"{further}>{inside}</text:list>'


def p(words: str, style="Standard") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def h(words: str, level=1, style="") -> str:
    style = style or f"Heading_20_{level}"
    return f'<text:h text:style-name="{style}" text:outline-level="{level}">{words}</text:h>'


def style(name: str, family="paragraph", inside="", **attributes) -> str:
    further = "".join(f' style:{key.replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f'<style:style style:name="{name}" style:family="{family}"{further}>{inside}</style:style>'


def letters(**stated) -> str:
    return f"<style:text-properties{_stated(stated)}/>"


def lines(**stated) -> str:
    return f"<style:paragraph-properties{_stated(stated)}/>"


def _stated(stated) -> str:
    return "".join(
        f' {name.replace("__", ":").replace("_", "-")}="{value}"' for name, value in stated.items()
    )


def span(words: str, name: str) -> str:
    return f'<text:span text:style-name="{name}">{words}</text:span>'


def cell(words: str, **stated) -> str:
    inside = words if words.startswith("<") else p(words)
    return f"<table:table-cell{_stated(stated)}>{inside}</table:table-cell>"


def row(*cells: str, **stated) -> str:
    return f"<table:table-row{_stated(stated)}>{''.join(cells)}</table:table-row>"


def table(*rows: str) -> str:
    return f"<table:table>{''.join(rows)}</table:table>"


def frame(inside: str, **stated) -> str:
    return f"<draw:frame{_stated(stated)}>{inside}</draw:frame>"
