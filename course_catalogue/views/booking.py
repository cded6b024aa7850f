"""The page of a date, and booking it in three steps. No script; what is typed goes on in a sealed sheet."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from course_catalogue import links
from course_catalogue.booking import agreement, asking
from course_catalogue.enums import SessionState
from course_catalogue.learning import session_page, steps
from course_catalogue.learning.booking_pages import Offered, changes_of, shown
from course_catalogue.learning.forms import SHOWN, TermsForm, WhoForm
from course_catalogue.learning.whom import hands_of
from course_catalogue.models import Booking
from kernel.content.whole import whole
from kernel.lifecycle.templatetags.dates import clock
from kernel.organisation.models import StaffProfile

ACT = ["GET", "HEAD", "POST"]


@require_safe
def session(request, pk):
    now = timezone.now()
    hands = hands_of(request, timezone.localdate(now))
    found = session_page.visible_session(hands, pk)
    context = {
        "seen": session_page.seen(found, hands, now=now),
        "next": session_page.next_instead(found, hands, now=now),
        "session": found,
        "book": links.book(found.pk),
        "others": hands.me is None or hands.may_book().exclude(pk=hands.me.pk).exists(),
        "breadcrumbs": [(_("Home"), "/"), (found.course.title, found.course.get_url(request))],
    }
    return render(request, "course_catalogue/learning/session.html", context)


@require_http_methods(ACT)
def book(request, pk):
    now = timezone.now()
    hands = hands_of(request, timezone.localdate(now))
    found = session_page.visible_session(hands, pk)
    if not hands.may_book().exists():
        raise Http404
    if found.state == SessionState.CANCELLED and request.method != "POST":
        return redirect("training_session", pk)
    return _Booking(request, found, hands, now).answer()


class _Booking:
    """One request of the three steps."""

    def __init__(self, request, found, hands, now):
        self.request, self.session, self.hands, self.now = request, found, hands, now
        self.sheet = steps.opened(request.POST.get("sheet", ""), request.user, found)

    def answer(self):
        step = self.request.POST.get("step", "")
        if self.request.method != "POST" or (step in ("2", "3") and self.sheet is None):
            return self.who()
        if "back" in self.request.POST and self.sheet is not None:
            return self.who(self.sheet) if self.request.POST["back"] == "1" else self.terms(self.sheet)
        if step == "2":
            return self.terms_given()
        return self.ask() if step == "3" else self.who_given()

    # step 1
    def _who_form(self, data=None, initial=None):
        everybody, me = self.hands.may_book(), self.hands.me
        wanted = (self.request.POST or self.request.GET).get("find", "").strip()[:60]
        found = everybody.filter(name__icontains=wanted) if wanted else everybody
        rows = list(found.exclude(pk=me.pk)[:SHOWN] if me else found[:SHOWN])
        picked = [
            row for row in everybody.filter(pk__in=_numbers(data, initial)) if row not in rows and row != me
        ]
        number = everybody.count()
        self.narrowed = {
            "find": wanted,
            "many": number > SHOWN,
            "nobody": bool(wanted) and not found.exists(),
        }
        return WhoForm(
            data,
            initial=initial,
            people=everybody,
            found=[*([me] if me else []), *picked, *rows],
            me=me,
            alone=me is not None and number == 1,
            office=self.hands.administers,
        )

    def who(self, sheet=None, form=None):
        initial = _said_before(sheet) if sheet else None
        if form is None:
            form = self._who_form(initial=initial or self._preset())
        page = session_page.seen(self.session, self.hands, now=self.now)
        return self._page("who", form=form, seen=page, key=sheet.key if sheet else "", **self.narrowed)

    def _preset(self):
        """Whom the address names: people by key, "me" for the reader; nobody is ticked unasked."""
        me, named = self.hands.me, self.request.GET.getlist("for")
        wanted = [str(me.pk) if key == links.ME and me else key for key in named]
        return {"who": [key for key in wanted if whole(key)]}

    def who_given(self):
        if "search" in self.request.POST:
            typed = {**self.request.POST.dict(), "who": self.request.POST.getlist("who")}
            return self.who(form=self._who_form(initial=typed))
        form = self._who_form(data=self.request.POST)
        if not form.is_valid():
            return self.who(form=form)
        chosen = form.chosen
        needs = form.cleaned_data["needs"].strip()
        sheet = steps.Sheet(self.session.pk, [person.pk for person in chosen], **form.office)
        sheet.needs = {str(chosen[0].pk): needs} if needs and len(chosen) == 1 else {}
        offered = self._offered(chosen, sheet)
        if offered.against:
            for words in offered.against:
                form.add_error("who" if "who" in form.fields else None, words)
            return self.who(form=form)
        sheet.join_list = offered.joins
        return self.terms(sheet)

    # step 2
    def terms(self, sheet, form=None, changed=None):
        people = self._people(sheet)
        found = steps.terms_of(self.session, people, now=self.now)
        sheet.terms = steps.noted(found)
        view = shown(self.session, people, found, now=self.now)
        offered = self._offered(people, sheet)
        sheet.join_list = offered.joins
        form = form or self._terms_form(sheet, people, view, offered)
        return self._page(
            "terms",
            form=form,
            terms=view,
            sheet=sheet.sealed(self.request.user),
            others=[] if people == [self.hands.me] else [person.name for person in people],
            offered=offered,
            changed=changed,
        )

    def _terms_form(self, sheet, people, view, offered, data=None):
        initial = {"agreed": sheet.agreed, "auto_accept": sheet.auto_accept, "released": sheet.released}
        initial |= {f"needs_{key}": words for key, words in sheet.needs.items()}
        initial["manager"] = sheet.manager or (offered.several[0].pk if offered.several else None)
        releases = self.session.needs_approval and not sheet.join_list and self.hands.manages_all(people)
        return TermsForm(
            data,
            initial=initial,
            persons=people,
            asks=view.asks,
            waits=sheet.join_list,
            releases=releases,
            managers=[] if releases else offered.several,
        )

    def terms_given(self):
        sheet, people = self.sheet, self._people(self.sheet)
        found = steps.terms_of(self.session, people, now=self.now)
        if steps.noted(found) != sheet.terms:
            return self._again(sheet, people, found)
        view = shown(self.session, people, found, now=self.now)
        form = self._terms_form(sheet, people, view, self._offered(people, sheet), self.request.POST)
        if not form.is_valid():
            return self.terms(sheet, form)
        sheet.checked = sheet.agreed = True
        sheet.auto_accept = bool(form.cleaned_data.get("auto_accept"))
        sheet.released = form.cleaned_data.get("released", "")
        sheet.manager = form.cleaned_data.get("manager")
        if len(people) > 1:
            sheet.needs = form.needs(people)
        return self.check(sheet)

    def _again(self, sheet, people, found):
        """What it costs changed between display and press: step 2 with the difference marked, nothing booked."""
        changed = changes_of(sheet.terms, found, people)
        sheet.checked = sheet.agreed = False
        return self.terms(sheet, changed=changed or [_("What it costs changed.")])

    # step 3
    def check(self, sheet, refusal=None):
        people = self._people(sheet)
        found = steps.terms_of(self.session, people, now=self.now)
        offered = self._offered(people, sheet)
        helps = [(person, sheet.needs.get(str(person.pk), "")) for person in people]
        view = shown(self.session, people, found, now=self.now)
        return self._page(
            "check",
            terms=view,
            sheet=sheet.sealed(self.request.user),
            offered=offered,
            own=people == [self.hands.me],
            helps=helps,
            refusal=refusal,
            said=sheet,
        )

    def ask(self):
        sheet, people = self.sheet, self._people(self.sheet)
        found = steps.terms_of(self.session, people, now=self.now)
        if not Booking.objects.filter(key=sheet.key).exists():
            if not sheet.checked or steps.noted(found) != sheet.terms:
                return self._again(sheet, people, found)
        try:
            asked = asking.ask(
                self.session, people, actor=self.request.user, now=self.now, **_asked(sheet, found)
            )
        except (ValidationError, PermissionDenied) as refusal:
            if getattr(refusal, "code", "") in ("terms", "terms_changed"):
                return self._again(sheet, people, found)
            words = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
            return self.check(sheet, refusal=words)
        return self._done(asked)

    def _done(self, asked):
        first = asked.bookings[0]
        if asked.again:
            messages.info(
                self.request, _("You already did this at %(time)s.") % {"time": clock(first.joined_at)}
            )
        return redirect("training_booking", first.pk)

    def _offered(self, people, sheet) -> Offered:
        more = {"released": bool(sheet.released), "override": bool(sheet.override), "manager": sheet.manager}
        return Offered.of(self.session, people, self.hands, now=self.now, **more)

    def _people(self, sheet):
        found = list(self.hands.may_book().filter(pk__in=sheet.persons))
        if len(found) != len(set(sheet.persons)):
            raise Http404
        return found

    def _page(self, step, **context):
        context |= {"session": self.session, "now": self.now}
        context["breadcrumbs"] = [
            (_("Home"), "/"),
            (self.session.course.title, self.session.course.get_url(self.request)),
        ]
        return render(self.request, f"course_catalogue/learning/step_{step}.html", context)


def _asked(sheet, found) -> dict:
    return {
        "shown": agreement.mark(found.values()),
        "released": {"yes": True, "not yet": False}.get(sheet.released),
        "manager": StaffProfile.objects.filter(pk=sheet.manager).first() if sheet.manager else None,
        "key": sheet.key,
        "needs": {int(key): words for key, words in sheet.needs.items()},
        "agreed": sheet.agreed,
        "join_list": sheet.join_list,
        "auto_accept": sheet.auto_accept,
        "override": sheet.override,
        "priority": sheet.priority,
        "priority_reason": sheet.priority_reason,
    }


def _said_before(sheet) -> dict:
    office = {name: getattr(sheet, name) or "" for name in WhoForm.OFFICE}
    return {"who": [str(key) for key in sheet.persons], "needs": _only(sheet.needs), **office}


def _only(needs) -> str:
    return next(iter(needs.values()), "") if len(needs) == 1 else ""


def _numbers(data, initial) -> list[int]:
    given = data.getlist("who") if data is not None else (initial or {}).get("who", [])
    return [whole(str(key)) for key in given]
