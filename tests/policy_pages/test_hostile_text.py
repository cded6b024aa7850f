"""G1, G2: whatever people type is shown as text, on every page and in every mail of a policy's way."""

import pytest
from django.utils import timezone

from kernel.lifecycle import submissions
from kernel.outbox.models import OutboxMail
from policy_pages.models import Placeholder
from tests.factories import policies as make
from tests.factories.accounts import make_user
from tests.factories.organisation import make_body, make_delegation, make_person

pytestmark = pytest.mark.django_db
EVIL = '<script>zap()</script>"><img src=x onerror=zap()>{{ settings.SECRET_KEY }}{% now "Y" %}{x.__class__}'
MARKS = ("<script>zap", "<img src=x", "only-for-the-suite", "onerror=zap()>")


def evil_person(**values):
    return make_person(user=make_user(first_name=EVIL[:100]), name=EVIL[:100], **values)


def evil_policy(**values):
    secretary, chair = evil_person(), evil_person()
    members = [evil_person(), evil_person()]
    body = make_body(
        name=EVIL[:100], members=members, chair=chair, secretary=secretary, quorum=2, ratifies_by="meeting"
    )
    Placeholder.objects.get_or_create(key="evil", defaults={"value": EVIL})
    blocks = [
        make.section(EVIL),
        make.clause(EVIL + " [insert evil]", heading=EVIL),
        ("roles_table", {"heading": EVIL, "rows": [{"role": EVIL, "responsibilities": EVIL, "tasks": EVIL}]}),
        ("definitions", {"heading": EVIL, "rows": [{"term": EVIL[:120], "meaning": EVIL}]}),
        ("appendix", {"number": "Appendix 1", "title": EVIL}),
    ]
    return make.make_policy(
        title=EVIL, body=blocks, policy_owner=evil_person(), ratifying_body=body, audience="staff", **values
    )


def addresses(page):
    way = [f"/policy/{page.pk}/{name}/" for name in ("draft", "submit", "recall", "decide", "history")]
    return [
        *way,
        f"/policies/{page.slug}/",
        f"/policies/{page.slug}/v/1.0/",
        "/policies/",
        "/desk/",
        "/search/?q=zap",
    ]


def check(client, page, seen):
    for address in addresses(page):
        answer = client.get(address, follow=True)
        text = answer.content.decode()
        assert answer.status_code in (200, 404), address
        for mark in MARKS:
            assert mark not in text, (address, mark)
        seen |= {address} if "zap" in text else set()


def test_hostile_words_stay_words_on_every_page_and_in_every_mail(sign_in):
    now = timezone.localdate()
    page, seen = evil_policy(), set()
    superuser = make_user(is_superuser=True, first_name=EVIL[:100])
    owner = page.policy_owner.user
    secretary, chair = (make.seated(page.ratifying_body, c)[0] for c in ("secretary", "chair"))
    approver = make.members_of(page.approving_body)[0]
    delegate = make_delegation(
        principal=approver.staff_profile, delegate=evil_person(), from_on=now, until_on=now
    ).delegate.user
    check(sign_in(superuser), page, seen)
    submission = make.submit(page, today=now, change_note=EVIL)
    submissions.send_back(submission, actor=delegate, today=now, reason=EVIL)
    submission = make.submit(page, today=now, change_note=EVIL)
    for user in (owner, delegate, approver):
        check(sign_in(user), page, seen)
    submissions.approve(submission, actor=delegate, today=now, statement=EVIL)
    check(sign_in(secretary), page, seen)
    make.record(submission, today=now, minute_reference=EVIL[:60], statement=EVIL)
    check(sign_in(chair), page, seen)
    make.confirm(submission, today=now)
    for user in (superuser, owner, chair, None):
        check(sign_in(user), page, seen)

    assert set(addresses(page)) - seen == set()
    for mail in OutboxMail.objects.all():
        assert (mail.html, "\n" in mail.subject) == ("", False)
        assert "only-for-the-suite" not in mail.text + mail.subject
