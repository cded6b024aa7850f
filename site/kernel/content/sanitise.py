"""The one seam for text from outside: nothing else imports bleach or nh3, and nh3 has the last word."""

import re
from dataclasses import dataclass, field

import nh3
from bleach.linkifier import Linker
from django.utils.html import escape
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Policy:
    """What one kind of writer may use."""

    written_by: str
    tags: frozenset[str] = frozenset()
    attributes: dict[str, set[str]] = field(default_factory=dict)
    classes: dict[str, set[str]] = field(default_factory=dict)
    schemes: frozenset[str] = frozenset({"http", "https", "mailto", "tel"})


POLICIES = {
    "plain": Policy(
        written_by="anybody: free text in which addresses become links",
        tags=frozenset({"a"}),
        attributes={"a": {"href"}},
    ),
    "clause": Policy(
        written_by="authors of controlled text, typed or imported",
        tags=frozenset({"a", "b", "br", "em", "i", "li", "ol", "p", "strong", "sub", "sup", "ul"}),
        attributes={"a": {"href", "id", "linktype"}},
    ),
    "document": Policy(
        written_by="whole documents that are read in",
        tags=frozenset(
            {
                "a",
                "b",
                "blockquote",
                "br",
                "caption",
                "em",
                "h2",
                "h3",
                "h4",
                "hr",
                "i",
                "li",
                "ol",
                "p",
                "strong",
            }
            | {"sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
        ),
        attributes={
            "a": {"href"},
            "ol": {"start"},
            "td": {"colspan", "rowspan"},
            "th": {"colspan", "rowspan", "scope"},
        },
    ),
    "changes": Policy(
        written_by="the change view, out of the words of two controlled texts",
        tags=frozenset(
            {"a", "br", "del", "em", "ins", "li", "ol", "p", "span", "strong", "sub", "sup", "ul"}
        ),
        attributes={"a": {"href"}, "li": {"value"}},
        classes={"span": {"nhsuk-u-visually-hidden", "wa-gap"}},
    ),
}
ADDRESS = re.compile(
    r"(?<![\w@/.=\"'])https?://[^\s<>\"'&]+(?:&amp;[^\s<>\"'&]+)*(?<![.,;:!?)])", re.IGNORECASE
)
_linker = Linker(callbacks=[], url_re=ADDRESS, parse_email=False)


def clean_html(html: str, policy: str = "clause") -> SafeString:
    """``html`` with only what the named policy allows; the text of scripts and styles goes with them."""
    rules = POLICIES[policy]
    return SafeString(
        nh3.clean(
            html,
            tags=set(rules.tags),
            attributes={tag: set(names) for tag, names in rules.attributes.items()},
            allowed_classes={tag: set(names) for tag, names in rules.classes.items()},
            url_schemes=set(rules.schemes),
            link_rel="noopener noreferrer",
        )
    )


def linkify(text: str) -> SafeString:
    """Plain text, escaped, with its http and https addresses as links."""
    return clean_html(_linker.linkify(escape(text)), "plain")


def frozen(html: str) -> SafeString:
    """Text that ``clean_html`` cleaned before it was frozen, shown as it stands: only our own rows pass here."""
    return SafeString(html)
