"""Forms of training that people press about their own, their team's and their agency's places; and what is told."""

from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

from django.utils import timezone

from course_catalogue.catalogue.waiting import waiting_of
from course_catalogue.enums import BookingState
from course_catalogue.learning import skills, steps
from course_catalogue.learning.owing import owed_now
from course_catalogue.models import (
    Booking,
    CalendarFeed,
    CourseApproval,
    CoursePage,
    Interest,
    Joining,
    MailRule,
    SessionMessage,
    SkillsNeed,
)
from course_catalogue.partners import joining
from course_catalogue.telling import interests, rules
from kernel.accounts.models import User
from tests.factories import catalogue, organisation
from tests.factories.accounts import make_user_manager
from tests.factories.booking import make_coordinator, make_staff, manager_of
from tests.factories.courses import make_booking, make_course
from tests.factories.learning import soon_session
from tests.portal.staged import Staged

PASSWORD = "seven-slow-barges-16"
PLACE = ("state", "released", "reason", "cancelled_by", "diverted_by", "access_needs")


# --- places ----------------------------------------------------------------------------------------------


class Place(Staged):
    """Somebody under a line manager, and a date of a course in some weeks."""

    writes = {Booking: PLACE}
    state, needs_approval, waits = BookingState.BOOKED, True, {}

    def begin(self):
        self.now = timezone.now()
        self.session = soon_session(needs_approval=self.needs_approval)
        self.person = make_staff()
        self.manager = manager_of(self.person)
        self.step()

    def booking(self, **more):
        values = {"session": self.session, "person": self.person, "manager": self.manager}
        if self.state in (BookingState.REQUESTED, BookingState.OFFERED):
            values["answer_by"] = self.now + timedelta(days=2)
        return make_booking(**{**values, "state": self.state, "joined_at": self.now, **more})

    def step(self):
        raise NotImplementedError


class AskForPlace(Place):
    elsewhere = 200  # somebody else's sheet is worth nothing: the first step is shown

    def step(self):
        terms = steps.noted(steps.terms_of(self.session, [self.person], now=self.now))
        sheet = steps.Sheet(self.session.pk, [self.person.pk], terms=terms, checked=True)
        sheet.needs = {str(self.person.pk): "A hearing loop"}
        sealed = sheet.sealed(self.person.user)
        self.set(self.person.user, "training_book", self.session.pk, step="3", sheet=sealed)


class Release(Place):
    state = BookingState.REQUESTED

    def step(self):
        words = {"act": "", "released": "not yet", "reason": ""}
        self.set(self.manager.user, "training_answer", self.booking().pk, **words)


class Decline(Release):
    def step(self):
        words = {"act": "refuse", "released": "", "reason": "The ward is short."}
        self.set(self.manager.user, "training_answer", self.booking().pk, **words)


class SayReleased(Place):
    def step(self):
        row = self.booking(released=False)
        self.set(self.manager.user, "training_released", row.pk, released="yes")


class Withdraw(Place):
    """And a new place on the next date at once."""

    def step(self):
        soon_session(weeks=9, course=self.session.course)
        words = {"note": "One nurse for thirty beds.", "rebook": "on"}
        self.set(self.manager.user, "training_withdraw", self.booking().pk, **words)


class CancelPlace(Place):
    def step(self):
        row = self.booking()
        words = {"why": "diverted", "diverted_by": "Dr Okafor", "reason": "A ward round."}
        self.set(self.person.user, "training_cancel", row.pk, owed=owed_now(row, self.now).seal, **words)


class LeaveList(Place):
    state = BookingState.WAITING

    def step(self):
        self.set(self.person.user, "training_cancel", self.booking().pk, act="leave")


class TakeOffer(Place):
    state, act = BookingState.OFFERED, "take"

    def step(self):
        self.set(self.person.user, "training_offer", self.booking().pk, act=self.act)


class LetOfferGo(TakeOffer):
    act = "let go"


class GivePlace(Place):
    def step(self):
        colleague = make_staff(manager=self.manager)
        self.set(self.person.user, "training_give", self.booking().pk, to=colleague.pk)


class MovePlace(Place):
    needs_approval = False

    def step(self):
        other = soon_session(weeks=9, course=self.session.course)
        self.set(self.person.user, "training_move", self.booking().pk, to=other.pk)


class NoteSkills(Staged):
    writes = {SkillsNeed: ("words", "ended_by_name")}

    def begin(self):
        self.person = make_staff()
        self.step()

    def step(self):
        words = {"act": "", "words": "Finding files."}
        self.set(self.person.user, "training_it_skills", self.person.pk, **words)


class SkillsMet(NoteSkills):
    writes = {SkillsNeed: ("words",), User: ("is_active",)}

    def step(self):
        skills.flag(self.person, actor=self.person.user, now=timezone.now(), words="Finding files.")
        self.set(self.person.user, "training_it_skills", self.person.pk, act="end", words="")

    def facts(self):
        return {"open": [row.ended_at is None for row in SkillsNeed.objects.order_by("pk")]}


# --- interest, messages, feeds ---------------------------------------------------------------------------


class BeTold(Staged):
    writes = {Interest: ("told_at",)}
    elsewhere = None

    def begin(self):
        self.course, self.person = make_course(), make_staff()
        self.step()

    def step(self):
        self.set(self.person.user, "training_interest", self.course.pk, act="")


class BeToldNoMore(BeTold):
    def step(self):
        interests.register(self.course, actor=self.person.user, now=timezone.now())
        self.set(self.person.user, "training_interest", self.course.pk, act="withdraw")

    def facts(self):
        return {"open": [row.withdrawn_at is None for row in Interest.objects.order_by("pk")]}


class WriteToAll(Staged):
    writes = {SessionMessage: ("subject", "words", "people")}
    elsewhere = None

    def begin(self):
        session = soon_session()
        make_booking(session=session, person=organisation.make_person(email="ann@example.org"))
        officer = organisation.make_role_holder("training-administrator")
        words = {"subject": "The room has changed", "words": "It is room 4.", "key": uuid4(), "seen": 1}
        self.set(officer, "training_message", session.pk, act="send", **words)


class AddMailRule(Staged):
    writes = {MailRule: ("kind", "days_before", "words", "links", "active")}
    elsewhere = None

    def begin(self):
        self.course = make_course()
        self.officer = organisation.make_role_holder("ld-officer")
        self.step()

    def step(self):
        words = {"kind": "materials", "days_before": 7, "words": "Read this.", "rule": ""}
        words["links"] = "https://example.org/a The guide"
        self.set(self.officer, "training_mail_rules", act="add", course=self.course.pk, **words)


class AddMailRuleForAll(AddMailRule):
    """Words of its own each time: a rule for all courses is one for the whole site."""

    writes = {MailRule: ("kind", "days_before", "active")}

    def step(self):
        words = {"kind": "materials", "days_before": 7, "words": f"Read {uuid4()}.", "links": "", "rule": ""}
        self.set(self.officer, "training_mail_rules", act="add", course="", **words)


class EndMailRule(AddMailRule):
    def step(self):
        rule = rules.add(
            course=self.course, kind="materials", days_before=7, words="Read.", actor=None, **self.who
        )
        self.set(self.officer, "training_mail_rules", act="end", rule=rule.pk)


class MakeFeed(Staged):
    """Every press ends the address before it, so that one stands however many there were."""

    writes = {CalendarFeed: ("agency_id",)}
    elsewhere = None

    def begin(self):
        self.set(make_staff().user, "training_feeds", act="", agency="")


class StopFeed(MakeFeed):
    """Of two: that of an agency's people stays."""

    def begin(self):
        agency = organisation.make_agency()
        user = make_coordinator(agency)
        for one in (None, agency):
            CalendarFeed.objects.create(person=user.staff_profile, agency=one)
        self.set(user, "training_feeds", act="stop", agency="")

    def facts(self):
        return {"of an agency": [row.agency_id is not None for row in CalendarFeed.objects.order_by("pk")]}


# --- the way in for partners -----------------------------------------------------------------------------


class Invite(Staged):
    writes = {Joining: ("name", "granted", "reason")}
    elsewhere = None

    def begin(self):
        self.agency = organisation.make_agency()
        self.email = f"pat{Joining.objects.count()}@partner.example.org"
        self.step()

    def step(self):
        words = {"person": "", "name": "Pat Moor", "email": self.email}
        self.set(make_coordinator(self.agency), "training_agency_people", **words)

    def asked(self):
        row = joining.ask(
            self.agency,
            name="Pat Moor",
            email=self.email,
            work="Teacher",
            network=self.email,
            now=timezone.now(),
        )
        return joining.confirm(row, now=timezone.now())


class GrantLogin(Invite):
    act = "grant"

    def step(self):
        manager = User.objects.filter(email="uma.manager@example.org").first() or make_user_manager()
        words = {"act": self.act, "reason": "Not known there."}
        self.set(manager, "training_joining_decide", self.asked().pk, **words)


class RefuseLogin(GrantLogin):
    act = "refuse"


class OpenLogin(Invite):
    """Behind the link of a mail, which is used up with it."""

    late = {404}

    def step(self):
        token, now, person = uuid4().hex, timezone.now(), organisation.make_person(user=True)
        granted = {"granted": True, "decided_at": now, "decided_by_name": "Uma", "asked_at": now}
        link = {"secret": sha256(token.encode()).hexdigest(), "secret_until": now + timedelta(days=1)}
        Joining.objects.create(agency=self.agency, name="Pat Moor", email=self.email, **granted, **link)
        words = {"password": PASSWORD, "again": PASSWORD}
        self.set(person.user, "training_join_link", token, **words)

    def facts(self):
        opened = User.objects.filter(email__startswith="pat").order_by("pk")
        joined = [row.joined_at is not None for row in Joining.objects.order_by("pk")]
        return {"joined": joined, "logins": list(opened.values_list("is_active"))}


# --- courses ---------------------------------------------------------------------------------------------


class ApproveCourse(Staged):
    """The second approval: the text goes live with it."""

    writes = {CourseApproval: ("role", "agreed", "words", "completes"), CoursePage: ("live",)}
    elsewhere = None
    words = {"act": "", "words": ""}

    def begin(self):
        course = catalogue.make_draft(live=False)
        catalogue.give(course, "subject-expert", now=timezone.now())
        officer = catalogue.make_officer()
        seen = waiting_of(course, self.today).digest
        self.set(officer, "course_approval", course.pk, role="education-officer", seen=seen, **self.words)


class SendCourseBack(ApproveCourse):
    words = {"act": "send-back", "words": "Say for whom it is."}


TRAINING = {
    "ask for place": AskForPlace,
    "release": Release,
    "decline": Decline,
    "say released": SayReleased,
    "withdraw from duty": Withdraw,
    "cancel place": CancelPlace,
    "leave list": LeaveList,
    "take offer": TakeOffer,
    "let offer go": LetOfferGo,
    "give place": GivePlace,
    "move place": MovePlace,
    "note skills": NoteSkills,
    "skills met": SkillsMet,
    "be told": BeTold,
    "be told no more": BeToldNoMore,
    "write to all": WriteToAll,
    "add mail rule": AddMailRule,
    "add mail rule for all": AddMailRuleForAll,
    "end mail rule": EndMailRule,
    "make feed": MakeFeed,
    "stop feed": StopFeed,
    "invite": Invite,
    "grant login": GrantLogin,
    "refuse login": RefuseLogin,
    "open login": OpenLogin,
    "approve course": ApproveCourse,
    "send course back": SendCourseBack,
}
