"""Forms of readers, line managers and owners: reading, duties, and what is kept for the board."""

from kernel.lifecycle.models import Proposal, ReminderSent
from kernel.lifecycle.review import add_months
from kernel.organisation.models import BodyMeeting
from policy_pages import reading
from policy_pages.board.reports import plans, policies, spreads
from policy_pages.models import (
    Acknowledgement,
    BodyReview,
    DraftQuestion,
    EffectivenessAudit,
    LocalRole,
    ReadingRule,
    ReportDuty,
    ReportMade,
)
from policy_pages.questions import Asking
from policy_pages.readers import questions
from portal.role_sync import sync_roles
from tests.factories import board
from tests.factories import policies as make
from tests.factories.duties import issued, table
from tests.factories.files import make_root_collection
from tests.factories.organisation import make_body, make_host, make_person, make_role_holder
from tests.factories.reading import make_essential, make_reader
from tests.portal.staged import Staged, on, signing

# --- reading and duties ----------------------------------------------------------------------------------


class AddRule(Staged):
    writes = {ReadingRule: ("essential", "person_kind", "days", "joiner_days", "from_on")}

    def begin(self):
        page = signing(today=self.today)
        words = {"essential": "yes", "days": 14, "joiner_days": 21, "person_kind": ""}
        words |= dict.fromkeys(("staff_group", "job_role", "agency", "team"), "")
        self.set(page.policy_owner.user, "policy_reading_rule", page.pk, **words)


class EndRule(Staged):
    writes = {ReadingRule: ("until_on",)}

    def begin(self):
        version = make_essential(today=self.today)
        rule = version.policy.reading_rules.get()
        self.set(version.policy.policy_owner.user, "policy_readers", version.policy_id, rule=rule.pk)


class ConfirmReading(Staged):
    writes = {Acknowledgement: ("how", "read_on", "kept_at")}
    elsewhere = 403

    def begin(self):
        version, person = make_essential(today=self.today), make_reader()
        words = {"person": person.pk, "read": "on"}
        self.set(person.user, "policy_read", version.policy_id, version.number, **words)


class ReadOnPaper(Staged):
    writes = {Acknowledgement: ("how", "read_on", "kept_at")}
    elsewhere = 200

    def begin(self):
        version, manager = make_essential(today=self.today), make_person(user=True)
        person = make_reader(login=False, manager=manager)
        words = {"person": person.pk, "where": "Blue folder", **on("read_on", self.today)}
        self.set(manager.user, "policy_read_on_paper", version.policy_id, **words)


class WriteQuestion(Staged):
    writes = {DraftQuestion: ("number", "question", "answers", "right")}

    def begin(self):
        self.page = make.make_policy()
        self.clause = questions.clauses(self.page)[0][0]
        self.owner = self.page.policy_owner.user
        self.step()

    def step(self):
        words = {"question": "Whom do you tell?", "answer_1": "Nobody", "answer_2": "The nurse", "right": "1"}
        self.set(self.owner, "policy_question", self.page.pk, 1, clause=self.clause, **words)


class DropQuestion(WriteQuestion):
    """Of two: the other one stays, however often it is pressed."""

    def step(self):
        words = {"question": "Whom?", "answers": ["Nobody", "The nurse"], "right": 1, "clause": self.clause}
        for number in (1, 2):
            questions.write(self.page, number=number, actor=self.owner, **words, **self.who)
        self.set(self.owner, "policy_questions", self.page.pk, drop=self.page.draft_questions.first().pk)


class RemindLine(Staged):
    writes = {ReminderSent: ("milestone",)}
    elsewhere = None

    def begin(self):
        manager = make_person(user=True)
        make_essential(today=self.today)
        make_reader(manager=manager)
        self.set(manager.user, "team_reading")


class NameRole(Staged):
    writes = {LocalRole: ("local_name",)}
    elsewhere = None

    def begin(self):
        number = LocalRole.objects.count()
        host = make_host()
        version = issued(table((f"Lead {number}", ["Keep calm."], [])), today=self.today)
        owner = version.policy.policy_owner
        owner.agency = host
        owner.save()
        self.set(
            owner.user,
            "written_role_here",
            f"lead-{number}",
            local_name="Our lead",
            job_roles=[],
            staff_group="",
        )


# --- for the board ---------------------------------------------------------------------------------------


class ScheduleReport(Staged):
    writes = {
        ReportDuty: ("name", "every_months", "first_due", "ended_on", "end_reason"),
        ReportMade: ("made_on", "minute_reference", "note"),
    }

    def begin(self):
        self.page, self.body = signing(today=self.today), make_body()
        self.owner = self.page.policy_owner.user
        self.step()

    def step(self):
        words = {"name": "Incidents", "body": self.body.pk, "every_months": 12, **on("first_due", self.today)}
        self.set(self.owner, "policy_report_new", self.page.pk, **words)

    def report(self):
        return board.make_report(self.page, body=self.body, first_due=self.today).pk


class RecordReport(ScheduleReport):
    def step(self):
        words = {"number": 1, "minute_reference": "B/7", "note": "", **on("made_on", self.today)}
        self.set(self.owner, "policy_report", self.page.pk, self.report(), **words)


class EndReport(ScheduleReport):
    def step(self):
        self.set(self.owner, "policy_report_end", self.page.pk, self.report(), reason="Not wanted.")


class PlanAudit(ScheduleReport):
    writes = {EffectivenessAudit: ("planned_on", "standard", "completed_on", "finding")}

    def step(self):
        auditor = make_person(user=True)
        words = {"auditor": auditor.user.email, "standard": "9 of 10.", **on("planned_on", self.today)}
        self.set(self.owner, "policy_audit_new", self.page.pk, **words)


class CloseAudit(PlanAudit):
    def step(self):
        audit = board.make_audit(self.page, planned_on=self.today)
        words = {"finding": "8 of 10.", "reported_to": self.body.pk, **on("completed_on", self.today)}
        self.set(audit.auditor.user, "policy_audit", self.page.pk, audit.pk, **words)


class LogReview(ScheduleReport):
    writes = {BodyReview: ("reviewed_on", "minute_reference", "found", "next_on")}

    def step(self):
        words = {"body": self.body.pk, "minute_reference": "B/7", "found": "All well."}
        self.set(self.owner, "policy_body_review_new", self.page.pk, **words, **on("reviewed_on", self.today))


class Spread(Staged):
    """An author puts what the forecast suggests for a crowded month to the body."""

    writes = {Proposal: ("kind", "state", "reason")}
    elsewhere = None

    def begin(self):
        make.make_library()
        make_root_collection()
        sync_roles()
        author = make_role_holder("author")
        members = [make_person(user=True) for _number in range(2)]
        body = make_body(members=members, quorum=2, reviews_a_meeting=1, ratifies_by="signatures")
        for months in range(1, 8):
            BodyMeeting.objects.create(body=body, meets_on=add_months(self.today.replace(day=1), months))
        for _number in range(3):
            page = make.make_policy(ratifying_body=body, author=author, review_months=8)
            make.issue(page, today=add_months(self.today.replace(day=1), -2))
        who = Asking(author, reading.reader_of(author, self.today), None, frozenset())
        found = spreads(plans(policies(who, self.today), self.today), self.today)
        moves = [move for spread, some in found for move in some if spread.pk == body.pk]
        pairs = [f"{move.due.policy_id}:{move.to_due}" for move in moves]
        self.set(author, "policy_forecast", move=pairs[:1])
