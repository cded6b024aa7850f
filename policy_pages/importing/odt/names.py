"""Names of OpenDocument in the short form that its own texts use: "text:p"."""

SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "form": "urn:oasis:names:tc:opendocument:xmlns:form:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
PREFIXES = {address: prefix for prefix, address in SPACES.items()}


def long(name: str) -> str:
    """The name as a parser has it."""
    prefix, _colon, rest = name.partition(":")
    return f"{{{SPACES[prefix]}}}{rest}"


def short(element) -> str:
    """The name of ``element``; empty for a remark, its bare name where its space is none of ours."""
    if not isinstance(element.tag, str):
        return ""
    space, _brace, rest = element.tag.removeprefix("{").rpartition("}")
    return f"{PREFIXES[space]}:{rest}" if space in PREFIXES else rest


def get(element, name: str, otherwise: str = "") -> str:
    return element.get(long(name), otherwise)


def whole(text: str, otherwise: int = 1) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise
