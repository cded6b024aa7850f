"""One of everything of training, marked: a date to come under the number, a date that was, what is owed."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone
from wagtail.models import Site

from course_catalogue.catalogue import approving
from course_catalogue.catalogue.waiting import waiting_of
from course_catalogue.enums import BookingState
from course_catalogue.feeds.addresses import token_of
from course_catalogue.models import (
    AgencyClass,
    Attendance,
    AudienceGroup,
    CalendarFeed,
    CalendarTold,
    Certificate,
    ChargePolicy,
    CourseMethod,
    CourseOutcome,
    CourseSource,
    Interest,
    Invoice,
    InvoiceLine,
    Joining,
    LedgerEntry,
    Level,
    MailRule,
    Observation,
    PlatformUpload,
    PoolRule,
    Priority,
    Programme,
    ProgrammeCourse,
    ProgrammeReview,
    RegisterClosing,
    Revocation,
    SessionMessage,
    SkillsNeed,
    SkippedWaiting,
    SpecificationCheck,
    SpecificationPoint,
    Teaching,
    TrainerDay,
    TrainerEligibility,
    TrainingCalendarPage,
    TrainingSettings,
    Tried,
    Unavailability,
    Waiver,
)
from tests.factories import catalogue
from tests.factories import courses as make
from tests.factories.charging import make_classes
from tests.factories.organisation import make_agency, make_host, make_person, make_post, make_role_holder
from tests.factories.policies import make_home
from tests.portal.planting import LONG, SHORT

BY = {"by_name": LONG}
OFFICE = ("ld-officer", "training-administrator", "education-officer")
OTHERS = ("subject-expert", "education-officer")


def somebody(**more):
    return make_person(user=True, name=LONG, **more)


class Training:
    """``officer`` has all roles of the office; ``learner`` is booked, teaches, and coordinates an agency."""

    def __init__(self):
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)
        self.agency = make_agency(name=f"{LONG} partner")
        self.officer = somebody().user
        for role in OFFICE:
            make_role_holder(role, user=self.officer)
        self.learner = somebody(agency=self.agency)
        make_role_holder("agency-coordinator", agency=self.agency, user=self.learner.user)
        make_post(person=self.learner, manager=somebody(agency=self.agency), primary=True)
        self.teach()
        self.course = self.write_course()
        self.set_charges()
        self.book()
        self.hold_a_day()
        self.plan()
        self.tell()
        settings = TrainingSettings.for_site(Site.objects.get(is_default_site=True))
        settings.open_to_visitors = True
        settings.save()

    # --- the course and who teaches it -------------------------------------------------------------------

    def write_course(self):
        """Sent back once and approved then; a newer draft waits."""
        page = catalogue.make_draft(
            title=LONG,
            slug="marked-course",
            aim=LONG,
            content=LONG,
            cost_words=LONG,
            rationale=LONG,
            agency=self.agency,
            authors=[somebody().user, somebody().user],
            kind=catalogue.make_kind("marked", name=f"{LONG} kind"),
            subjects=[catalogue.make_subject("marked", name=f"{LONG} subject")],
            level=self.level(),
        )
        page.outcomes = [CourseOutcome(words=LONG)]
        page.sources = [
            CourseSource(title=LONG, kind="law", dated_on=self.today, address="https://example.org/")
        ]
        page.audiences = [AudienceGroup.objects.create(key="marked", name=f"{LONG} group", words=LONG)]
        page.priorities = [Priority.objects.create(name=f"{LONG} first", source="audit", words=LONG)]
        method = catalogue.make_method(key="marked", name=f"{LONG} way")
        page.methods = [CourseMethod(method=method, minutes=page.minutes)]
        page.save_revision(user=somebody().user)
        expert, education = (make_role_holder(role, user=somebody().user) for role in OTHERS)
        told = {"role": "subject-expert", "actor": expert, "now": self.now}
        approving.send_back(page, words=LONG, seen=self.digest(page), **told)
        page.save_revision(user=somebody().user, changed=True)
        page.refresh_from_db()
        draft = page.get_latest_revision_as_object()
        draft.content = f"{LONG} again"
        draft.save_revision(user=somebody().user)
        page.refresh_from_db()
        for role, actor in zip(OTHERS, (expert, education), strict=True):
            approving.approve(page, role=role, seen=self.digest(page), actor=actor, now=self.now)
        page.refresh_from_db()
        draft = page.get_latest_revision_as_object()
        draft.aim = f"{LONG} later"
        draft.save_revision(user=somebody().user)
        return page

    def digest(self, page) -> str:
        page.refresh_from_db()
        return waiting_of(page, self.today).digest

    def level(self) -> Level:
        row = catalogue.make_level()
        Level.objects.update(words=LONG)
        return row

    def teach(self):
        self.trainer = make.make_trainer(person=self.learner)
        rows = {"trainer": self.trainer}
        day = {"from_on": self.today - timedelta(days=9)}
        TrainerEligibility.objects.create(ground="trained", evidence=LONG, **day, **rows, **BY)
        SpecificationPoint.objects.create(words=LONG)
        said = {"checked_on": self.today, "points": [[LONG, True]], "met": True, "words": LONG}
        SpecificationCheck.objects.create(at=self.now, **said, **rows, **BY)
        seen = {"observed_on": self.today, "observer": LONG, "findings": LONG, "development": LONG}
        Observation.objects.create(at=self.now, **seen, **rows, **BY)
        Unavailability.objects.create(from_on=self.today + timedelta(days=400), words=LONG, **rows)
        given = {"given_on": self.today, "days": 1, "free_places": 0, "words": LONG, "agency": self.agency}
        TrainerDay.objects.create(at=self.now, **given, **rows, **BY)
        PoolRule.objects.create(from_on=self.today - timedelta(days=9))

    # --- places ------------------------------------------------------------------------------------------

    def session(self, starts, **more):
        words = {"online_link": "https://example.org/join", "joining_words": LONG, "changed_by_name": LONG}
        words |= {"going_words": LONG, "overbooked_because": LONG}
        row = make.make_session(course=self.course, starts=starts, **{**words, **more})
        day = row.days.get()
        day.room = make.make_room(name=f"{LONG} room")
        day.save()
        Teaching.objects.create(day=day, trainer=self.trainer)
        return row

    def booking(self, state, *, person=None, **more):
        words = {"booked_by_name": LONG, "access_needs": LONG, "terms_words": LONG, "to_confirm": LONG}
        words |= {"priority_reason": LONG, "decided_by_name": LONG}
        person = person or somebody(agency=self.agency)
        values = {"session": self.coming, "person": person, "state": state, "joined_at": self.now}
        return make.make_booking(**{**values, **words, **more})

    def book(self):
        """The learner's own under the number; one in each other state."""
        soon = (self.now + timedelta(weeks=8)).replace(minute=0, second=0, microsecond=0)
        self.coming = self.session(soon, minimum=9, decide_days=5, decide_on=self.today)
        self.session(soon + timedelta(weeks=1))
        self.session(soon + timedelta(weeks=2), state="cancelled", cancelled_at=self.now, cancel_reason=LONG)
        asked = {"answer_by": self.now + timedelta(days=2), "manager": self.learner}
        ended = {"ended_at": self.now, "ended_by_name": LONG, "reason": LONG}
        self.own = self.booking(BookingState.BOOKED, person=self.learner)
        self.requested = self.booking(BookingState.REQUESTED, **asked)
        self.offered = self.booking(BookingState.OFFERED, **asked)
        self.waiting = self.booking(BookingState.WAITING)
        SkippedWaiting.objects.create(booking=self.waiting, at=self.now, reason=LONG)
        self.cancelled = self.booking(
            BookingState.CANCELLED,
            late=True,
            cancelled_by="diverted",
            diverted_by=LONG,
            charge_policy_id=self.policy.pk,
            **ended,
        )
        due = {"withdrawn_for": self.learner, "rebook_due": self.today}
        self.withdrawn = self.booking(BookingState.WITHDRAWN, **due, **ended)
        self.owe()

    def hold_a_day(self):
        """A date that was: marked, closed, corrected, with a certificate that stands and one withdrawn."""
        self.past = self.session(self.now - timedelta(days=2))
        self.day = self.past.days.get()
        rows = [self.booking(BookingState.BOOKED, session=self.past, person=self.learner)]
        rows.append(self.booking(BookingState.BOOKED, session=self.past))
        for row in rows:
            marks = {"day": self.day, "person": row.person, "booking": row, "at": self.now, **BY}
            first = Attendance.objects.create(mark="did not attend", **marks)
            Attendance.objects.create(mark="attended", corrects=first, reason=LONG, **marks)
        RegisterClosing.objects.create(session=self.past, day=self.day, at=self.now, **BY)
        RegisterClosing.objects.create(session=self.past, at=self.now, **BY)
        last = Attendance.objects.order_by("pk").last().pk
        loads = {"uploaded_on": self.today, "last_mark": last, "at": self.now}
        PlatformUpload.objects.create(session=self.past, **loads, **BY)
        on = {"first_on": self.today, "last_on": self.today, "minutes": 360, "session": self.past}
        facts = {"level": LONG, "framework": LONG, "outcomes": [LONG]}
        for number, row in enumerate(rows, 1):
            words = {"code": f"K7QF-22M{number}", "person": row.person, "name": LONG, "course_title": LONG}
            words |= {"course_code": SHORT, "facts": facts, "issued_at": self.now, "issued_by_name": LONG}
            certificate = Certificate.objects.create(**on, **words)
        Revocation.objects.create(certificate=certificate, reason=LONG, at=self.now, **BY)

    # --- charges -----------------------------------------------------------------------------------------

    def set_charges(self):
        words = {"name": LONG, "reference": SHORT, "extra_words": LONG, "added_by_name": LONG}
        day = {"from_on": self.today, "added_at": self.now, "number": 7, "document_kind": SHORT}
        self.policy = ChargePolicy.objects.create(extra_costs=True, **words, **day)
        self.ground = self.policy.grounds.create(words=LONG)
        classes = make_classes()
        said = {"payer_class": classes["profit-making"], "reason": LONG, "from_on": self.today}
        AgencyClass.objects.create(agency=self.agency, **said, **BY)

    def owe(self):
        values = {"agency": self.agency, "booking": self.cancelled, "at": self.now, "words": LONG, **BY}
        entry = LedgerEntry.objects.create(kind="late", amount=Decimal("50.00"), **values)
        asked = {"asked_by_id": self.learner.user_id, "asked_by_name": LONG, "asked_at": self.now}
        asks = {"entry": entry, "ground": self.ground, "words": LONG, "file_name": LONG, **asked}
        answer = {"decided_by_id": self.officer.pk, "decided_by_name": LONG, "answer": LONG}
        Waiver.objects.create(state="refused", decided_at=self.now, **answer, **asks)
        self.asked = Waiver.objects.create(**asks)
        names = {"agency_name": LONG, "from_name": LONG, "made_by_name": LONG, "made_at": self.now}
        period = {"period_from": self.today, "period_to": self.today, "total": entry.amount}
        self.invoice = Invoice.objects.create(number=1, kind="invoice", agency=self.agency, **names, **period)
        InvoiceLine.objects.create(invoice=self.invoice, entry=entry)

    # --- planning, telling -------------------------------------------------------------------------------

    def plan(self):
        year = self.today.year if self.today.month >= 4 else self.today.year - 1
        plan = Programme.objects.create(first_year=year, review_due=self.today, words=LONG)
        words = {"added_on": self.today, "added_by_name": LONG, "words": LONG, "cost": 0}
        begins = self.today.replace(year=year, month=4, day=1)
        off = {"taken_off_on": self.today, "taken_off_because": LONG, "taken_off_by_name": LONG}
        for more in (off, {}):
            ProgrammeCourse.objects.create(
                programme=plan, course=self.course, begins_on=begins, emerging_need=True, **words, **more
            )
        ProgrammeReview.objects.create(
            programme=plan, held_on=self.today, due=self.today, findings=LONG, at=self.now, **BY
        )

    def tell(self):
        links = [{"title": LONG, "url": "https://example.org/"}]
        MailRule.objects.create(kind="materials", days_before=1, words=LONG, links=links)
        sent = {"subject": SHORT, "words": LONG, "people": 1, "at": self.now}
        SessionMessage.objects.create(session=self.coming, key=self.coming.uid, **sent, **BY)
        CalendarTold.objects.create(session=self.coming, person=self.learner, days=1, sequence=0, comes=True)
        Interest.objects.create(course=self.course, person=self.learner)
        SkillsNeed.objects.create(person=self.learner, words=LONG, flagged_by_name=LONG, flagged_at=self.now)
        met = {"ended_at": self.now, "ended_by_name": LONG}
        SkillsNeed.objects.create(
            person=somebody(), words=LONG, flagged_by_name=LONG, flagged_at=self.now, **met
        )
        CalendarFeed.objects.create(person=self.learner)
        Tried.objects.create(door="check in", who="marked", at=self.now)
        asks = {"agency": self.agency, "name": LONG, "email": "pat@example.org", "work": LONG}
        Joining.objects.create(asked_at=self.now, confirmed_at=self.now, **asks)
        ended = {"granted": False, "decided_at": self.now, "decided_by_name": LONG, "reason": LONG}
        Joining.objects.create(asked_at=self.now, invited_by_name=LONG, **ended, **asks)
        self.calendar = TrainingCalendarPage(title=LONG, slug="marked-calendar")
        make_home().add_child(instance=self.calendar)
        make_host()

    def paths(self) -> list[tuple[str, str]]:
        """To what has no number of addresses, under the names of their URLs."""
        pages = [(f"training_{name}", f"/training/{path}/") for name, path in self.others()]
        calendar, feed = self.calendar.url, CalendarFeed.objects.get()
        return [
            *pages,
            ("course", self.course.url),
            ("courses", self.course.get_parent().url),
            *(("calendar", calendar + look) for look in ("", "list/", "agenda/")),
            ("training_course_feed", f"/training/course/{self.course.pk}.ics"),
            ("training_feed", f"/training/feeds/{token_of(feed)}.ics"),
            ("training_invoice", "/training/invoices/1/"),
            ("training_certificate", "/training/certificate/K7QF-22M1/"),
            ("training_certificate", "/training/certificate/K7QF-22M2/"),
            ("course_approval", f"/training/course/{self.course.pk}/approval/"),
        ]

    def others(self):
        day, charge = self.day.pk, LedgerEntry.objects.get().pk
        yield from (
            ("interest", f"course/{self.course.pk}/interest"),
            ("register", f"register/{day}"),
            ("sheet", f"register/{day}/sheet"),
            ("upload", f"register/{day}/upload"),
            ("correct", f"register/{day}/correct/{self.learner.pk}"),
            ("it_skills", f"it-skills/{self.learner.pk}"),
            ("ask_waiver", f"charges/{charge}/waive"),
            ("waiver", f"waivers/{self.asked.pk}"),
            ("extra_cost", f"charges/extra/{self.cancelled.pk}"),
            ("payer_class", f"charging/classes/{self.agency.pk}"),
            ("answer", f"booking/{self.requested.pk}/answer"),
            ("offer", f"booking/{self.offered.pk}/offer"),
        )
        for row in (self.requested, self.offered, self.waiting, self.cancelled, self.withdrawn):
            yield "booking", f"booking/{row.pk}"
