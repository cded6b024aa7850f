"""How many places a date has left, in the words of every list, page and calendar."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from course_catalogue.booking.capacity import Places


def places_left(counted: Places) -> str:
    """4 of 20 left; 2 held for your agency; full, 2 wait; places for everybody, where nothing limits them."""
    if counted.left is None:
        return _("places for everybody")
    own = _("%(n)d held for your agency") % {"n": counted.own}
    if counted.left:
        left = _("%(left)d of %(total)d left") % {"left": counted.left, "total": counted.capacity}
        return f"{left}, {own}" if counted.own else left
    if counted.own:
        return own
    if counted.waiting:
        waiting = ngettext("%(n)d waits", "%(n)d wait", counted.waiting) % {"n": counted.waiting}
        return _("full, %(waiting)s") % {"waiting": waiting}
    return _("full")
