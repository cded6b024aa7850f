"""Things that a text names, such as a course: beside the frozen title stand the link and what is true today."""

from datetime import datetime

from django.utils.html import escape, format_html

from kernel.content import links

Found = tuple[tuple[str, str, str, str], ...]


def named_in(content: dict, request, now: datetime) -> Found:
    """(id of the block, frozen title, address, note) of what this reader may reach; mostly none, then unasked."""
    blocks = [block for block in content["blocks"] if block["type"] == "named"]
    if not blocks:
        return ()
    known = links.links([(block["kind"], block["item"]) for block in blocks], request, now)
    found = ((block, known.get((block["kind"], block["item"]))) for block in blocks)
    return tuple((block["id"], block["title"], link.url, link.note) for block, link in found if link)


def with_links(html: str, found: Found) -> str:
    """Frozen HTML whose named things lead to what ``named_in`` found; those that it did not find stay words."""
    for block, title, url, note in found:
        words = format_html(' <span class="wa-named__note">{}</span>', note) if note else ""
        shown = format_html('<p class="wa-named" id="{}"><a href="{}">{}</a>{}</p>', block, url, title, words)
        html = html.replace(f'<p class="wa-named" id="{escape(block)}">{escape(title)}</p>', shown)
    return html
