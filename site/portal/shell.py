"""The page of a policy in force, kept without what is one request's own.

Title, standing, menu and footer are the same for many: made once for equal values, so that a change shows at once.
Who may read was asked before; the name, the way out, the text and the moment of printing are put in each time.
"""

import secrets
from dataclasses import replace
from functools import lru_cache

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from policy_pages.shown import Current
from portal.frame import Frame, build

TEMPLATE = "policy_pages/version.html"
# Another one in each process: nobody can write it into a text.
HOLE = SafeString(f"<!-- {secrets.token_hex(16)} -->")


def answer(request, current: Current) -> HttpResponse:
    """The page for somebody who may read it; with a message to tell, it is made as every other page is."""
    if get_messages(request):
        return render(request, TEMPLATE, current.context | {"sheet": current.sheet})
    frame = build(request)
    shared = replace(frame, name="", person=HOLE, printed=HOLE)
    top, above, below, bottom = _shell(current, shared, get_language())
    return HttpResponse("".join([top, frame.person, above, current.sheet, below, frame.printed, bottom]))


@lru_cache(maxsize=512)
def _shell(current: Current, frame: Frame, _language) -> list[str]:
    """What stands before, between and after the holes for person, text and moment."""
    return render_to_string(TEMPLATE, current.context | {"frame": frame, "sheet": HOLE}).split(HOLE)
