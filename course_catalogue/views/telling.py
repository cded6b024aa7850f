"""Writing to everybody booked, rules for mails before a session, and interest in a course."""

import uuid

from django.contrib import messages as banners
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from course_catalogue import links, permissions, visible
from course_catalogue.models import CourseSession, MailRule
from course_catalogue.telling import interests, messages, rules
from course_catalogue.telling.days import days_of
from course_catalogue.telling.forms import MessageForm, RuleForm
from kernel.content.whole import whole
from kernel.lifecycle.templatetags.dates import clock, full_date
from kernel.organisation import people

ACT = ["GET", "HEAD", "POST"]


@require_http_methods(ACT)
def message(request, pk):
    """Write, look at it with the number of people, then send."""
    now = timezone.now()
    session = _kept_session(request, pk, timezone.localdate(now))
    reached, without = messages.reached(session)
    form = MessageForm(request.POST or None, initial={"key": uuid.uuid4()})
    looking = request.method == "POST" and request.POST.get("act") != "change" and form.is_valid()
    if looking and request.POST.get("act") == "send":
        try:
            return _sent(request, session, form.cleaned_data, now)
        except ValidationError as error:
            form.add_error(None, error)
    elif request.method == "POST" and request.POST.get("act") == "change":
        form = MessageForm(initial=request.POST.dict())
    context = {
        "session": session,
        "over": session.last_at <= now,
        "days": days_of(session),
        "form": form,
        "looking": looking,
        "reached": reached,
        "without": without,
        "sent": session.messages.all()[:20],
        "breadcrumbs": [(_("Home"), "/"), (session.course.title, links.session(session.pk))],
    }
    return render(request, "course_catalogue/telling/message.html", context)


def _sent(request, session, data: dict, now):
    done = messages.send(session, **data, actor=request.user, now=now)
    if done.again:
        words = _("You already did this at %(time)s on %(day)s. Nothing was sent again.")
        banners.info(request, words % {"time": clock(done.message.at), "day": full_date(done.message.at)})
    else:
        number = done.message.people
        said = ngettext("The message goes to %(n)d person.", "The message goes to %(n)d people.", number)
        banners.success(request, said % {"n": number})
    return redirect("training_message", pk=session.pk)


def _kept_session(request, pk, today) -> CourseSession:
    session = get_object_or_404(CourseSession.objects.select_related("course"), pk=pk)
    if not permissions.keeps_register(request.user, session, today):
        raise Http404
    return session


@require_http_methods(ACT)
def mail_rules(request):
    """What is sent before a session: the rules, one more, and the end of one."""
    today = timezone.localdate()
    if not permissions.keeps_programme(request.user, today):
        raise Http404
    form = RuleForm(request.POST if request.POST.get("act") == "add" else None)
    try:
        if form.is_bound and form.is_valid():
            rules.add(**form.cleaned_data, actor=request.user, today=today)
            banners.success(request, _("The rule holds from the next daily job on."))
            return redirect("training_mail_rules")
        if request.POST.get("act") == "end":
            _end_rule(request, today)
            return redirect("training_mail_rules")
    except ValidationError as error:
        form.add_error(None, error)
    context = {
        "form": form,
        "rows": MailRule.objects.filter(active=True).select_related("course"),
        "breadcrumbs": [(_("Home"), "/")],
    }
    return render(request, "course_catalogue/telling/rules.html", context)


def _end_rule(request, today) -> None:
    rule = get_object_or_404(MailRule, pk=whole(request.POST.get("rule")))
    try:
        rules.end(rule, actor=request.user, today=today)
        banners.success(request, _("The rule has ended. Nothing is sent by it any more."))
    except ValidationError as error:
        banners.info(request, " ".join(error.messages))


@require_http_methods(ACT)
def interest(request, pk):
    """Ask to be told when a course has a date with room, or withdraw that."""
    now = timezone.now()
    learner = visible.learner_of(request.user, timezone.localdate(now))
    if not learner.here:
        raise Http404
    course = get_object_or_404(visible.courses(learner), pk=pk)
    if request.method == "POST":
        _change_interest(request, course, now)
        return redirect("training_interest", pk=course.pk)
    date = interests.with_room([course.pk], learner, now=now).get(course.pk)
    context = {
        "course": course,
        "interest": interests.of(course, people.profile_of(request.user)),
        "date": date,
        "book": links.session(date.pk) if date else "",
        "waiting": _waiting(request, course, now),
        "breadcrumbs": [(_("Home"), "/"), (course.title, course.get_url(request))],
    }
    return render(request, "course_catalogue/telling/interest.html", context)


def _waiting(request, course, now) -> int | None:
    """How many want a date, for whoever plans them."""
    if not permissions.keeps_programme(request.user, timezone.localdate(now)):
        return None
    return interests.counts([course.pk]).get(course.pk, 0)


def _change_interest(request, course, now) -> None:
    try:
        if request.POST.get("act") == "withdraw":
            interests.withdraw(course, actor=request.user, now=now)
            banners.success(request, _("You are not told of dates of this course any more."))
        else:
            interests.register(course, actor=request.user, now=now)
            banners.success(request, _("You get one mail as soon as a date has room."))
    except ValidationError as error:
        banners.info(request, " ".join(error.messages))
