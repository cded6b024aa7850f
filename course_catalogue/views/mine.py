"""My training and my team's: what is booked, waits and was; who needs help with computers first."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from course_catalogue.booking import withdrawals
from course_catalogue.learning import mine as own
from course_catalogue.learning import skills
from course_catalogue.learning.courses import meeting_it_skills
from course_catalogue.learning.forms import SkillsForm
from course_catalogue.learning.whom import hands_of
from course_catalogue.models import Booking, SkillsNeed
from kernel.organisation.models import StaffProfile

ACT, PER_PAGE = ["GET", "HEAD", "POST"], 25


@require_safe
def mine(request):
    now = timezone.now()
    hands = hands_of(request, timezone.localdate(now))
    if hands.me is None:
        raise Http404
    bookings = Booking.objects.filter(person=hands.me)
    page = Paginator(own.past(bookings, now), PER_PAGE).get_page(request.GET.get("page"))
    coming = own.lines(own.to_come(bookings, now), now, hands)
    context = {
        "coming": coming,
        "next": coming[0] if coming else None,
        "ended": own.lines(own.ended(bookings, now), now, hands),
        "past": own.lines(page.object_list, now, hands),
        "page_of": page,
        "owed": withdrawals.owed(bookings),
        "need": _need(hands.me),
        "me": hands.me,
        "leads": hands.team.exists(),
        "agencies": hands.agencies,
        "today": hands.today,
        "breadcrumbs": [(_("Home"), "/")],
    }
    return render(request, "course_catalogue/learning/mine.html", context)


def _need(person) -> SkillsNeed | None:
    return SkillsNeed.objects.filter(person=person, ended_at__isnull=True).first()


@require_safe
def team(request):
    """The own line and nobody else; 404 for whoever leads nobody."""
    now = timezone.now()
    hands = hands_of(request, timezone.localdate(now))
    if not hands.team.exists():
        raise Http404
    people = hands.team.order_by("name", "pk")
    bookings = Booking.objects.filter(person__in=people.values("pk"))
    lines = own.lines(own.to_come(bookings, now), now, hands)
    needs = {
        row.person_id: row for row in SkillsNeed.objects.filter(person__in=people, ended_at__isnull=True)
    }
    context = {
        "people": [
            (row, [one for one in lines if one.booking.person_id == row.pk], needs.get(row.pk))
            for row in people
        ],
        "to_answer": [
            one for one in lines if one.booking.state == "requested" and hands.answers(one.booking)
        ],
        "owed": withdrawals.owed(bookings),
        "count": len(lines),
        "today": hands.today,
        "breadcrumbs": [(_("Home"), "/")],
    }
    return render(request, "course_catalogue/learning/team.html", context)


@require_http_methods(ACT)
def it_skills(request, pk):
    """The person's own, or the line manager's about them: note the need, see the courses that meet it (S0-50)."""
    now = timezone.now()
    hands = hands_of(request, timezone.localdate(now))
    person = get_object_or_404(StaffProfile, pk=pk)
    if not (hands.administers or hands.me == person or hands.team.filter(pk=pk).exists()):
        raise Http404
    need = _need(person)
    form = SkillsForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _noted(request, person, form, now):
        return redirect("training_it_skills", pk)
    context = {
        "person": person,
        "own": hands.me == person,
        "need": need,
        "form": form,
        "courses": meeting_it_skills(hands, now=now),
        "breadcrumbs": [(_("Home"), "/")],
    }
    return render(request, "course_catalogue/learning/it_skills.html", context)


def _noted(request, person, form, now) -> bool:
    ends = request.POST.get("act") == "end"
    try:
        if ends:
            skills.end(person, actor=request.user, now=now)
        else:
            skills.flag(person, actor=request.user, now=now, words=form.cleaned_data["words"])
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    messages.success(request, _("Noted as met.") if ends else _("Noted. Here are the courses that help."))
    return True
