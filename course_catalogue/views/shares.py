"""How the places of one session are shared: held for an agency until a moment, limited for some (B3)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from course_catalogue.booking import shares as places
from course_catalogue.booking.deadlines import closes_at
from course_catalogue.planning.share_forms import HoldForm, LimitForm
from course_catalogue.views.answers import show
from course_catalogue.views.planning import ACT
from course_catalogue.views.planning_acts import Screen
from kernel.content.whole import whole


@require_http_methods(ACT)
def shares(request, pk):
    screen = Screen(request, pk)
    if screen.done_for or closes_at(screen.session) <= screen.now:
        return screen.back(_("Nobody books this session any more: its places stay as they are."))
    act = request.POST.get("act", "")
    if act in ("give_back", "remove"):
        return _ended(request, screen, act)
    hold = HoldForm(request.POST if act == "hold" else None, prefix="hold")
    limit = LimitForm(request.POST if act == "limit" else None, prefix="limit")
    if request.method == "POST" and not (hold.is_bound or limit.is_bound):
        raise Http404
    who = {"actor": request.user, "now": screen.now}
    if _done(hold, lambda values: places.hold(screen.session, values.pop("agency"), **values, **who)):
        messages.success(request, _("The places are held."))
        return redirect(request.path)
    if _done(limit, lambda values: places.set_limit(screen.session, **values, **who)):
        messages.success(request, _("The limit stands."))
        return redirect(request.path)
    rows = screen.session.limits.select_related("agency", "staff_group").order_by("pk")
    return screen.render(
        "shares",
        hold,
        limit_form=limit,
        forms=[hold, limit],
        held=places.held_of([screen.session.pk], now=screen.now),
        limits=[(row, row.agency or row.staff_group or row.get_sector_display()) for row in rows],
        closes=closes_at(screen.session),
    )


def _ended(request, screen, act):
    """What is given back or taken off; 404 for what is not there any more."""
    key = whole(request.POST.get("row"))
    if act == "give_back":
        rows = screen.session.held.filter(release_at__gt=screen.now)
        row, service = get_object_or_404(rows, agency=key), places.give_back
        done = _("The places that nobody was named for belong to everybody again.")
    else:
        row, service = get_object_or_404(screen.session.limits, pk=key), places.remove_limit
        done = _("The limit is taken off.")
    try:
        service(row, actor=request.user, now=screen.now)
        messages.success(request, done)
    except ValidationError as refusal:  # booking closed, or the session was cancelled, a moment ago
        messages.info(request, " ".join(refusal.messages))
    return redirect(request.path)


def _done(form, act) -> bool:
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act(form.values)
    except ValidationError as refusal:
        if name := form.field_of.get(getattr(refusal, "code", "")):
            form.add_error(name, refusal)
        else:
            show(form, refusal)
        return False
    return True
