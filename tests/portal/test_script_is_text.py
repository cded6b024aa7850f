"""G1: script in any free text is shown as text, at every address, to everybody."""

from html import escape

import pytest
from django.core.cache import cache
from django.utils import timezone
from wagtail.models import Comment, Site

from kernel.lifecycle import minutes, submissions
from kernel.lifecycle.models import ClosedDay
from kernel.organisation.models import BodyMeeting, SiteLabels, StaffGroup, StaffProfile
from kernel.outbox.models import OutboxMail
from policy_pages.board import services
from policy_pages.duties.naming import key_of
from policy_pages.models import DraftQuestion, LocalRole, Placeholder, ReadingChoice, ReadingQuestion
from policy_pages.readers.acknowledging import record_on_paper
from portal.role_sync import sync_roles
from tests.factories import board, imports
from tests.factories import policies as make
from tests.factories.files import make_document, make_image
from tests.factories.organisation import (
    make_agency,
    make_body,
    make_delegation,
    make_host,
    make_job_role,
    make_person,
    make_post,
    make_role_holder,
)
from tests.factories.portal import make_standard_page
from tests.factories.reading import make_reader, make_rule
from tests.portal import meeting
from tests.portal.meeting import meetings
from tests.portal.numbers import NUMBER, count_from, recount
from tests.portal.planting import LONG, WITHOUT_A_MARK, plant, runs, unmarked
from tests.portal.planting_matters import Matters
from tests.portal.planting_training import Training

pytestmark = pytest.mark.django_db


class World:
    """One of everything, marked; the policy has an issued version and a draft that waits."""

    def __init__(self):
        recount()
        self.library = make.make_library()
        sync_roles()
        self.author = make_role_holder("author")
        self.secretary = make_person(user=True)
        self.manager = make_person(user=True, name=LONG)
        self.approver, members = make_person(user=True), [make_person(user=True) for _ in range(3)]
        self.bodies = {
            "policy_owner": make_person(user=True),
            "approving_body": make_body(members=[self.approver], quorum=1),
            "ratifying_body": make_body(members=members, quorum=2, ratifies_by="signatures"),
        }
        make_post(person=self.approver)
        make_delegation(principal=members[0], delegate=members[1])
        make_agency()
        StaffGroup.objects.create(name="Nurses")
        make_standard_page(title=LONG)
        ClosedDay.objects.create(day=make.TODAY, reason=LONG)
        BodyMeeting.objects.create(body=self.bodies["ratifying_body"], meets_on=make.TODAY, place=LONG)
        Placeholder.objects.create(key="insert organisation name", value=LONG)
        SiteLabels.for_site(Site.objects.get(is_default_site=True))
        plant()
        count_from(NUMBER)
        self.page = self.make_policy()
        self.bring_documents()
        self.keep_for_the_board()
        self.have_it_read()
        LocalRole.objects.create(agency=make_host(), key=key_of(LONG), written=LONG, local_name=LONG)
        self.matters = Matters(self)
        self.training = Training()
        plant()

    def make_policy(self):
        image, document = make_image(title=LONG), make_document(title=LONG)
        words = {"number": "", "heading": LONG, "roles": [], "text": f"<p>{LONG}</p>"}
        body = [
            make.section(LONG),
            ("clause", words),
            ("definitions", {"heading": LONG, "rows": [{"term": LONG, "meaning": LONG}]}),
            (
                "roles_table",
                {"heading": LONG, "rows": [{"role": LONG, "responsibilities": LONG, "tasks": LONG}]},
            ),
            ("figure", {"image": image, "alt": LONG, "caption": LONG}),
            ("attachment", {"document": document, "title": LONG}),
            ("appendix", {"number": "<i wa7e>", "title": LONG}),
        ]
        names = {"title": LONG, "slug": "marked", "reference": "SG-042", "audience": "public"}
        page = make.make_policy(body=body, author=self.author, **names, **self.bodies)
        first = make.submit(page, change_note=LONG)
        submissions.send_back(first, actor=self.approver.user, today=make.TODAY, reason=LONG)
        second = make.submit(page, change_note=LONG)
        submissions.recall(second, actor=page.policy_owner.user, today=make.TODAY, reason=LONG)
        third = make.submit(page, change_note=LONG)
        submissions.approve(third, actor=self.approver.user, today=make.TODAY, statement=LONG)
        third.refresh_from_db()
        make.sign(third)
        page.refresh_from_db()
        self.hold_a_meeting()
        Comment.objects.create(page=page, user=self.author, text=LONG, contentpath="title", position="")
        make.edit(page, body=[*body, make.clause(f"{LONG} [insert organisation name]")])
        make.submit(page, change_note=LONG)
        return page

    def bring_documents(self):
        """One that waits to be checked, under the number; one accepted although words of it were lost."""
        marked = imports.TEXT.replace("something goes wrong", LONG).replace("Lone working policy", LONG)
        imports.read(imports.bring(imports.pictured("navy", text=escape(marked)), actor=self.author))
        lost = imports.read(
            imports.bring(imports.lossy(escape(LONG)), actor=self.author, name=f"{LONG}.docx")
        )
        self.imported = imports.accept(lost, actor=self.author, losses_reason=LONG)

    def keep_for_the_board(self):
        """A report, an audit and a review by a body under the number, each with one that is done."""
        owner, today = {"actor": self.page.policy_owner.user, "today": make.TODAY}, make.TODAY
        body = self.bodies["ratifying_body"]
        for name in (LONG, f"{LONG} again"):
            duty = board.make_report(self.page, body=body, name=name)
            services.record_report(duty, made_on=today, minute_reference="<i wa7e>", note=LONG, **owner)
        services.end_report(duty, reason=LONG, **owner)
        board.make_audit(self.page, standard=LONG)
        done = board.make_audit(self.page, standard=LONG)
        StaffProfile.objects.filter(pk=done.auditor_id).update(name=LONG)
        board.complete(done, finding=LONG, body=body)
        entry = {"reviewed_on": today, "minute_reference": "<i wa7e>", "found": LONG}
        services.log_body_review(self.page, body=body, **entry, **owner)

    def have_it_read(self):
        """A choice of readers, a question, and a sheet of paper that somebody recorded."""
        version, manager = self.page.versions.get(), self.manager
        person = make_reader(login=False, manager=manager, job_role=make_job_role(name=LONG))
        make_rule(self.page)
        record_on_paper(
            person, version=version, read_on=make.TODAY, where=LONG, actor=manager.user, today=make.TODAY
        )
        words = {"asks": "everybody", "chosen_by_name": LONG, "at": timezone.now()}
        ReadingChoice.objects.get_or_create(submission=version.submission, defaults=words)
        ReadingQuestion.objects.create(
            version=version, number=1, question=LONG, answers=[LONG, LONG], right=0, clause="<i wa7e>"
        )
        DraftQuestion.objects.create(
            policy=self.page, number=1, question=LONG, answers=[LONG, LONG], right=0, clause="<i wa7e>"
        )

    def hold_a_meeting(self):
        """Another text, ratified in a meeting, so that minutes and the name acted for are marked too."""
        members = [make_person(user=True, name=LONG) for _ in range(3)]
        secretary = make_person(user=True, name=LONG)
        body = make_body(members=members, secretary=secretary, quorum=2, ratifies_by="meeting", name=LONG)
        absent, acting = self.approver, make_person(user=True, name=LONG)
        make_delegation(principal=absent, delegate=acting)
        page = make.make_policy(**{**self.bodies, "ratifying_body": body, "author": self.author})
        submission = make.submit(page, change_note=LONG)
        submissions.approve(submission, actor=acting.user, today=make.TODAY, statement=LONG)
        submission.refresh_from_db()
        minute = minutes.Minute(
            meeting_on=make.TODAY,
            present=members,
            minute_reference="<i wa7e>",
            outcome="ratify",
            in_force_from=make.TODAY,
            statement=LONG,
        )
        minutes.record_meeting(submission, actor=secretary.user, today=make.TODAY, minute=minute)

    def paths(self):
        known = {
            "wagtail_serve": "/policies/marked/",
            "policy_version": "/policies/marked/v/1.0/",
            "policy_changes": "/policies/marked/changes/1.0/1.0/",
            "policy_short_changes": "/p/SG-042/changes/1.0/1.0/",
            "policy_as_at": "/policies/marked/@2026-11-22/",
        }
        fills = {"reference": "SG-042", "sha256": "0" * 64, "number": str(NUMBER), "kind": "marked"}
        rows = meeting.paths(self.library, fills, known | self.matters.known())
        return rows + [
            *self.matters.paths(),
            *self.training.paths(),
            ("more", "/privacy/"),
            ("policy_receipt", f"/policy/{self.imported.policy_id}/receipts/{self.imported.pk}/"),
            ("more", f"/search/?q={LONG}"),
            ("more", "/policies/?page=<i wa7e>"),
        ]


@pytest.fixture
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()  # Wagtail keeps small copies by number and content
    return World()


def superuser(world):
    user = make_person(user=True).user
    user.is_superuser = True
    user.save()
    return user


PEOPLE = {
    "anonymous": lambda world: None,
    "reader": lambda world: make_person(user=True).user,
    "author": lambda world: world.author,
    "approver": lambda world: world.approver.user,
    "secretary": lambda world: world.matters.secretary.user,
    "chair": lambda world: world.matters.chair.user,
    "manager": lambda world: world.manager.user,
    "superuser": superuser,
}
# Whoever sees most of training walks through it alone.
OF_TRAINING = {
    "officer": lambda world: world.training.officer,
    "learner": lambda world: world.training.learner.user,
}


def walked(world, name) -> list:
    rows = world.paths()
    if name in PEOPLE:
        return rows
    return [row for row in rows if row[0].startswith(("training", "course", "calendar", "desk"))]


@pytest.mark.parametrize("name", [*PEOPLE, *OF_TRAINING])
def test_script_in_any_text_is_shown_as_text(world, name):
    met, failed = meetings((PEOPLE | OF_TRAINING)[name](world), walked(world, name), runs)

    assert not met, "\n".join(sorted(met))
    # Wagtail's own screens fall over forms that lack their hidden fields and over text that is no HTML.
    assert not [row for row in sorted(failed) if " /admin/" not in row]


def test_the_free_texts_without_a_mark_are_these(world):
    assert sorted(unmarked() ^ WITHOUT_A_MARK) == []


WANTED = {
    "superuser": (
        "desk policy_version policy_draft policy_changes policy_draft_changes policy_history policy_decide "
        "policy_import policy_receipt wagtailadmin_explore policy_audit policy_conditions policy_chair_action "
        "policy_extensions policy_full_assessment policy_proposal policy_report policy_review "
        "policy_review_finish policy_screening policy_screenings policy_version_screening withdrawn "
        "by_the_chair written_role"
    ),
    "secretary": "desk meetings meeting meeting_pack meeting_minutes meeting_confirm policy_full_assessment",
    "chair": "desk meeting meeting_confirm policy_act_alone policy_chair_action policy_proposal",
    "manager": "desk team_reading",
    "officer": (
        "desk course calendar courses course_approval training_session training_session_plan training_booking "
        "training_session_change training_session_cancel training_programme training_trainers training_trainer "
        "training_register training_sheet training_correct training_upload training_charges training_charging "
        "training_charging_policy training_payer_classes training_waivers training_waiver training_invoice "
        "training_mail_rules training_message training_agency training_certificate"
    ),
    "learner": (
        "course calendar courses training_session training_book training_booking training_mine training_past "
        "training_answer training_cancel training_agency training_agency_people training_own_charges "
        "training_ask_waiver training_it_skills training_certificate training_registers"
    ),
}


@pytest.mark.parametrize("name", WANTED)
def test_the_marks_are_on_the_pages_so_the_walk_would_find_them(world, name):
    wanted = set(WANTED[name].split())
    rows = [row for row in world.paths() if row[0] in wanted]

    met, _failed = meetings(
        (PEOPLE | OF_TRAINING)[name](world), rows, lambda text: "&lt;script&gt;wa7e" in text
    )

    assert wanted - met == set()


def test_mail_is_plain_text_and_its_subject_one_line(world):
    mails = OutboxMail.objects.all()

    assert mails.count() > 5
    assert {mail.html for mail in mails} == {""}
    assert [mail.subject for mail in mails if "\n" in mail.subject or "\r" in mail.subject] == []
