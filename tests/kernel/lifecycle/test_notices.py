from datetime import date

import pytest

from kernel.lifecycle import submissions
from kernel.outbox.models import OutboxEvent, OutboxMail
from tests.factories import policies as make
from tests.factories.organisation import make_person, make_seat

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def mails():
    return sorted((row.kind, row.subject, row.to[0]) for row in OutboxMail.objects.all())


def test_members_alone_are_told_and_no_author():
    page = make.make_policy(title="Lone working")
    member = make.members_of(page.approving_body)[0]
    make_seat(body=page.approving_body, person=make.author_of(page).staff_profile)
    make_seat(body=page.approving_body, capacity="secretary")
    make_seat(body=page.approving_body, until_on=date(2026, 11, 22))
    make_seat(body=page.approving_body, person=make_person(user=True, left_on=date(2026, 11, 22)))
    make_seat(body=page.approving_body, person=make_person())

    make.submit(page)

    assert mails() == [("lifecycle.to_approve", "Approve: Lone working", member.email)]


def test_secretary_is_told_of_the_agenda_and_then_the_members_of_the_record():
    page = make.make_meeting_policy(title="Lone working")
    secretary = make.seated(page.ratifying_body, "secretary")[0]
    submission = make.approve(make.submit(page))
    make.record(submission)

    deciders = make.seated(page.ratifying_body, "member") + make.seated(page.ratifying_body, "chair")
    assert mails()[1:] == sorted(
        [("lifecycle.to_confirm", "Confirm the record: Lone working", user.email) for user in deciders]
        + [("lifecycle.to_ratify", "For the agenda: Lone working", secretary.email)]
    )


def test_submitter_hears_of_the_end_and_why():
    page = make.make_policy(title="Lone working")
    submission = make.submit(page)
    OutboxMail.objects.all().delete()
    approver = make.members_of(page.approving_body)[0]

    submissions.send_back(submission, actor=approver, today=TODAY, reason="Clause 4 & <b>5</b>.")

    mail = OutboxMail.objects.get()
    assert (mail.subject, mail.to) == ("Back with you: Lone working", [submission.submitted_by.email])
    assert "Clause 4 & <b>5</b>." in mail.text
    assert f"/policy/{page.pk}/decide/" in mail.text
    assert OutboxEvent.objects.get(kind="lifecycle.closed").payload == {
        "page": page.pk,
        "submission": submission.pk,
    }


def test_recalling_oneself_sends_no_mail():
    submission = make.submit(make.make_policy())
    OutboxMail.objects.all().delete()

    submissions.recall(submission, actor=submission.submitted_by, today=TODAY, reason="A slip.")

    assert mails() == []


def test_title_with_line_breaks_and_template_marks_is_one_harmless_subject():
    page = make.make_policy(title="One\r\nBcc: all@example.org {{ settings.SECRET_KEY }} {x.__class__} %s")

    make.submit(page)

    mail = OutboxMail.objects.get()
    assert mail.subject == "Approve: One Bcc: all@example.org {{ settings.SECRET_KEY }} {x.__class__} %s"
    assert "only-for-the-suite" not in mail.text
