"""What of an OpenDocument text is no part of what a reader sees, and what stands apart from the line it hangs on."""

from policy_pages.importing.odt.names import get, short
from policy_pages.importing.source import Kind

#: No words of the text: declarations, forms, marks, and numbers that the program counted.
DROPPED = set(
    "text:tracked-changes text:sequence-decls text:variable-decls text:user-field-decls text:dde-connection-decls "
    "text:alphabetical-index-auto-mark-file office:forms form:form text:number text:note-citation svg:title "
    "svg:desc text:script table:title table:desc table:shapes office:scripts office:event-listeners "
    "office:annotation-end text:table-of-content-source text:illustration-index-source text:table-index-source "
    "text:object-index-source text:user-index-source text:alphabetical-index-source text:bibliography-source "
    "draw:object draw:object-ole draw:plugin draw:applet draw:floating-frame draw:control draw:glue-point "
    "draw:param draw:enhanced-geometry office:change-info dc:creator dc:date dc:date-string office:binary-data".split()
)
CONTENTS = set(
    "text:table-of-content text:illustration-index text:table-index text:object-index text:user-index "
    "text:alphabetical-index".split()
)
BLOCKS = set("text:p text:h table:table-cell text:line-break text:tab text:s".split())
#: They hang on a line of text and stand elsewhere.
APART = set(
    "draw:frame draw:g draw:custom-shape draw:rect draw:ellipse draw:circle draw:polygon draw:polyline draw:path "
    "draw:line draw:connector draw:regular-polygon draw:measure draw:caption text:note".split()
)
TEXTS = ("text:p", "text:h")


class Leaving:
    def __init__(self, styles):
        self.styles = styles

    def is_dropped(self, element) -> bool:
        name = short(element)
        return not name or name in DROPPED

    def kind(self, element) -> str:
        """The kind of what is left out of the body, or empty."""
        name = short(element)
        if name == "office:annotation":
            return Kind.COMMENTS
        return Kind.HIDDEN if self._is_hidden(element, name) else ""

    def _is_hidden(self, element, name: str) -> bool:
        if name in TEXTS:
            marks = [child for child in element if short(child) == "text:hidden-paragraph"]
            hidden = any(get(mark, "text:is-hidden") == "true" for mark in marks)
            return hidden or self.styles.hides("paragraph", get(element, "text:style-name"))
        if name == "text:span":
            return self.styles.hides("text", get(element, "text:style-name"))
        if name == "text:section":
            shown = get(element, "text:display", "true")
            return shown == "none" or (shown == "condition" and get(element, "text:is-hidden") == "true")
        if name == "table:covered-table-cell":
            return True
        return name == "text:hidden-text" and get(element, "text:is-hidden") == "true"
