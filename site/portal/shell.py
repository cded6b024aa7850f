"""A page whose words are the same for many, kept without what is one request's own.

The page of a policy in force and the list of the library: title, standing, menu and footer are made once for equal
values, so that a change shows at once. Who may read what was asked before; the name, the way out, the text and the
moment of printing are put in each time.
"""

from dataclasses import replace
from functools import lru_cache

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from policy_pages.library import Listing
from policy_pages.shown import Current
from portal.frame import HOLE, Frame, build


def answer(request, page: Current | Listing) -> HttpResponse:
    """The page for somebody who may read it; with a message to tell, it is made as every other page is."""
    if get_messages(request):
        return render(request, page.template, page.context | {"sheet": _whole(page)})
    frame = build(request)
    shared = replace(frame, name="", person=HOLE, printed=HOLE)
    top, above, below, bottom = _shell(page, shared, get_language())
    return HttpResponse("".join([top, frame.person, above, _whole(page), below, frame.printed, bottom]))


def _whole(page) -> SafeString:
    """The text between what is said of this person's own reading of it."""
    if isinstance(page, Current):
        return page.pieces.above + page.sheet + page.pieces.below
    return page.sheet


@lru_cache(maxsize=512)
def _shell(page: Current | Listing, frame: Frame, _language) -> list[str]:
    """What stands before, between and after the holes for person, text and moment."""
    return render_to_string(page.template, page.context | {"frame": frame, "sheet": HOLE}).split(HOLE)
