"""The acts that are killed. Each: what stands before, how it runs, and how to tell nothing, all and half apart.

An act of one transaction adds the same rows to the same tables every time it is done, and changes nothing at all
when it is not: the counts of a run that nobody killed are the measure. The daily run and the outbox are many
transactions; their own rules say what may stand between.
"""

import hashlib
import time
from datetime import date, timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone
from wagtail.images import get_image_model

from bench.killing import booking
from bench.killing.transactions import DONE, HALF, NOTHING, OneTransaction
from kernel.audit import seal
from kernel.audit.verifying import verify
from kernel.content.sweeping import sweep
from kernel.lifecycle import jobs, minutes, proposals, submissions
from kernel.lifecycle.models import ChairAction, ClosedDay, JobRun, ReminderSent
from kernel.lifecycle.review import add_months
from kernel.meetings import confirming
from kernel.organisation.models import Body, StaffProfile
from kernel.outbox import deliver
from kernel.outbox.enums import SendState
from kernel.outbox.models import OutboxMail
from policy_pages import services, verifying
from policy_pages.models import Placeholder, PolicyImport, VersionFile
from portal.role_sync import sync_roles
from tests.factories import imports, matters, meetings
from tests.factories import policies as make
from tests.factories.accounts import make_user
from tests.factories.files import make_document, make_root_collection
from tests.factories.organisation import make_role_holder
from tests.factories.outbox import make_mail
from tests.smtp_server import MailServer

TODAY = date(2026, 11, 23)
LEAVERS = 8
MAILS, READERS = 5, 4


def prepare() -> None:
    make.make_library()
    make_root_collection()
    sync_roles()


class Submit(OneTransaction):
    def begin(self):
        self.page = make.make_policy()
        self.owner = self.page.policy_owner.user

    def run(self):
        make.submit(self.page)

    def is_done(self):
        return self.page.submissions.filter(state="submitted").count() == 1


class Approve(OneTransaction):
    def begin(self):
        self.submission = make.submit(make.make_policy())

    def run(self):
        make.approve(self.submission)

    def is_done(self):
        self.submission.refresh_from_db()
        return self.submission.state == "approved"


class Ratifying(OneTransaction):
    """With an attachment: a row stands for a file that is there, whole."""

    def begin(self):
        number = VersionFile.objects.count()
        document = make_document(content=b"%d two lines\r\n" % number * 5_000)
        body = [*make.BODY, ("attachment", {"document": document, "title": "A form"})]
        self.page = self.make(body=body)
        self.submission = make.approve(make.submit(self.page))
        self.last_step()

    make = staticmethod(make.make_policy)

    def last_step(self) -> None:
        """The step before the one that is killed."""

    def is_done(self):
        self.page.refresh_from_db()
        rows = VersionFile.objects.filter(version__policy=self.page)
        return self.page.live and rows.count() == 1 and all(map(is_whole, rows))


class Sign(Ratifying):
    def last_step(self):
        make.sign_once(self.submission)

    def run(self):
        second = make.members_of(self.page.ratifying_body)[1]
        submissions.sign(self.submission, actor=second, today=make.TODAY)


class Confirm(Ratifying):
    make = staticmethod(make.make_meeting_policy)

    def last_step(self):
        make.record(self.submission)

    def run(self):
        (chair,) = make.seated(self.page.ratifying_body, "chair")
        minutes.confirm_meeting(self.submission, actor=chair, today=make.TODAY)


class ConfirmMinutes(OneTransaction):
    """One entry in the minutes with two texts: both are issued, or neither."""

    def begin(self):
        body = meetings.make_committee(short_name=f"pg{Body.objects.count()}")
        pages = [make.make_meeting_policy(ratifying_body=body) for _turn in range(2)]
        texts = [make.approve(make.submit(page)) for page in pages]
        meeting = meetings.make_meeting(body, TODAY)
        items = meetings.put(meeting, "policies.submission", *[text.pk for text in texts], today=TODAY)
        said = [meetings.said(item, "ratify", in_force_from=TODAY) for item in items]
        self.entry, self.chair = meetings.record(meeting, *said, today=TODAY), meetings.chair_of(body)

    def run(self):
        confirming.confirm_minutes(self.entry, actor=self.chair, today=TODAY)

    def is_done(self):
        self.entry.refresh_from_db()
        return self.entry.state == "confirmed"


class ActAlone(Ratifying):
    """The version, the flag and the mails of a chair's action, or none of them."""

    make = staticmethod(matters.make_chaired_policy)

    def run(self):
        matters.act_alone(self.submission)

    def is_done(self):
        return ChairAction.objects.filter(page=self.page, state="open").exists() and super().is_done()


class Allow(OneTransaction):
    """The signature that allows a proposal, and what its kind does then."""

    def begin(self):
        proposals.register(matters.CLOSE_A_DAY)
        self.day = date(2030, 1, 1) + timedelta(days=ClosedDay.objects.count())
        facts = {"day": self.day.isoformat()}
        self.proposal = matters.propose(matters.issued(), facts=facts)
        first, self.second, *_rest = make.members_of(self.proposal.body)
        proposals.sign(self.proposal, actor=first, today=make.TODAY)

    def run(self):
        proposals.sign(self.proposal, actor=self.second, today=make.TODAY)

    def is_done(self):
        self.proposal.refresh_from_db()
        return self.proposal.state == "allowed" and ClosedDay.objects.filter(day=self.day).count() == 1


class FillPlaceholder(OneTransaction):
    """Two drafts have the mark: the value, the authorship of both and the trail go together."""

    def begin(self):
        self.key = f"name of ward {Placeholder.objects.count() + 1}"
        words = make.clause(f"Ask the nurse of [insert {self.key}].")
        self.pages = [make.make_policy(body=[words]) for _turn in range(2)]
        self.author = make_role_holder("author")

    def run(self):
        services.fill_placeholder(self.pages[0], actor=self.author, mark=f"insert {self.key}", value="Fern")

    def is_done(self):
        return Placeholder.objects.filter(key=self.key, value="Fern").exists()


class AcceptDocument(OneTransaction):
    """A document that was read becomes a page, a revision and two images; their files are there."""

    def begin(self):
        self.author = make_role_holder("author")
        number = PolicyImport.objects.count() + 1
        text = imports.TEXT.replace("Lone working policy", f"Policy {number}").replace(
            "HR-017", f"HR-{number:03}"
        )
        content = imports.pictured("navy", "red", text=text)
        self.row = imports.read(imports.bring(content, actor=self.author, name=f"policy-{number}.html"))

    def run(self):
        imports.accept(self.row, actor=self.author)

    def is_done(self):
        self.row.refresh_from_db()
        images = get_image_model().objects.order_by("-pk")[:2]
        return self.row.state == "accepted" and all(default_storage.exists(one.file.name) for one in images)


class ManyTransactions:
    def learn(self) -> None:
        """What may stand between is written in ``state``."""


class RunDaily(ManyTransactions):
    """Each job with its row is one transaction: marked done with all its effects, or neither."""

    day = TODAY

    def __init__(self):
        type(self).day += timedelta(days=1)
        self.day = type(self).day
        gone = self.day - timedelta(days=1)
        self.leavers = [
            StaffProfile.objects.create(
                name=f"Leaver {number}", agency=make.make_person().agency, user=make_user(), left_on=gone
            ).pk
            for number in range(LEAVERS)
        ]
        self.page = make.make_policy()
        make.issue(self.page, today=gone, wanted_from=self.day)
        self.due = make.make_policy(review_months=12)
        make.issue(self.due, today=add_months(self.day, -12))

    def told(self):
        """Mails about a review that comes due, to its one owner, and the record of its reminder."""
        mails = OutboxMail.objects.filter(kind="policies.reviews", to=[self.due.policy_owner.user.email])
        sent = ReminderSent.objects.filter(
            thing_type="policy_pages.review", thing_id=str(self.due.reviews.open().get().pk)
        )
        return mails.count(), sent.count()

    def run(self):
        jobs.run_daily(self.day)

    def state(self):
        left = StaffProfile.objects.filter(pk__in=self.leavers)
        effects = {
            "organisation.close_leavers": {
                not person.active and not person.user.is_active for person in left
            },
            "policies.bring_into_force": {type(self.page).objects.get(pk=self.page.pk).live},
            "policies.remind": {{(0, 0): False, (1, 1): True}.get(self.told())},
        }
        rows = JobRun.objects.filter(for_day=self.day, outcome="done")
        done = set(rows.values_list("name", flat=True))
        if any(seen != {name in done} for name, seen in effects.items()):
            return HALF
        if set(jobs.JOBS) <= done:
            return DONE
        return NOTHING if not done else "some jobs whole, the others not begun"

    def finish(self):
        self.run()


class Deliver(ManyTransactions):
    """Every mail reaches everybody; sent again after a kill it has the same Message-ID."""

    again = 0

    def __init__(self):
        self.server = MailServer().__enter__()
        settings.OUTBOX_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", self.server.port
        OutboxMail.objects.filter(state=SendState.WAITING).update(state=SendState.FAILED)
        readers = [f"reader{number}@trust.example" for number in range(READERS)]
        self.mails = [make_mail(to=readers).pk for _turn in range(MAILS)]
        self.wanted = {(mail.message_id, to) for mail in self._rows() for to in readers}

    def _rows(self):
        return OutboxMail.objects.filter(pk__in=self.mails)

    def run(self):
        deliver(timezone.now() + timedelta(hours=1))

    def state(self):
        letters = [(str(letter["Message-ID"]), str(letter["To"])) for letter in self.server.letters]
        said = {(mail.message_id, to) for mail in self._rows() for to in set(mail.to) - set(mail.left)}
        if said - set(letters) or set(letters) - self.wanted:
            return HALF  # kept as sent and never sent, or under another name
        if self._rows().filter(state=SendState.SENT).count() == MAILS:
            return DONE if set(letters) == self.wanted else HALF
        return "some sent and kept as sent, the others wait" if letters else NOTHING

    def finish(self):
        """The next worker begins after the lease of the dead one."""
        deliver(timezone.now() + timedelta(hours=2))
        type(self).again += len(self.server.letters) - len(self.wanted)
        self.server.__exit__()


class Torn(OneTransaction):
    """Control: two transactions with time between them, where there should be one."""

    def begin(self):
        self.subject = f"Torn {OutboxMail.objects.count()}"

    def run(self):
        make_mail(subject=self.subject)
        time.sleep(0.2)
        make_mail(subject=self.subject)

    def is_done(self):
        return OutboxMail.objects.filter(subject=self.subject).count() == 2


CONTROL = {"control": Torn}
ACTS = {
    "submit": Submit,
    "approve": Approve,
    "sign": Sign,
    "confirm": Confirm,
    "confirm_minutes": ConfirmMinutes,
    "act_alone": ActAlone,
    "allow": Allow,
    "fill_placeholder": FillPlaceholder,
    "accept_document": AcceptDocument,
    "book": booking.Book,
    "approve_place": booking.Approve,
    "cancel_place": booking.Cancel,
    "move_place": booking.Move,
    "run_daily": RunDaily,
    "deliver": Deliver,
}


def is_whole(row) -> bool:
    if not default_storage.exists(row.file.name):
        return False
    with row.file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == row.sha256


def whole() -> list[str]:
    """Faults of the chains of trail and versions after all rounds."""
    print(f"letters sent again, under the same Message-ID: {Deliver.again}")
    print(f"files left for the daily job: {len(sweep(date(2100, 1, 1), dry_run=True))}")
    seal(timezone.now() + timedelta(minutes=1))
    fault = verifying.first_fault()
    return [*map(str, verify()), *([fault] if fault else [])]
