from datetime import date, timedelta

import pytest

from kernel.lifecycle import jobs
from kernel.lifecycle.models import JobRun, ReminderSent
from kernel.outbox.models import OutboxMail
from policy_pages.models import ReviewRules
from policy_pages.reviews import reminding, services
from tests.factories import policies as make
from tests.factories.organisation import make_body, make_person
from tests.processes import run_python, start_python

pytestmark = pytest.mark.django_db
ISSUED, DUE = date(2026, 11, 23), date(2029, 11, 23)


def issued(**values):
    page = make.make_policy(**{"policy_owner": make_person(user=True, name="Ana Lee"), **values})
    make.issue(page, today=ISSUED)
    OutboxMail.objects.all().delete()
    return page


def mails(kind="policies.reviews"):
    return OutboxMail.objects.filter(kind=kind).order_by("pk")


def told_on(*days):
    """The days on which a mail was written."""
    found = []
    for day in days:
        before = mails().count()
        reminding.remind(day)
        found += [day] * (mails().count() - before)
    return found


@pytest.mark.parametrize(
    ("day", "milestone"),
    [
        (date(2028, 11, 22), None),
        (date(2028, 11, 23), 365),
        (date(2029, 5, 22), 365),
        (date(2029, 5, 23), 184),
        (date(2029, 8, 22), 184),
        (date(2029, 8, 23), 92),
        (date(2029, 10, 22), 92),
        (date(2029, 10, 23), 31),
        (date(2029, 11, 23), 31),
        (date(2029, 11, 24), -1),
        (date(2029, 11, 30), -1),
        (date(2029, 12, 1), -8),
        (date(2029, 12, 8), -15),
    ],
)
def test_milestone_owed(day, milestone):
    found = reminding._milestone(DUE, day, late_from=1, before=(12, 6, 3, 1))

    assert found == milestone


def test_each_milestone_is_mailed_on_its_day_and_once():
    issued()
    days = [date(2028, 11, 22) + timedelta(days=number) for number in range(400)]

    assert told_on(*days) == [
        date(2028, 11, 23),
        date(2029, 5, 23),
        date(2029, 8, 23),
        date(2029, 10, 23),
        date(2029, 11, 24),
        date(2029, 12, 1),
        date(2029, 12, 8),
        date(2029, 12, 15),
        date(2029, 12, 22),
    ]


def test_a_second_run_of_the_day_sends_nothing():
    issued()

    assert told_on(date(2029, 5, 23), date(2029, 5, 23)) == [date(2029, 5, 23)]


def test_days_that_nobody_ran_owe_the_newest_alone():
    """Skipped on the day of the window, dead for 40 days: one mail, and none of what was missed."""
    issued()

    assert told_on(date(2029, 7, 14), date(2029, 7, 21), date(2029, 7, 28)) == [date(2029, 7, 14)]
    assert list(ReminderSent.objects.filter(thing_type=reminding.REVIEW).values_list("milestone")) == [
        ("184",)
    ]


def test_dead_for_forty_days_loses_nothing_and_sends_nothing_twice():
    """Three policies reach four milestones while nobody runs the job: each is told of once, by its newest."""
    ana = make_person(user=True, name="Ana Lee")
    for months in (6, 12, 36):
        issued(policy_owner=ana, review_months=months)
    last = date(2026, 12, 1)
    for day in range(10):
        jobs.run_daily(last + timedelta(days=day))
    before = set(ReminderSent.objects.values_list("thing_id", "milestone", "cycle"))

    back = date(2027, 6, 4)
    jobs.run_daily(back)
    jobs.run_daily(back)

    new = set(ReminderSent.objects.filter(thing_type=reminding.REVIEW).values_list("milestone", flat=True))
    assert before <= set(ReminderSent.objects.values_list("thing_id", "milestone", "cycle"))
    assert new == {"181", "365", "184", "-8"}
    assert [mail.subject for mail in mails()] == [
        "2 reviews of policies",
        "2 reviews of policies, 1 overdue",
    ]


def test_one_mail_a_person_and_week_with_three_links_each():
    ana = make_person(user=True, name="Ana Lee")
    pages = [issued(policy_owner=ana, title=f"Policy {name}", reference=f"RV-{name}") for name in "AB"]
    reminding.remind(date(2029, 5, 23))

    (mail,) = mails()
    assert (mail.to, mail.subject) == ([ana.user.email], "2 reviews of policies")
    for page in pages:
        assert f"{page.reference} {page.title}\nReview due 23 November 2029 (in 6 months)." in mail.text
        for end in ("review/no-change/", "draft/", "review/more-time/", "review/"):
            assert f"/policy/{page.pk}/{end}\n" in mail.text
            assert f'/policy/{page.pk}/{end}"' in mail.html


def test_what_comes_due_later_in_the_week_waits_for_the_next():
    ana = make_person(user=True, name="Ana Lee")
    issued(policy_owner=ana)
    page = issued(policy_owner=ana)
    services.bring_forward(
        page, to_due=date(2029, 11, 21), reason="Full.", decided_on=ISSUED, actor=None, today=ISSUED
    )

    reminding.remind(date(2029, 5, 13))
    # 21 May 2029 is a Monday
    assert told_on(*(date(2029, 5, day) for day in range(20, 31))) == [date(2029, 5, 21), date(2029, 5, 28)]


def test_owner_and_deputy_are_told_each_by_a_mail_of_their_own():
    owner, deputy = make_person(user=True, name="Ana Lee"), make_person(user=True, name="Tom Birch")
    issued(policy_owner=owner, owner_deputy=deputy, sponsor=make_person(user=True))
    reminding.remind(date(2029, 5, 23))

    assert sorted(mail.to for mail in mails()) == sorted([[owner.user.email], [deputy.user.email]])


def test_somebody_without_a_login_is_told_at_the_address_of_their_profile():
    issued(owner_deputy=make_person(name="Tom Birch", email="tom@trust.example"))
    reminding.remind(date(2029, 5, 23))

    assert ["tom@trust.example"] in [mail.to for mail in mails()]


def left(person, last_day):
    type(person).objects.filter(pk=person.pk).update(left_on=last_day)


def escalating(**values):
    sponsor, secretary = make_person(user=True, name="Nia Bowen"), make_person(user=True, name="Gareth Pugh")
    body = make_body(members=[make_person(user=True)], secretary=secretary, quorum=1)
    page = issued(sponsor=sponsor, approving_body=body, **values)
    return page, sponsor.user.email, secretary.user.email


def test_late_goes_to_the_sponsor_and_then_to_the_secretary_by_the_rules():
    page, sponsor, secretary = escalating()
    first = {}
    for number in range(1, 60):
        day = DUE + timedelta(days=number)
        reminding.remind(day)
        for mail in mails():
            first.setdefault(mail.to[0], day)

    assert first == {
        page.policy_owner.user.email: date(2029, 11, 24),
        sponsor: date(2029, 11, 30),
        secretary: date(2029, 12, 21),
    }


def test_the_rules_of_escalation_are_data():
    ReviewRules.objects.create(sponsor_after_days=1, body_after_days=2)
    _page, sponsor, secretary = escalating()
    reminding.remind(date(2029, 11, 24))
    assert sorted(mail.to[0] for mail in mails() if "so you are told" in mail.text) == [sponsor]
    reminding.remind(date(2029, 11, 25))
    assert sorted(mail.to[0] for mail in mails() if "so you are told" in mail.text) == sorted(
        [sponsor, secretary]
    )


@pytest.mark.parametrize(
    ("gone", "expected"),
    [
        ((), {"owner", "deputy"}),
        (("owner",), {"deputy"}),
        (("owner", "deputy"), {"sponsor"}),
        (("owner", "deputy", "sponsor"), {"secretary"}),
    ],
)
def test_who_comes_after_an_owner_that_has_left(gone, expected):
    deputy = make_person(user=True, name="Tom Birch")
    page, sponsor, secretary = escalating(owner_deputy=deputy)
    people = {"owner": page.policy_owner, "deputy": deputy, "sponsor": page.sponsor}
    for name in gone:
        left(people[name], date(2029, 5, 22))
    reminding.remind(date(2029, 5, 23))

    names = {one.user.email: name for name, one in people.items()} | {secretary: "secretary"}
    assert {names[mail.to[0]] for mail in mails()} == expected


def test_a_moved_day_is_reminded_of_anew_and_an_ended_review_no_more():
    page = issued()
    words = {"decided_on": ISSUED, "actor": None, "today": ISSUED}
    assert told_on(date(2029, 5, 23)) == [date(2029, 5, 23)]
    services.extend(page, to_due=date(2030, 5, 23), reason="Guidance.", risk="Low.", **words)
    assert told_on(date(2029, 6, 4), date(2029, 11, 23)) == [date(2029, 6, 4), date(2029, 11, 23)]
    services.retire_clock(page, **words)
    assert told_on(date(2030, 5, 24), date(2030, 6, 24)) == []


def test_a_review_beside_that_of_the_text_is_reminded_of_by_its_name():
    page = issued()
    services.add_cycle(
        page,
        name="Review of the plan",
        months=18,
        starts_on=ISSUED,
        actor=page.policy_owner.user,
        today=ISSUED,
    )
    reminding.remind(date(2027, 11, 23))

    (mail,) = mails()
    assert f"{page.title}: Review of the plan\nReview due 23 May 2028 (in 6 months)." in mail.text
    assert "no-change" not in mail.text


@pytest.mark.parametrize("number", [1, 3])
def test_the_job_takes_the_same_queries_for_one_and_for_three(number, django_assert_num_queries):
    for _turn in range(number):
        issued(policy_owner=make_person(user=True))

    with django_assert_num_queries(10):
        reminding.remind(date(2029, 5, 23))
    assert mails().count() == number


# other processes

RUN = """
import time
from datetime import date
from policy_pages.reviews import reminding
from kernel.lifecycle import jobs

write = reminding.queue_mails
def slow(mails):
    rows = write(mails)
    {between}
    return rows
reminding.queue_mails = slow
print([row.outcome for row in jobs.run_daily(date(2029, 5, 23)) if row.name == "policies.remind"])
"""


@pytest.mark.django_db(transaction=True)
def test_killed_half_way_it_has_told_nobody_and_the_next_run_tells_everybody_once():
    issued()
    code, _out, _err = run_python(RUN.format(between="die()"))
    after = mails().count(), ReminderSent.objects.count(), JobRun.objects.get(name="policies.remind").outcome
    again = run_python(RUN.format(between="pass"))

    assert (code, after) == (-9, (0, 0, ""))
    assert again[:2] == (0, "['done']\n")
    assert mails().count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_copies_at_once_tell_everybody_once():
    issued()
    copies = [start_python(RUN.format(between="time.sleep(0.5)")) for _number in range(2)]
    answers = sorted(copy.communicate(timeout=60)[0].strip() for copy in copies)

    assert "['done']" in answers and answers != ["['done']"] * 2
    assert mails().count() == 1
