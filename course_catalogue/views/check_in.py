"""The wall screen with the letters, and the page on which somebody checks in. Nothing happens on GET."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from course_catalogue import visible
from course_catalogue.models import SessionDay
from course_catalogue.register import checking_in, marking, qr
from course_catalogue.register.forms import CodeForm
from course_catalogue.views.register import day_for, show
from kernel.accounts import conf
from kernel.lifecycle.templatetags.dates import clock
from kernel.organisation import people


@require_safe
def wall(request, pk):
    """For the screen in the room: the letters of this minute, and a QR code that opens the page with them."""
    day, _today = day_for(request, pk)
    now = timezone.now()
    serves = checking_in.serves(day, now)
    closed = day.closings.exists()
    context = {
        "day": day,
        "session": day.session,
        "serves": serves,
        "closed": closed,
        "over": closed or now > checking_in.ends_at(day),
        "opens": checking_in.opens_at(day),
        "ends": checking_in.ends_at(day),
        "breadcrumbs": [(_("Home"), "/"), (_("Register"), reverse("training_register", args=[day.pk]))],
    }
    if serves:
        letters = checking_in.letters(day, now)
        context["letters"] = letters
        context["qr"] = qr.drawn(
            f"{conf.base_url()}{reverse('training_check_in', args=[day.pk])}?code={letters}"
        )
    answer = render(request, "course_catalogue/register/wall.html", context)
    if not context["over"]:
        answer["Refresh"] = str(checking_in.seconds_left(now))
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request, pk):
    day, mine = _known(request, pk)
    person = people.profile_of(request.user)
    start = request.GET.get("code", "")[:20]
    form = CodeForm(request.POST or None, initial={"code": start})
    if request.method == "POST" and form.is_valid() and _done(request, day, form):
        return redirect("training_check_in", day.pk)
    context = {
        "day": day,
        "session": day.session,
        "form": form,
        "mark": mine,
        "why_not": checking_in.why_not(day, person, timezone.now()),
        "ends": checking_in.ends_at(day),
        "breadcrumbs": [(_("Home"), "/")],
    }
    return render(request, "course_catalogue/register/check_in.html", context)


def _known(request, pk):
    """The day, for who may know of its session or has a place in it, and the person's mark."""
    day = get_object_or_404(SessionDay.objects.select_related("session__course", "room__venue"), pk=pk)
    person = people.profile_of(request.user)
    if person is not None and marking.booked(day).filter(person=person).exists():
        return day, marking.standing(day, person)
    learner = visible.learner_of(request.user, timezone.localdate())
    if not visible.sessions(learner).filter(pk=day.session_id).exists():
        raise Http404
    return day, None


def _done(request, day, form) -> bool:
    try:
        row = checking_in.check_in(day, form.cleaned_data["code"], actor=request.user, now=timezone.now())
    except ValidationError as refusal:
        show(form, refusal)
        return False
    except PermissionDenied as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("You are checked in since %(time)s.") % {"time": clock(row.at)})
    return True
