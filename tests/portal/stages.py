"""Forms of reviews, what they end in, meetings and screening; and the table of all of them."""

from datetime import timedelta

from kernel.lifecycle.conditions import Asked
from kernel.lifecycle.models import ChairAction, Decision, Proposal
from kernel.lifecycle.review import add_months
from kernel.lifecycle.submissions import approve
from kernel.meetings.models import AgendaItem, MinutesEntry
from kernel.organisation.models import BodyMeeting
from policy_pages.models import (
    FullAssessment,
    Review,
    ReviewCycle,
    Screening,
)
from policy_pages.reviews import services as reviews
from portal.role_sync import sync_roles
from tests.factories import matters, outcomes, screenings
from tests.factories import meetings as meet
from tests.factories import policies as make
from tests.factories.files import make_root_collection
from tests.factories.organisation import make_body, make_person, make_role_holder
from tests.portal.staged import Staged, on, signing
from tests.portal.stages_of_charges import CHARGES
from tests.portal.stages_of_owners import (
    AddRule,
    CloseAudit,
    ConfirmReading,
    DropQuestion,
    EndReport,
    EndRule,
    LogReview,
    NameRole,
    PlanAudit,
    ReadOnPaper,
    RecordReport,
    RemindLine,
    ScheduleReport,
    Spread,
    WriteQuestion,
)
from tests.portal.stages_of_planning import PLANNING
from tests.portal.stages_of_training import TRAINING

TEXT = "policies.submission"


# --- reviews and what they end in ------------------------------------------------------------------------


class AddReview(Staged):
    writes = {ReviewCycle: ("name", "months", "main", "ended_on"), Review: ("due", "outcome")}

    def begin(self):
        self.page = signing(today=add_months(self.today, -2))
        words = {"name": "Review of the plan", "every": 6, "unit": "1", **on("starts_on", self.today)}
        self.set(self.page.policy_owner.user, "policy_review_add", self.page.pk, **words)


class FinishReview(AddReview):
    address_name, data_sent = "policy_review_finish", {"statement": "All is well.", "number": 1}

    def begin(self):
        super().begin()
        values = {"name": "Review of the plan", "months": 6, "starts_on": add_months(self.today, -6)}
        cycle = reviews.add_cycle(self.page, actor=self.user, **values, **self.who).cycle
        self.set(self.user, self.address_name, self.page.pk, cycle.pk, **self.data_sent, **self.more())

    def more(self):
        return on("done_on", self.today)


class StopReview(FinishReview):
    address_name = "policy_review_end"

    def more(self):
        return {}


class NoChange(Staged):
    writes = {Proposal: ("kind", "state", "reason", "facts")}
    name = "policy_no_change"

    def begin(self):
        self.page = signing(today=self.today)
        due = self.page.reviews.get(closed_on=None).due
        self.set(self.page.policy_owner.user, self.name, self.page.pk, seen=f"1.0 {due}", **self.words())

    def words(self):
        return {"reason": "Nothing to change."}


class MoreTime(NoChange):
    name = "policy_more_time"

    def words(self):
        return {"reason": "the law", "risk": "none", **on("to_due", add_months(self.today, 15))}


class Retire(NoChange):
    name = "policy_retire"

    def words(self):
        return {"reason": "No ward has it.", "replaced_by": "", **on("withdrawn_from", self.today)}


class SignProposal(Staged):
    """The signature with which the body allows it."""

    writes = {Proposal: ("kind", "state"), Review: ("due", "outcome")}

    def begin(self):
        page = signing(today=self.today)
        proposal = outcomes.ask_no_change(page, today=self.today)
        self.set(
            make.members_of(proposal.body)[0], "policy_proposal", proposal.pk, act="sign", statement="Yes."
        )


class WithdrawProposal(Staged):
    writes = {Proposal: ("kind", "state")}

    def begin(self):
        page = signing(today=self.today)
        proposal = outcomes.ask_no_change(page, today=self.today)
        self.set(page.policy_owner.user, "policy_proposal", proposal.pk, act="withdraw")


class ActAlone(Staged):
    writes = {ChairAction: ("state",)}

    def begin(self):
        page = matters.make_chaired_policy()
        make.approve(make.submit(page, today=self.today), today=self.today)
        chair = make.seated(page.ratifying_body, "chair")[0]
        self.set(chair, "policy_act_alone", page.pk, act="chair", reason="The ward opens tonight.")


class CloseCondition(Staged):
    writes = {Decision: ("kind", "statement")}

    def begin(self):
        chair = make_person(user=True)
        body = make_body(members=[make_person(user=True)], chair=chair, quorum=1, ratifies_by="signatures")
        page = make.make_policy(approving_body=body)
        asked = [Asked(words="Name it.", owner=page.policy_owner, due=self.today + timedelta(days=9))]
        submission = make.submit(page, today=self.today)
        approve(submission, actor=make.members_of(body)[0], statement="", conditions=asked, **self.who)
        condition = submission.conditions.get()
        self.set(chair.user, "policy_conditions", page.pk, condition=condition.pk, words="Done.")


# --- meetings --------------------------------------------------------------------------------------------


class PutOn(Staged):
    writes = {AgendaItem: ("state", "order"), MinutesEntry: ("state", "reference")}

    def begin(self):
        self.body = meet.make_committee(short_name=f"pg{BodyMeeting.objects.count()}")
        self.meeting = meet.make_meeting(self.body, self.today)
        page = make.make_meeting_policy(ratifying_body=self.body)
        self.text = make.approve(make.submit(page, today=self.today), today=self.today)
        self.secretary, self.chair = meet.secretary_of(self.body), meet.chair_of(self.body)
        self.step()

    def step(self):
        self.set(self.secretary, "meeting", self.meeting.pk, act="put_on", thing=[f"{TEXT}:{self.text.pk}"])

    def item(self):
        return meet.put(self.meeting, TEXT, self.text.pk, today=self.today)[0]


class RecordMinutes(PutOn):
    def step(self):
        item = self.item()
        present = [person.pk for person in meet.people_in(self.body, "member")]
        words = {
            "reference": "PG/26/11",
            "present": present,
            "record": "1",
            f"outcome_{item.pk}": "not decided",
        }
        self.set(self.secretary, "meeting_minutes", self.meeting.pk, **words)


class ConfirmMinutes(PutOn):
    words = {"act": "confirm"}

    def step(self):
        said = meet.said(self.item(), "ratify", in_force_from=self.today)
        meet.record(self.meeting, said, today=self.today)
        self.set(self.chair, "meeting_confirm", self.meeting.pk, **self.words)


class ReturnMinutes(ConfirmMinutes):
    words = {"act": "return", "reason": "It was not decided."}


# --- screening -------------------------------------------------------------------------------------------


class Screen(Staged):
    writes = {Screening: ("kind_name", "number", "adverse_count", "reviewer_name")}

    def begin(self):
        kind = screenings.make_kind()
        page = make.make_policy()
        words = {"after": "0", "which": "this", "document": "", "record": "1"}
        words |= {"reviewer_name": "Priya Nair", "reviewer_role": "Ward manager"}
        words |= {"assessed_on_day": "", "assessed_on_month": "7", "assessed_on_year": "2026"}
        words |= {f"answer_{row.pk}": "no impact" for row in kind.rows.all()}
        self.set(page.policy_owner.user, "policy_screening", page.pk, kind.slug, **words)


class Assess(Staged):
    writes = {FullAssessment: ("decision", "reason")}
    elsewhere = None

    def begin(self):
        make.make_library()
        make_root_collection()
        sync_roles()
        page, kind = make.make_policy(), screenings.make_kind()
        screenings.record(page, kind, negative=["Age"])
        digest = page.get_latest_revision_as_object().text_digest()
        words = {"mitigations": "Large print.", "consultation": "The network.", "decision": "go on"}
        words |= {"reason": "It is mended.", "after": "1", "text_sha256": digest}
        lead = make_role_holder("equality-lead")
        self.set(lead, "policy_full_assessment", page.pk, kind.slug, **words)


MORE = {
    "add review": AddReview,
    "finish review": FinishReview,
    "stop review": StopReview,
    "no change": NoChange,
    "more time": MoreTime,
    "retire": Retire,
    "sign proposal": SignProposal,
    "withdraw proposal": WithdrawProposal,
    "act alone": ActAlone,
    "close condition": CloseCondition,
    "put on agenda": PutOn,
    "record minutes": RecordMinutes,
    "confirm minutes": ConfirmMinutes,
    "return minutes": ReturnMinutes,
    "screen": Screen,
    "assess": Assess,
    "add rule": AddRule,
    "end rule": EndRule,
    "confirm reading": ConfirmReading,
    "read on paper": ReadOnPaper,
    "write question": WriteQuestion,
    "drop question": DropQuestion,
    "remind": RemindLine,
    "name role": NameRole,
    "schedule report": ScheduleReport,
    "record report": RecordReport,
    "end report": EndReport,
    "plan audit": PlanAudit,
    "close audit": CloseAudit,
    "log review": LogReview,
    "spread": Spread,
    **TRAINING,
    **PLANNING,
    **CHARGES,
}
