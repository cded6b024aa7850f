"""Reminders to read: one digest a person, each step once, also after 40 days without a job (C5)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kernel.lifecycle.models import ReminderSent
from kernel.organisation.models import Absence
from kernel.outbox.models import OutboxMail
from policy_pages.readers.acknowledging import acknowledge
from policy_pages.readers.reminding import remind, remind_line, step
from tests.factories.organisation import make_person
from tests.factories.reading import make_essential, make_reader

pytestmark = pytest.mark.django_db
DAY, DUE = date(2026, 11, 2), date(2026, 11, 30)


def mails():
    rows = OutboxMail.objects.filter(kind="policies.to_read").order_by("pk")
    return [(mail.to[0], mail.subject) for mail in rows]


@pytest.mark.parametrize(
    ("today", "reached"),
    [
        (date(2026, 11, 22), "new"),
        (date(2026, 11, 23), "soon"),
        (date(2026, 11, 30), "soon"),
        (date(2026, 12, 1), "late 0"),
        (date(2026, 12, 7), "late 0"),
        (date(2026, 12, 8), "late 1"),
    ],
)
def test_step_reached(today, reached):
    assert step(DUE, today) == reached


def test_each_step_is_told_once():
    version, reader = make_essential(today=DAY), make_reader()
    days = [
        DAY,
        DAY,
        date(2026, 11, 22),
        date(2026, 11, 23),
        date(2026, 12, 1),
        date(2026, 12, 7),
        date(2026, 12, 8),
    ]
    counts = []
    for day in days:
        remind(day)
        counts.append(len(mails()))

    assert counts == [1, 1, 1, 2, 3, 3, 4]
    email, title = reader.user.email, f"{version.title} 1.0"
    assert mails()[0] == (email, f"Read by 30 November 2026: {title}")
    assert mails()[2] == (email, f"Overdue since 30 November 2026: {title}")


def test_after_forty_days_without_a_job_one_mail_with_all_of_it():
    for _number in range(3):
        make_essential(today=DAY)
    reader = make_reader()

    remind(date(2026, 12, 12))
    remind(date(2026, 12, 12))

    assert mails() == [(reader.user.email, "Overdue since 30 November 2026: 3 policies to read")]
    assert ReminderSent.objects.count() == 3


def test_nobody_is_reminded_who_has_read_is_away_or_cannot_sign_in():
    version, reader = make_essential(today=DAY), make_reader()
    acknowledge(version, actor=reader.user, today=DAY)
    Absence.objects.create(person=make_reader(), from_on=DAY, until_on=DUE)
    make_reader(login=False)

    assert remind(DAY) == ["0 people to be reminded"]
    assert mails() == []


def test_a_dry_run_says_who_and_writes_nothing():
    make_essential(today=DAY)
    make_reader()

    assert remind(DAY, dry_run=True) == ["1 person to be reminded"]
    assert (mails(), ReminderSent.objects.count()) == ([], 0)


def test_a_mail_names_nobody_else_and_leads_to_the_page():
    version, reader = make_essential(today=DAY), make_reader()
    other = make_reader()

    remind(DAY)

    mail = OutboxMail.objects.get(to=[reader.user.email])
    assert f"/p/{version.reference}/" in mail.text
    assert other.name not in mail.text
    assert other.user.email not in mail.text


@pytest.mark.parametrize("size", [1, 3])
def test_a_batch_takes_a_fixed_number_of_queries(size, django_assert_num_queries):
    for _number in range(size):
        make_essential(today=DAY)
        make_reader()

    # who has a login; those of the batch; what they have to read; what was told; told now; titles; mails
    with django_assert_num_queries(7):
        remind(DAY)

    assert len(mails()) == size


def test_a_manager_reminds_the_own_line_once_a_day():
    make_essential(today=DAY)
    manager = make_person(user=True, name="Jo Hale")
    mine, other = make_reader(manager=manager), make_reader()

    assert remind_line(actor=manager.user, today=DAY) == 1
    with pytest.raises(ValidationError, match="was reminded today"):
        remind_line(actor=manager.user, today=DAY)

    assert [to for to, _subject in mails()] == [mine.user.email]
    assert "Jo Hale asks you to read:" in OutboxMail.objects.get(kind="policies.to_read").text
    assert other.user.email not in str(mails())
    assert remind_line(actor=manager.user, today=date(2026, 11, 3)) == 1


def test_nobody_but_a_person_of_the_staff_list_reminds(django_user_model):
    user = django_user_model.objects.create_superuser(username="root@example.org", email="root@example.org")

    with pytest.raises(PermissionDenied, match="Line managers remind"):
        remind_line(actor=user, today=DAY)
