"""What it costs not to come: the same words in the steps of booking, on its page and in its mails."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from course_catalogue.booking import answering
from course_catalogue.charging.terms import Terms
from course_catalogue.models import Booking
from kernel.outbox.models import OutboxMail
from tests.factories import booking as b
from tests.factories import courses as make
from tests.factories.charging import make_classes, make_policy

LAST = timezone.make_aware(datetime(2026, 11, 25, 17, 0))
BEFORE, AFTER = LAST - timedelta(days=1), LAST + timedelta(days=1)
FIFTY = {"late_charge": Decimal("50.00"), "named": "Charges"}
TIERED = {**FIFTY, "steps": ((LAST, Decimal("20.00")),)}


@pytest.mark.parametrize(
    ("terms", "now", "words"),
    [
        (
            {**FIFTY, "free_until": LAST},
            BEFORE,
            "Cancelling is free until 5pm on Wednesday 25 November 2026. "
            "Later than that, or not coming: Moor Trust is charged £50.00 (Charges).",
        ),
        (
            {**FIFTY, "free_until": LAST},
            AFTER,
            "Cancelling was free until 5pm on Wednesday 25 November 2026. "
            "Cancelling a booked place now, or not coming: Moor Trust is charged £50.00 (Charges).",
        ),
        (
            {**TIERED, "free_until": LAST},
            AFTER,
            "Cancelling was free until 5pm on Wednesday 25 November 2026. "
            "Cancelling a booked place now: Moor Trust is charged £20.00 (Charges). "
            "Not coming: Moor Trust is charged £50.00 (Charges).",
        ),
        (FIFTY, AFTER, "Cancelling, or not coming: Moor Trust is charged £50.00 (Charges)."),
        (
            {"free_until": LAST},
            AFTER,
            "Nothing is charged if you cannot come; tell us, so that somebody else can.",
        ),
    ],
)
def test_what_it_costs_not_to_come(terms, now, words):
    assert Terms(**terms).cancelling("Moor Trust", now) == words


def mail_of(kind, booking) -> str:
    return OutboxMail.objects.filter(kind=f"training.{kind}", to=[booking.person.user.email]).last().text


@pytest.mark.django_db
@pytest.mark.parametrize(("needs_approval", "kind"), [(False, "confirmed"), (True, "requested")])
def test_a_place_after_the_last_free_moment_is_told_as_it_is(needs_approval, kind):
    make_classes()
    make_policy()
    session = make.make_session(needs_approval=needs_approval)
    free = b.book(session)
    late = b.book(session, now=free.free_until + timedelta(days=1), agreed=True)

    was, said = mail_of(kind, free), mail_of(kind, late)

    assert "Cancelling is free until" in was
    assert ("Cancelling was free until" in said, "is free until" in said) == (True, False)
    assert "Cancelling a booked place now, or not coming:" in said
    assert "is charged £50.00" in said


@pytest.mark.django_db
def test_an_offer_and_an_approval_after_it_too():
    make_classes()
    make_policy()
    session, (first,) = b.full(needs_approval=True)
    waits = b.wait(session)
    over = first.free_until + timedelta(days=1)
    answering.refuse(first, actor=b.manager_of(first.person).user, now=b.NOW, reason="Two are on leave.")
    Booking.objects.filter(pk=waits.pk).update(answer_by=over + timedelta(days=1))
    assert "Cancelling is free until" in mail_of("offered", waits)

    answering.take(waits, actor=waits.person.user, now=over, agreed=True)
    answering.approve(waits, actor=b.manager_of(waits.person).user, now=over, released=True)

    assert "Cancelling was free until" in mail_of("requested", waits)
    assert "Cancelling was free until" in mail_of("confirmed", waits)
