"""Forms of training's office: sessions, the programme of a year, the pool of trainers."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from course_catalogue.enums import TrainerGround
from course_catalogue.models import (
    CourseSession,
    HeldPlaces,
    Observation,
    PlaceLimit,
    Programme,
    ProgrammeCourse,
    ProgrammeReview,
    SpecificationCheck,
    SpecificationPoint,
    Trainer,
    TrainerDay,
    TrainerEligibility,
    Unavailability,
)
from tests.factories.catalogue import make_subject
from tests.factories.courses import make_booking, make_course, make_trainer
from tests.factories.learning import soon_session
from tests.factories.organisation import make_agency, make_host, make_person
from tests.factories.planning import make_officer
from tests.portal.staged import Staged, on

# --- sessions --------------------------------------------------------------------------------------------


class Office(Staged):
    elsewhere = None

    def begin(self):
        self.officer = make_officer()
        self.step()

    def step(self):
        raise NotImplementedError


def beside(**more) -> dict:
    """What every form of a session sends beside its days."""
    words = {"host": make_host().pk, "partners": [], "capacity": "12", "minimum": "", "decide_days": ""}
    words |= {"days_needed": "", "needs_approval": "on", "keeps_list": "on", "online_link": ""}
    return {**words, "joining_words": "Bring a pen.", **more}


def day_of(session=None, weeks=10) -> dict:
    day = timezone.localdate() + timedelta(weeks=weeks)
    words = {"starts_1": "9:30am", "ends_1": "4pm", "room_1": "", "more_1": "", "trainers_1": []}
    return on("date_1", day) | words


class PlanSession(Office):
    writes = {CourseSession: ("state", "capacity", "joining_words"), ProgrammeCourse: ("words", "cost")}

    def step(self):
        words = {"uid": uuid4(), "cost": "0", "need": "A review asks for it."}
        self.set(self.officer, "training_session_new", **beside(), **day_of(), **words)
        self.address += f"?course={make_course().pk}&days=1"


class OpenSession(Office):
    writes = {CourseSession: ("state", "going_words", "version")}
    values = {"state": "planned"}
    words = {"act": "open", "words": ""}

    def step(self):
        session = soon_session(**self.values)
        self.set(self.officer, "training_session_plan", session.pk, **self.words)


class SayGo(OpenSession):
    values = {"minimum": 4, "decide_days": 5}
    words = {"act": "go", "words": "The ward needs it."}


class ChangeSession(Office):
    """A second press is told that somebody changed the session meanwhile."""

    writes = {CourseSession: ("state", "capacity", "joining_words", "version")}
    late = {409}

    def step(self):
        session = soon_session()
        words = {"held_closed": "", "overbooked_because": "", "version": session.version}
        self.set(self.officer, "training_session_change", session.pk, **beside(), **words)


class MoveSession(ChangeSession):
    def step(self):
        session = soon_session()
        make_booking(session=session)
        self.set(self.officer, "training_session_days", session.pk, version=session.version, **day_of())


class CancelSession(Office):
    writes = {CourseSession: ("state", "cancel_reason")}
    late = {409}

    def step(self):
        session = soon_session()
        make_booking(session=session)
        words = {"version": session.version, "reason": "The trainer is ill.", "to": ""}
        self.set(self.officer, "training_session_cancel", session.pk, **words)


# --- the programme ---------------------------------------------------------------------------------------


class AddToProgramme(Office):
    """Of a year that nobody has set up, another one each time."""

    writes = {
        Programme: ("words",),
        ProgrammeCourse: ("words", "emerging_need"),
        ProgrammeReview: ("findings",),
    }

    def begin(self):
        self.year = 2030 + Programme.objects.count()
        super().begin()

    def step(self):
        words = {"course": make_course().pk, "cost": "", "need": ""}
        self.set(self.officer, "training_programme_add", self.year, **words)


class SetUpProgramme(AddToProgramme):
    def step(self):
        due = timezone.localdate().replace(year=self.year + 1, month=1, day=31)
        words = {"words": "For the year."}
        self.set(self.officer, "training_programme_set_up", self.year, **words, **on("review_due", due))


class ReviewProgramme(AddToProgramme):
    def step(self):
        due = timezone.localdate().replace(year=self.year + 1, month=1, day=31)
        Programme.objects.create(first_year=self.year, review_due=due)
        words = {"findings": "All is well.", **on("held_on", self.today)}
        self.set(self.officer, "training_programme_review", self.year, **words)


# --- trainers --------------------------------------------------------------------------------------------


class JoinPool(Office):
    writes = {Trainer: ("active",)}

    def step(self):
        self.set(self.officer, "training_trainer_new", person=make_person().pk)


class LeavePool(JoinPool):
    act, active = "leave", True

    def step(self):
        row = make_trainer(active=self.active)
        self.set(self.officer, "training_trainer", row.pk, act=self.act, value="")


class ReturnToPool(LeavePool):
    act, active = "return", False


class Back(Office):
    """Of two absences: the other one stays. The one that was taken back is not there any more."""

    late = {404}
    writes = {Unavailability: ("words",)}

    def step(self):
        row = make_trainer()
        first = self.today + timedelta(days=9)
        one, _two = (
            Unavailability.objects.create(trainer=row, from_on=first + timedelta(days=n), words=f"Leave {n}")
            for n in range(2)
        )
        self.set(self.officer, "training_trainer", row.pk, act="back", value=one.pk)


class OnRecord(Office):
    """One form about a trainer."""

    what = ""

    def step(self):
        self.trainer = make_trainer()
        self.set(self.officer, "training_trainer_record", self.trainer.pk, self.what, **self.words())

    def words(self):
        raise NotImplementedError


class SetTopics(OnRecord):
    what = "topics"

    def words(self):
        return {"topics": [make_subject().pk]}

    def facts(self):
        return {"topics": [row.topics.count() for row in Trainer.objects.order_by("pk")]}


class AddGround(OnRecord):
    writes = {TrainerEligibility: ("ground", "evidence", "until_on")}
    what = "ground"

    def words(self):
        words = {"ground": TrainerGround.TRAINED.value, "evidence": "certificate"}
        return {**words, **on("from_on", self.today), "until_on_month": ""}


class EndGround(OnRecord):
    writes = {TrainerEligibility: ("until_on",)}

    def step(self):
        row = make_trainer().grounds.create(
            ground=TrainerGround.TRAINED, from_on=self.today, evidence="seen", by_name="Officer"
        )
        self.set(
            self.officer, "training_trainer_ground", row.trainer_id, row.pk, **on("until_on", self.today)
        )


class CheckSpecification(OnRecord):
    writes = {SpecificationCheck: ("points", "met", "words")}
    what = "specification"

    def words(self):
        point = SpecificationPoint.objects.get_or_create(words="Speaks clearly")[0]
        return {"met": [point.pk], "words": "Seen twice."}


class Observe(OnRecord):
    writes = {Observation: ("observer", "findings", "development")}
    what = "observation"

    def words(self):
        words = {"day": "", "observer": "Priya Nair", "findings": "Clear.", "development": ""}
        return {**words, **on("observed_on", self.today)}


class SetAway(OnRecord):
    writes = {Unavailability: ("words", "until_on")}
    what = "away"

    def words(self):
        return {"words": "Leave", **on("from_on", self.today), "until_on_month": ""}


class GiveDays(OnRecord):
    writes = {TrainerDay: ("days", "words")}
    what = "days"

    def words(self):
        return {"days": "0.5", "words": "New slides", **on("given_on", self.today)}


class CorrectDays(OnRecord):
    writes = {TrainerDay: ("days", "words")}

    def step(self):
        trainer = make_trainer()
        values = {
            "given_on": self.today,
            "days": 1,
            "free_places": 0,
            "words": "Slides",
            "by_name": "Officer",
        }
        row = trainer.given.create(agency=trainer.person.agency, at=timezone.now(), **values)
        words = {"days": "0.5", "words": "Half a day."}
        self.set(self.officer, "training_trainer_correct", trainer.pk, row.pk, **words)


# --- shared places ---------------------------------------------------------------------------------------


class HoldPlaces(Office):
    writes = {HeldPlaces: ("size",)}

    def step(self):
        words = {"act": "hold", "hold-agency": make_agency().pk, "hold-size": "3", "hold-clock": "5pm"}
        words |= on("hold-until", self.today + timedelta(weeks=2))
        self.set(self.officer, "training_session_shares", soon_session().pk, **words)


class SetLimit(Office):
    writes = {PlaceLimit: ("sector", "size")}

    def step(self):
        words = {"act": "limit", "limit-of": "sector:health", "limit-size": "3"}
        self.set(self.officer, "training_session_shares", soon_session().pk, **words)


class GiveBackPlaces(Office):
    late = {404}

    def step(self):
        session, agency = soon_session(), make_agency()
        session.held.create(agency=agency, size=2, release_at=timezone.now() + timedelta(weeks=2))
        self.set(self.officer, "training_session_shares", session.pk, act="give_back", row=agency.pk)

    def facts(self):
        held = HeldPlaces.objects.filter(release_at__gt=timezone.now()).order_by("pk")
        return {"held": list(held.values_list("size"))}


class RemoveLimit(Office):
    writes = {PlaceLimit: ("sector", "size")}
    late = {404}

    def step(self):
        limit = PlaceLimit.objects.create(session=soon_session(), sector="health", size=1)
        self.set(self.officer, "training_session_shares", limit.session_id, act="remove", row=limit.pk)


PLANNING = {
    "hold places": HoldPlaces,
    "give back places": GiveBackPlaces,
    "set limit": SetLimit,
    "remove limit": RemoveLimit,
    "plan session": PlanSession,
    "open session": OpenSession,
    "say go": SayGo,
    "change session": ChangeSession,
    "move session": MoveSession,
    "cancel session": CancelSession,
    "add to programme": AddToProgramme,
    "set up programme": SetUpProgramme,
    "review programme": ReviewProgramme,
    "join pool": JoinPool,
    "leave pool": LeavePool,
    "return to pool": ReturnToPool,
    "back": Back,
    "set topics": SetTopics,
    "add ground": AddGround,
    "end ground": EndGround,
    "check specification": CheckSpecification,
    "observe": Observe,
    "set away": SetAway,
    "give days": GiveDays,
    "correct days": CorrectDays,
}
