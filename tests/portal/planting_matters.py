"""What bodies decide, how texts are screened, what reviews end in: a row of each, marked when it is made."""

from datetime import date

from kernel.lifecycle.conditions import Asked
from kernel.lifecycle.models import Submission
from kernel.lifecycle.submissions import approve
from kernel.meetings import agenda, confirming, kinds
from kernel.organisation.models import JobRole
from policy_pages.duties.naming import key_of
from policy_pages.models import ScreeningKind, ScreeningRow
from policy_pages.reviews import rules, services
from tests.factories import matters, meetings, outcomes, screenings
from tests.factories import policies as make
from tests.factories.organisation import make_body, make_person, make_role_holder
from tests.portal.numbers import NUMBER
from tests.portal.planting import LONG, SHORT

LATER = date(2050, 1, 13)
FINDINGS = ("mitigations", "consultation", "reason")
REVIEWED = {"document": LONG, "of_this_document": False, "reviewer_name": LONG, "reviewer_role": LONG}
BY_A_BODY = {"body_name": LONG, "decided_on": make.TODAY, "minute_reference": SHORT}


def somebody():
    return make_person(user=True, name=LONG)


class Matters:
    """Beside the World's policy: the first meeting, proposal and chair's action get the number of addresses.

    ``secretary`` keeps the meetings and makes full assessments; ``chair`` confirms and may act alone.
    """

    def __init__(self, world):
        self.world, self.policy = world, world.page
        self.owner = {"actor": self.policy.policy_owner.user, "today": make.TODAY}
        self.chair, self.secretary = somebody(), somebody()
        make_role_holder("equality-lead", user=self.secretary.user)
        self.members = [somebody() for _number in range(3)]
        self.body = make_body(
            name=f"{LONG} Group",
            members=self.members,
            chair=self.chair,
            secretary=self.secretary,
            quorum=2,
            ratifies_by="meeting",
        )
        self.review()
        self.screen()
        self.withdraw()
        self.under_conditions = self.approve_under_conditions()
        self.meet()
        self.ask_for_time()
        screenings.require(self.kind, sections=[LONG])

    def make_policy(self, slug, **overrides):
        values = {"title": LONG, "slug": slug, "author": self.world.author, "audience": "public"}
        return make.make_policy(**{**values, **self.world.bodies, **overrides})

    def review(self):
        """Two rounds of the text's own review, the second with more time; one beside it, done once."""
        services.reaffirm(self.policy, statement=LONG, **BY_A_BODY, **self.owner)
        due = services.open_review(self.policy.pk).due
        words = {"to_due": rules.due_after(due, 3), "reason": LONG, "risk": LONG}
        services.extend(self.policy, **words, **BY_A_BODY, **self.owner)
        beside = services.add_cycle(self.policy, name=LONG, months=6, starts_on=make.TODAY, **self.owner)
        self.cycle = beside.cycle
        services.finish_cycle(self.cycle, done_on=make.TODAY, statement=LONG, **self.owner)

    def screen(self):
        """One that waits for its full assessment under the number; one finished, carried by a version."""
        words = {"name": LONG, "introduction": LONG, "aims": LONG}
        self.kind = ScreeningKind.objects.create(slug="marked", lead_role="equality-lead", **words)
        row = ScreeningRow.objects.create(kind=self.kind, label=LONG, guidance=LONG)
        said = {**REVIEWED, "answers": {row.pk: (self.kind.adverse, LONG)}, "reason": LONG}
        self.screened = self.make_policy("screened")
        for page in (self.policy, self.screened):
            screenings.record(page, self.kind, **said)
        found = dict.fromkeys(FINDINGS, LONG)
        screenings.conclude(self.screened, self.kind, actor=self.secretary.user, **found)
        self.carrying = make.issue(self.screened, change_note=LONG)

    def withdraw(self):
        version = make.issue(self.make_policy("withdrawn", reference="SG-043"), change_note=LONG)
        words = {"body_name": LONG, "minute_reference": SHORT, "replaced_by": self.policy}
        make.retire(version, reason=LONG, **words)

    def approve_under_conditions(self):
        page = self.make_policy("under-conditions")
        asked = [Asked(words=LONG, owner=somebody(), due=LATER)]
        approver = {"actor": self.world.approver.user, "today": make.TODAY}
        approve(make.submit(page, change_note=LONG), statement=LONG, conditions=asked, **approver)
        return page

    def approved(self, slug) -> Submission:
        """A text that waits for the body's meeting."""
        return make.approve(make.submit(self.make_policy(slug, ratifying_body=self.body), change_note=LONG))

    def meet(self):
        """Minutes returned and recorded anew; an item of each kind, one taken off; one on the next agenda."""
        self.met = meetings.make_meeting(self.body, make.TODAY, place=LONG)
        self.coming = meetings.make_meeting(self.body, LATER, place=LONG)
        action = matters.act_alone(self.approved("by-the-chair"), reason=LONG)
        words = {"reason": LONG, "replaced_by": self.policy}
        proposal = outcomes.ask_to_retire(action.page.specific, **words)
        texts = [self.approved(slug) for slug in ("recorded", "taken-off", "coming")]
        recorded, off = self.put(self.met, "policies.submission", *(text.pk for text in texts[:2]))
        self.put(self.met, "policies.proposal", proposal.pk)
        self.put(self.met, "policies.chair_action", action.pk)
        self.put(self.coming, "policies.submission", texts[2].pk)
        self.waits = texts[2].page
        agenda.take_off(off, actor=self.secretary.user, today=make.TODAY, reason=LONG)
        entry = self.record(recorded)
        confirming.return_minutes(entry, actor=self.chair.user, today=make.TODAY, reason=LONG)
        self.record(recorded)

    def put(self, meeting, key, *numbers):
        return meetings.put(meeting, key, *numbers, today=make.TODAY)

    def record(self, item):
        condition = kinds.Condition(words=LONG, person_id=self.chair.pk, name=LONG, due=LATER)
        said = {"statement": LONG, "in_force_from": make.TODAY, "took_no_part": self.members[2:]}
        answer = meetings.said(item, "ratify if", conditions=[condition], **said)
        return meetings.record(item.meeting, answer, today=make.TODAY, reference=SHORT)

    def ask_for_time(self):
        """By the owner of the policy under the number; its approving body signs."""
        due = services.open_review(self.policy.pk).due
        words = {"to_due": rules.due_after(due, 3), "reason": LONG, "risk": LONG}
        self.asked = outcomes.ask_more_time(self.policy, **words)

    def known(self) -> dict[str, str]:
        """Paths to what has no number of addresses, by the name of the URL."""
        role, beside = JobRole.objects.filter(name=LONG).first(), f"/policy/{NUMBER}/review/{self.cycle.pk}"
        return {
            "job_role_duties": f"/duties/{role.code}/",
            "written_role": f"/policy-roles/{key_of(LONG)}/",
            "written_role_here": f"/policy-roles/{key_of(LONG)}/here/",
            "policy_read": f"/policy/{NUMBER}/read/1.0/",
            "policy_review_finish": f"{beside}/done/",
            "policy_review_end": f"{beside}/stop/",
            "policy_version_screening": f"/policy-screening/{self.carrying.pk}/marked/",
        }

    def paths(self) -> list[tuple[str, str]]:
        """Beside the addresses of what has the number."""
        screened, waits = f"/policy/{self.screened.pk}", f"/policy/{self.under_conditions.pk}"
        return [
            ("withdrawn", "/policies/withdrawn/"),
            ("withdrawn", "/policies/withdrawn/v/1.0/"),
            ("withdrawn", "/p/SG-043/"),
            ("by_the_chair", "/policies/by-the-chair/"),
            ("policy_screening", f"{screened}/screening/marked/"),
            ("policy_full_assessment", f"{screened}/screening/marked/full/"),
            ("policy_conditions", f"{waits}/conditions/"),
            ("policy_decide", f"{waits}/decide/"),
            ("policy_history", f"{waits}/history/"),
            ("policy_act_alone", f"/policy/{self.waits.pk}/chair-action/"),
            ("policy_proposal", f"/policy-proposals/{self.asked.pk}/"),
            ("meeting", f"/meetings/{self.coming.pk}/"),
            ("meeting_pack", f"/meetings/{self.coming.pk}/pack/"),
        ]
