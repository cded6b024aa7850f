"""One booking: what it is, and what its person, manager or coordinator can do with it. GET changes nothing."""

from functools import cached_property, partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from course_catalogue.booking import agreement, answering, asking, ending, fixed, priorities, swapping
from course_catalogue.charging import documents, reports
from course_catalogue.charging.terms import terms_for_all
from course_catalogue.enums import LIVE, BookingState, CancelledBy, SessionState
from course_catalogue.learning import mine, rebooking
from course_catalogue.learning.booking_pages import shown, view_of
from course_catalogue.learning.forms import (
    CancelForm,
    GiveForm,
    MoveForm,
    OfferForm,
    PressForm,
    PriorityForm,
    RefusalForm,
    ReleaseForm,
    WithdrawForm,
)
from course_catalogue.learning.owing import owed_now
from course_catalogue.learning.team import colleagues, others_that_day
from course_catalogue.learning.whom import hands_of
from course_catalogue.learning.words import taken
from course_catalogue.models import Booking
from kernel.content.whole import whole
from kernel.lifecycle.templatetags.dates import day_and_date, full_date

ACT = ["GET", "HEAD", "POST"]
MOVES = (BookingState.BOOKED, BookingState.REQUESTED)
"""A place that is given or moved; one that is only offered is taken or let go."""


class Screen:
    """One booking for one request; 404 where it is not theirs to see, or the act not theirs to do."""

    def __init__(self, request, pk, may=None):
        self.request, self.now = request, timezone.now()
        self.hands = hands_of(request, timezone.localdate(self.now))
        self.booking = self.hands.booking(pk)
        if may is not None and not may(self.hands, self.booking):
            raise Http404
        self.session = self.booking.session

    def show(self, template, **context):
        row = mine.rows(Booking.objects.filter(pk=self.booking.pk)).get()
        line = mine.lines([row], self.now, self.hands)[0]
        course = self.session.course
        context |= {
            "line": line,
            "booking": line.booking,
            "session": line.session,
            "own": self.hands.is_own(self.booking),
            "now": self.now,
            "breadcrumbs": [
                (_("Home"), "/"),
                *above(self.hands, self.booking),
                (course.title, _address(self.session)),
            ],
        }
        return render(self.request, f"course_catalogue/learning/{template}.html", context)

    def act(self, form, service, done) -> bool:
        """Do it; a refusal goes back to the form, and what was typed stays. ``done``: words, or what makes them."""
        try:
            result = service()
        except (ValidationError, PermissionDenied) as refusal:
            form.add_error(None, refusal if isinstance(refusal, ValidationError) else str(refusal))
            return False
        messages.success(self.request, done(result) if callable(done) else done)
        return True

    def back(self):
        return redirect("training_booking", self.booking.pk)

    @cached_property
    def fixed(self) -> str:
        """Why nobody gives, cancels, moves or withdraws it any more, in words; empty: they may."""
        against = fixed.why_fixed(self.session, [self.booking], now=self.now)
        return against.words if against else ""

    @property
    def posted(self) -> bool:
        return self.request.method == "POST"


def above(hands, booking) -> list[tuple]:
    """The reader's own list in which the booking stands; none for who looks at anybody's."""
    if hands.is_own(booking):
        return [(_("My training"), reverse("training_mine"))]
    if hands.team.filter(pk=booking.person_id).exists():
        return [(_("My team: training"), reverse("training_team"))]
    if booking.agency_id in {agency.pk for agency in hands.agencies}:
        return [(_("My agency"), reverse("training_agency"))]
    return []


def _address(session) -> str:
    return reverse("training_session", args=[session.pk])


def _may_cancel(screen, *, acts: bool, speaks: bool) -> bool:
    """A booked place by whom its charging policy names; whatever is not booked yet by whoever speaks for the person."""
    row = screen.booking
    if row.state == BookingState.BOOKED:
        return acts and ending.may_cancel(screen.hands.user, row, screen.hands.today)
    return row.state in (BookingState.REQUESTED, BookingState.WAITING) and (acts or speaks)


@require_safe
def booking(request, pk):
    screen = Screen(request, pk)
    row, hands = screen.booking, screen.hands
    ahead = screen.session.first_at > screen.now
    free = not screen.fixed
    holds = free and row.state in LIVE
    charged = [] if holds else list(reports.still_charged(row))
    acts = free and hands.acts_for(row)
    speaks = free and hands.speaks_for(row)
    group = hands.bookings().filter(group=row.group).exclude(pk=row.pk) if row.group else []
    books = not hands.is_own(row) and hands.may_book().filter(pk=row.person_id).exists()
    lost = (hands.is_own(row) or books) and rebooking.is_lost(row)
    return screen.show(
        "booking",
        others=mine.lines(mine.rows(group), screen.now, hands) if group else [],
        may_cancel=_may_cancel(screen, acts=acts, speaks=speaks),
        may_give=acts and row.state in MOVES,
        may_answer=row.state == BookingState.REQUESTED and hands.answers(row),
        may_move=acts and row.state in MOVES,
        may_take=row.state == BookingState.OFFERED and speaks,
        may_withdraw=row.state == BookingState.BOOKED and free and hands.answers(row),
        may_say_released=row.state == BookingState.BOOKED
        and ahead
        and not row.released
        and hands.answers(row),
        may_put_first=row.state == BookingState.WAITING and ahead and hands.administers,
        documents=documents.behind([row], request, screen.now) if holds or charged else [],
        terms=view_of(row, screen.now) if holds else None,
        charged=charged,
        over=screen.session.last_at <= screen.now,
        sees_needs=hands.is_own(row) or hands.administers,
        skips=row.skips.order_by("-at")[:3] if row.state == BookingState.WAITING else [],
        again=lost and row.state in rebooking.AGAIN and ahead and screen.session.state == SessionState.OPEN,
        lost=lost,
        next=_next(screen) if lost else None,
    )


def _next(screen):
    """The next date of the course that the person of this booking may have."""
    row, session = screen.booking, screen.session
    return rebooking.next_session(session.course, row.person, now=screen.now, without=session.pk)


@require_http_methods(ACT)
def answer(request, pk):
    """The line manager's page behind the link of the mail: nothing happens before a press."""
    screen = Screen(request, pk, may=lambda hands, row: hands.answers(row))
    row = screen.booking
    refuses = request.POST.get("act") == "refuse"
    form = ReleaseForm(request.POST if screen.posted and not refuses else None, initial=_told_before(row))
    refusal = RefusalForm(request.POST if screen.posted and refuses else None)
    if screen.posted and _answered(screen, refusal if refuses else form, refuses):
        return screen.back()
    return screen.show(
        "answer",
        form=form,
        refusal=refusal,
        forms=[form, refusal],
        that_day=others_that_day(screen.hands, row, screen.session),
        next=_next(screen),
        for_name=_for_name(screen.hands, row),
    )


def _told_before(row):
    return {"released": {True: "yes", False: "not yet"}.get(row.released)}


def _answered(screen, form, refuses) -> bool:
    if not form.is_valid():
        return False
    row, more = screen.booking, {"actor": screen.request.user, "now": screen.now}
    name = {"name": row.person.name}
    if refuses:
        reason = form.cleaned_data["reason"]
        done = _("Not released. %(name)s has been told why.") % name
        return screen.act(form, lambda: answering.refuse(row, reason=reason, **more), done)
    released = form.cleaned_data["released"] == "yes"
    done = _("Approved: %(name)s is booked and has been told.") % name
    return screen.act(form, lambda: answering.approve(row, released=released, **more), done)


def _for_name(hands, row) -> str:
    """For whom a stand-in answers."""
    if row.manager_id is None or hands.me is None or row.manager_id == hands.me.pk:
        return ""
    return row.manager.name if row.manager_id in hands.stands_in_for else ""


@require_http_methods(ACT)
def offer(request, pk):
    screen = Screen(request, pk, may=lambda hands, row: hands.speaks_for(row))
    row = screen.booking
    agree = agreement.must_agree(row, now=screen.now)
    terms = view_of(row, screen.now)
    form = OfferForm(request.POST or None, asks=terms.asks if agree else "")
    if screen.posted and (request.POST.get("act") == "let go" or form.is_valid()):
        form.is_valid()
        more = {"actor": request.user, "now": screen.now}
        if request.POST.get("act") == "let go":
            service = lambda: answering.let_go(row, **more)  # noqa: E731
            done = _("You let it go. It goes to the next person.")
        else:
            service = lambda: answering.take(row, agreed=agree, **more)  # noqa: E731
            done = partial(taken, own=screen.hands.is_own(row))
        if screen.act(form, service, done):
            return screen.back()
    return screen.show("offer", form=form, terms=terms)


@require_http_methods(ACT)
def cancel(request, pk):
    screen = Screen(request, pk, may=may_end)
    row = screen.booking
    owed = owed_now(row, screen.now)
    if row.state == BookingState.WAITING:
        form = PressForm(request.POST or None)
    else:
        form = CancelForm(request.POST or None, owed=owed.seal, for_agency=not screen.hands.is_own(row))
    if screen.posted and form.is_valid() and _cancelled(screen, form):
        return screen.back()
    waits = row.state == BookingState.WAITING
    return screen.show(
        "cancel",
        form=form,
        owed=owed,
        live=row.state in LIVE,
        waits=waits,
        fixed="" if waits else screen.fixed,
    )


def may_end(hands, row) -> bool:
    """A line manager ends what is not booked yet; a booked place is withdrawn."""
    return hands.acts_for(row) or row.state != BookingState.BOOKED and hands.speaks_for(row)


def _cancelled(screen, form) -> bool:
    row, data = screen.booking, form.cleaned_data
    more = {"actor": screen.request.user, "now": screen.now}
    if row.state == BookingState.WAITING:
        return screen.act(form, lambda: ending.leave(row, **more), _("You left the waiting list."))
    by = {"diverted_by": data["diverted_by"].strip()} if data["why"] == CancelledBy.DIVERTED else {}

    def service():
        ending.cancel(row, by=CancelledBy(data["why"]), reason=data["reason"].strip(), **by, **more)

    return screen.act(
        form, service, _("Cancelled. Your manager has been told, and the place goes to the next person.")
    )


@require_http_methods(ACT)
def give(request, pk):
    screen = Screen(request, pk, may=lambda hands, row: hands.acts_for(row))
    row = screen.booking
    form = GiveForm(request.POST or None, colleagues=colleagues(screen.hands, row))
    if screen.posted and form.is_valid():
        to = form.cleaned_data["to"]
        service = lambda: swapping.give(row, to, actor=request.user, now=screen.now)  # noqa: E731
        if screen.act(
            form, service, _("Given to %(name)s, who has been told. Nobody is charged.") % {"name": to.name}
        ):
            return screen.back()
    return screen.show("give", form=form, can=row.state in MOVES, fixed=screen.fixed)


@require_http_methods(ACT)
def withdraw(request, pk):
    """For the line manager, on one ground alone: patients would not be safe (S0-42)."""
    screen = Screen(request, pk, may=lambda hands, row: hands.answers(row))
    row = screen.booking
    following = _next(screen)
    words = (
        _("Book %(name)s for %(day)s at once")
        % {"name": row.person.name, "day": full_date(following.first_at)}
        if following
        else ""
    )
    form = WithdrawForm(request.POST or None, next_words=words)
    if screen.posted and form.is_valid() and _withdrawn(screen, form, following):
        return screen.back()
    return screen.show(
        "withdraw",
        form=form,
        next=following,
        due=rebooking.due_from(screen.now),
        can=row.state == BookingState.BOOKED,
        fixed=screen.fixed,
    )


def _withdrawn(screen, form, following) -> bool:
    row, more = screen.booking, {"actor": screen.request.user, "now": screen.now}
    due = day_and_date(rebooking.due_from(screen.now))
    done = _("Withdrawn for patient safety. A new place is due by %(day)s.") % {"day": due}

    @transaction.atomic
    def service():
        ending.withdraw(row, note=form.cleaned_data["note"].strip(), **more)
        if following is not None and form.cleaned_data.get("rebook"):
            asking.ask(following, [row.person], agreed=True, released=False, **more)

    return screen.act(form, service, done)


@require_http_methods(ACT)
def move(request, pk):
    """To another date of the same course: all or nothing; what the new date costs is agreed first."""
    screen = Screen(request, pk, may=lambda hands, row: hands.acts_for(row))
    row = screen.booking
    dates = rebooking.other_dates(row, now=screen.now)
    terms = _terms_there(screen, dates)
    asks = shown(screen.session, [row.person], terms, now=screen.now).asks if terms else ""
    form = MoveForm(request.POST or None, dates=dates, asks=asks)
    if screen.posted and form.is_valid():
        to = form.cleaned_data["to"]
        more = {"actor": request.user, "now": screen.now, "shown": agreement.mark(terms.values())}
        done = _("Moved to %(day)s.") % {"day": full_date(to.first_at)}
        if screen.act(form, lambda: swapping.move(row, to, agreed=bool(asks), **more), done):
            return redirect("training_session", to.pk)
    return screen.show("move", form=form, can=row.state in MOVES, fixed=screen.fixed)


def _terms_there(screen, dates) -> dict:
    """What the chosen date costs the agency that pays; nothing before one is chosen."""
    there = dates.filter(pk=whole(screen.request.POST.get("to"))).first()
    return terms_for_all(there, [screen.booking.agency], now=screen.now) if there else {}


@require_http_methods(ACT)
def released(request, pk):
    """The manager says later that the time is protected: "not yet" becomes yes (S0-41)."""
    screen = Screen(request, pk, may=lambda hands, row: hands.answers(row))
    row = screen.booking
    form = ReleaseForm(request.POST or None, initial=_told_before(row))
    if screen.posted and form.is_valid():
        said = form.cleaned_data["released"] == "yes"
        more = {"actor": request.user, "now": screen.now, "released": said}
        if screen.act(form, lambda: answering.say_released(row, **more), _("Kept.")):
            return screen.back()
    return screen.show("released", form=form)


@require_http_methods(ACT)
def priority(request, pk):
    """The training team puts somebody who waits first, with the reason, or back into the line."""
    screen = Screen(request, pk, may=lambda hands, row: hands.administers)
    row = screen.booking
    begin = {"priority": row.priority, "reason": row.priority_reason}
    form = PriorityForm(request.POST or None, initial=begin)
    if screen.posted and form.is_valid():
        more = {"actor": request.user, "now": screen.now, **form.cleaned_data}
        if screen.act(form, lambda: priorities.give_priority(row, **more), _("Kept, with the reason.")):
            return screen.back()
    return screen.show("priority", form=form, waits=row.state == BookingState.WAITING)
